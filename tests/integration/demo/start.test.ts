import { CloudWatchClient, DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type DemoAws, demoKeys, startDemo } from '../../../src/demo';

let demo: DemoAws;
beforeAll(async () => {
  demo = await startDemo({ evaluateEveryMs: Infinity, startAt: Date.UTC(2026, 10, 20, 15, 3, 20) });
});
afterAll(() => demo.stop());

const client = (region: string, keys: keyof typeof demoKeys = 'both') =>
  new CloudWatchClient({ endpoint: demo.endpoint, region, credentials: demoKeys[keys] });

test('each system has its alarms, a few of them firing from the start', async () => {
  for (const region of ['us-east-1', 'us-west-1']) {
    const aws = client(region);
    const all = await aws.send(
      new DescribeAlarmsCommand({ AlarmTypes: ['MetricAlarm', 'CompositeAlarm'] }),
    );
    expect((all.MetricAlarms ?? []).length).toBeGreaterThanOrEqual(50);
    const firing = await aws.send(new DescribeAlarmsCommand({ StateValue: 'ALARM' }));
    expect(firing.MetricAlarms?.map((a) => a.AlarmName)).toEqual(
      region === 'us-east-1'
        ? ['crm-report-build-dlq-not-empty']
        : ['realtechee-fn-contact-sync-iterator-age'],
    );
    const silent = await aws.send(new DescribeAlarmsCommand({ StateValue: 'INSUFFICIENT_DATA' }));
    expect(silent.MetricAlarms?.map((a) => `${a.AlarmName}: ${a.StateReason}`)).toEqual([]);
    aws.destroy();
  }
});

test('a bad deployment raises the critical error rate within half a minute', async () => {
  const own = await startDemo({
    evaluateEveryMs: Infinity,
    startAt: Date.UTC(2026, 10, 20, 15, 3, 20),
  });
  own.run('bad-deployment');
  own.advance(10_000);
  const aws = new CloudWatchClient({
    endpoint: own.endpoint,
    region: 'us-west-1',
    credentials: demoKeys.realtechee,
  });
  const { MetricAlarms } = await aws.send(
    new DescribeAlarmsCommand({ AlarmNames: ['RealTechee-Critical-Error-Rate'] }),
  );
  expect(MetricAlarms?.[0]?.StateValue).toBe('ALARM');
  expect(MetricAlarms?.[0]?.StateReason).toMatch(
    /^Threshold Crossed: 2 out of the last 2 datapoints \[\d+\.0 \(\d\d\/\d\d\/\d\d \d\d:\d\d:\d\d\), \d+\.0 \(.*\)\] were greater than the threshold \(10\.0\) \(minimum 2 datapoints for OK -> ALARM transition\)\.$/,
  );
  aws.destroy();
  await own.stop();
});

test('the caller is who the key says', async () => {
  const sts = new STSClient({
    endpoint: demo.endpoint,
    region: 'us-west-1',
    credentials: demoKeys.both,
  });
  expect(await sts.send(new GetCallerIdentityCommand({}))).toMatchObject({
    Account: '444455556666',
    Arn: 'arn:aws:iam::444455556666:user/oncall',
  });
  sts.destroy();
});

test('an unknown key is refused as AWS refuses it', async () => {
  const aws = new CloudWatchClient({
    endpoint: demo.endpoint,
    region: 'us-east-1',
    maxAttempts: 1,
    credentials: { accessKeyId: 'AKIANOBODY', secretAccessKey: 'x' },
  });
  await expect(aws.send(new DescribeAlarmsCommand({}))).rejects.toMatchObject({
    name: 'InvalidClientTokenId',
    message: 'The security token included in the request is invalid.',
  });
  aws.destroy();
});
