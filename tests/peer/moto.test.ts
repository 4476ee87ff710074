import {
  CloudWatchClient,
  DeleteAlarmsCommand,
  DescribeAlarmsCommand,
  DescribeAlarmsForMetricCommand,
  DisableAlarmActionsCommand,
  EnableAlarmActionsCommand,
  ListTagsForResourceCommand,
  PutMetricAlarmCommand,
  SetAlarmStateCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-cloudwatch';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type DemoAws, startDemo } from '../../src/demo';
import { type Moto, type NoMoto, startMoto } from '../support/moto';

let demo: DemoAws;
let peer: Moto | NoMoto;

beforeAll(async () => {
  demo = await startDemo({ systems: [], evaluateEveryMs: Infinity });
  peer = await startMoto();
  if ('skip' in peer) console.log(`skipped: ${peer.skip}`);
}, 450_000);
afterAll(async () => {
  await demo.stop();
  if (!('skip' in peer)) await peer.stop();
});

const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };

/** Runs the same calls against one endpoint and keeps what should be the same everywhere. */
async function story(endpoint: string): Promise<unknown> {
  const aws = new CloudWatchClient({ endpoint, region: 'us-east-1', credentials, maxAttempts: 1 });
  const AlarmName = 'peer-alarm';
  await aws.send(
    new PutMetricAlarmCommand({
      AlarmName,
      AlarmDescription: 'shown <as> "is" & was',
      Namespace: 'Peer',
      MetricName: 'Errors',
      Dimensions: [{ Name: 'Service', Value: 'a' }],
      Statistic: 'Sum',
      Period: 300,
      EvaluationPeriods: 2,
      Threshold: 10,
      ComparisonOperator: 'GreaterThanThreshold',
      TreatMissingData: 'ignore',
      AlarmActions: ['arn:aws:sns:us-east-1:111122223333:topic'],
      Tags: [{ Key: 'AlertLevel', Value: 'P0' }],
    }),
  );
  const steps: unknown[] = [];
  const look = async (): Promise<string> => {
    const { MetricAlarms } = await aws.send(new DescribeAlarmsCommand({ AlarmNames: [AlarmName] }));
    const alarm = MetricAlarms?.[0];
    steps.push({
      name: alarm?.AlarmName,
      description: alarm?.AlarmDescription,
      metric: [alarm?.Namespace, alarm?.MetricName, alarm?.Statistic, alarm?.Period],
      dimensions: alarm?.Dimensions,
      rule: [
        alarm?.ComparisonOperator,
        alarm?.Threshold,
        alarm?.EvaluationPeriods,
        alarm?.TreatMissingData,
      ],
      actions: [alarm?.ActionsEnabled, alarm?.AlarmActions, alarm?.OKActions],
      // moto starts an alarm as OK, AWS as INSUFFICIENT_DATA: states count only once set.
      state: steps.length === 0 ? 'new' : [alarm?.StateValue, alarm?.StateReason],
    });
    return alarm?.AlarmArn ?? '';
  };
  const arn = await look();
  await aws.send(
    new SetAlarmStateCommand({ AlarmName, StateValue: 'ALARM', StateReason: 'by hand' }),
  );
  await look();
  await aws.send(new DisableAlarmActionsCommand({ AlarmNames: [AlarmName] }));
  await look();
  await aws.send(new EnableAlarmActionsCommand({ AlarmNames: [AlarmName] }));
  await aws.send(
    new TagResourceCommand({ ResourceARN: arn, Tags: [{ Key: 'Team', Value: 'night' }] }),
  );
  steps.push((await aws.send(new ListTagsForResourceCommand({ ResourceARN: arn }))).Tags);
  await aws.send(new UntagResourceCommand({ ResourceARN: arn, TagKeys: ['AlertLevel'] }));
  steps.push((await aws.send(new ListTagsForResourceCommand({ ResourceARN: arn }))).Tags);
  const forMetric = await aws.send(
    new DescribeAlarmsForMetricCommand({
      Namespace: 'Peer',
      MetricName: 'Errors',
      Dimensions: [{ Name: 'Service', Value: 'a' }],
    }),
  );
  steps.push(forMetric.MetricAlarms?.map((alarm) => alarm.AlarmName));
  const firing = await aws.send(new DescribeAlarmsCommand({ StateValue: 'ALARM' }));
  steps.push(firing.MetricAlarms?.map((alarm) => alarm.AlarmName));
  await aws.send(new DeleteAlarmsCommand({ AlarmNames: [AlarmName] }));
  const after = await aws.send(new DescribeAlarmsCommand({ AlarmNames: [AlarmName] }));
  steps.push(after.MetricAlarms);
  aws.destroy();
  return steps;
}

test('the demo and moto tell the same story of one alarm', async (context) => {
  if ('skip' in peer) return context.skip(peer.skip);
  expect(await story(demo.endpoint)).toEqual(await story(peer.endpoint));
});

test('both know the caller', async (context) => {
  if ('skip' in peer) return context.skip(peer.skip);
  for (const { endpoint } of [demo, peer]) {
    const sts = new STSClient({ endpoint, region: 'us-east-1', credentials });
    const identity = await sts.send(new GetCallerIdentityCommand({}));
    expect(identity.Account).toMatch(/^\d{12}$/);
    expect(identity.Arn).toContain(identity.Account);
    sts.destroy();
  }
});
