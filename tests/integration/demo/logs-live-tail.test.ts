import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  PutLogEventsCommand,
  StartLiveTailCommand,
  type StartLiveTailCommandInput,
  type StartLiveTailResponseStream,
} from '@aws-sdk/client-cloudwatch-logs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type DemoAws, demoKeys, startDemo } from '../../../src/demo';
import { TestClock } from '../../support/test-clock';

const arn = (name: string): string => `arn:aws:logs:us-east-1:111122223333:log-group:${name}`;
const AUTH = arn('/ecs/crm/auth');
let demo: DemoAws;
let aws: CloudWatchLogsClient;
beforeAll(async () => {
  demo = await startDemo({ evaluateEveryMs: Infinity, logsPerMinute: 60_000 });
  aws = client(demo);
});
afterAll(async () => {
  aws.destroy();
  await demo.stop();
});

const client = (of: DemoAws): CloudWatchLogsClient =>
  new CloudWatchLogsClient({
    endpoint: of.endpoint,
    region: 'us-east-1',
    credentials: demoKeys.crm,
    maxAttempts: 1,
    disableHostPrefix: true,
  });

/** The first `count` messages of a session, which is then left. */
async function tail(
  input: StartLiveTailCommandInput,
  count: number,
  after: () => Promise<unknown> = () => Promise.resolve(),
): Promise<StartLiveTailResponseStream[]> {
  const gone = new AbortController();
  const { responseStream } = await aws.send(new StartLiveTailCommand(input), {
    abortSignal: gone.signal,
  });
  const messages: StartLiveTailResponseStream[] = [];
  if (responseStream === undefined) throw new Error('no stream');
  for await (const message of responseStream) {
    messages.push(message);
    if (messages.length === 1) await after();
    if (messages.length >= count) break;
  }
  gone.abort();
  return messages;
}

test('a session starts, then tells once a second what has come', async () => {
  const messages = await tail({ logGroupIdentifiers: [AUTH] }, 3);
  expect(messages[0]?.sessionStart).toMatchObject({
    logGroupIdentifiers: [AUTH],
    logEventFilterPattern: '',
  });
  const results = messages.slice(1).flatMap((m) => m.sessionUpdate?.sessionResults ?? []);
  expect(results.length).toBeGreaterThan(50);
  expect(results[0]).toMatchObject({
    logGroupIdentifier: '111122223333:/ecs/crm/auth',
    logStreamName: expect.stringMatching(/^ecs\/auth\/[0-9a-f]{32}$/),
  });
  expect(results[0]?.message).toContain('"service":"auth"');
});

test('more than 500 events a second are a sample, and said to be one', async () => {
  const messages = await tail({ logGroupIdentifiers: [AUTH, arn('/ecs/crm/crm-core')] }, 5);
  const sampled = messages
    .map(({ sessionUpdate }) => sessionUpdate)
    .filter((update) => update?.sessionMetadata?.sampled === true);
  // On a busy machine a second may be cut short.
  expect(sampled.length).toBeGreaterThan(0);
  for (const update of sampled) expect(update?.sessionResults).toHaveLength(500);
});

test('a pattern and a stream choose; what is put shows up', async () => {
  const name = '/test/tail';
  await aws.send(new CreateLogGroupCommand({ logGroupName: name }));
  for (const logStreamName of ['a', 'b']) {
    await aws.send(new CreateLogStreamCommand({ logGroupName: name, logStreamName }));
  }
  const put = async (): Promise<void> => {
    for (const logStreamName of ['a', 'b']) {
      const logEvents = ['ERROR one', 'INFO two'].map((message) => ({
        timestamp: demo.now(),
        message,
      }));
      await aws.send(new PutLogEventsCommand({ logGroupName: name, logStreamName, logEvents }));
    }
  };
  const messages = await tail(
    { logGroupIdentifiers: [arn(name)], logStreamNames: ['a'], logEventFilterPattern: 'ERROR' },
    3,
    put,
  );
  const results = messages.flatMap((m) => m.sessionUpdate?.sessionResults ?? []);
  expect(results.map((r) => [r.logStreamName, r.message])).toEqual([['a', 'ERROR one']]);
});

test('limits and mistakes are refused', async () => {
  const many = Array.from({ length: 11 }, () => AUTH);
  for (const input of [
    { logGroupIdentifiers: many },
    { logGroupIdentifiers: ['/ecs/crm/auth'] },
    { logGroupIdentifiers: [AUTH], logEventFilterPattern: '{ $.level' },
    { logGroupIdentifiers: [AUTH], logStreamNames: ['a'], logStreamNamePrefixes: ['b'] },
  ]) {
    await expect(aws.send(new StartLiveTailCommand(input))).rejects.toMatchObject({
      name: 'InvalidParameterException',
    });
  }
  await expect(
    aws.send(new StartLiveTailCommand({ logGroupIdentifiers: [arn('/none')] })),
  ).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
});

test('a session ends after three hours, with the reason', async () => {
  const clock = new TestClock(Date.parse('2026-11-22T18:00:00Z'));
  const quick = await startDemo({ evaluateEveryMs: Infinity, clock, logsPerMinute: 10 });
  const own = client(quick);
  try {
    const { responseStream } = await own.send(
      new StartLiveTailCommand({ logGroupIdentifiers: [arn('/ecs/crm/analytics')] }),
    );
    const read = async (): Promise<void> => {
      for await (const message of responseStream ?? []) {
        if (message.sessionStart !== undefined) quick.advance(3 * 3_600_000);
      }
    };
    await expect(read()).rejects.toMatchObject({ name: 'SessionTimeoutException' });
  } finally {
    own.destroy();
    await quick.stop();
  }
});
