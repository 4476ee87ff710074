import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  DeleteQueryDefinitionCommand,
  DeleteRetentionPolicyCommand,
  DescribeLogStreamsCommand,
  DescribeQueryDefinitionsCommand,
  FilterLogEventsCommand,
  GetLogEventsCommand,
  ListTagsForResourceCommand,
  paginateDescribeLogGroups,
  PutLogEventsCommand,
  PutQueryDefinitionCommand,
  PutRetentionPolicyCommand,
  TestMetricFilterCommand,
  DescribeLogGroupsCommand,
  type FilterLogEventsCommandInput,
  type FilteredLogEvent,
  paginateFilterLogEvents,
} from '@aws-sdk/client-cloudwatch-logs';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type DemoAws, demoKeys, startDemo } from '../../../src/demo';

const MINUTE = 60_000;
const NOW = Date.parse('2026-11-22T18:30:00Z');
let demo: DemoAws;
let aws: CloudWatchLogsClient;
beforeAll(async () => {
  demo = await startDemo({ evaluateEveryMs: Infinity, startAt: NOW, logsPerMinute: 400 });
  aws = new CloudWatchLogsClient({
    endpoint: demo.endpoint,
    region: 'us-east-1',
    credentials: demoKeys.crm,
    maxAttempts: 1,
  });
});
afterEach(() => demo.faults.clear());
afterAll(async () => {
  aws.destroy();
  await demo.stop();
});

type Asked = FilterLogEventsCommandInput;

async function all(input: Asked): Promise<{ events: FilteredLogEvent[]; pages: number }> {
  const events: FilteredLogEvent[] = [];
  let pages = 0;
  for await (const page of paginateFilterLogEvents({ client: aws }, input)) {
    pages += 1;
    events.push(...(page.events ?? []));
  }
  return { events, pages };
}

test('the groups of the CRM are there', async () => {
  const { logGroups } = await aws.send(new DescribeLogGroupsCommand({ limit: 50 }));
  expect(logGroups?.map((group) => group.logGroupName)).toEqual(
    expect.arrayContaining(['/ecs/crm/auth', '/ecs/crm/crm-core', '/ecs/crm/analytics']),
  );
});

test('events come once each and in order, whatever the page', async () => {
  const window = {
    logGroupName: '/ecs/crm/crm-core',
    startTime: NOW - 10 * MINUTE,
    endTime: NOW - MINUTE,
  };
  const whole = await all(window);
  expect(whole.events.length).toBeGreaterThan(1000);
  const ids = whole.events.map((event) => event.eventId);
  expect(new Set(ids).size).toBe(ids.length);
  const times = whole.events.map((event) => event.timestamp ?? 0);
  expect(times).toEqual([...times].sort((a, b) => a - b));
  const small = await all({ ...window, limit: 137 });
  expect(small.events.map((event) => event.eventId)).toEqual(ids);
  expect(small.pages).toBeGreaterThan(8);
  const backwards = await all({ ...window, limit: 300, startFromHead: false });
  expect(backwards.events.map((event) => event.eventId)).toEqual(ids.reverse());
});

test('what is rare comes with empty pages that go on', async () => {
  const pages: number[] = [];
  const window = {
    logGroupName: '/ecs/crm/crm-core',
    startTime: NOW - 36 * 60 * MINUTE,
    endTime: NOW,
  };
  const filterPattern = '{ $.requestId = "nobody-has-this" }';
  for await (const page of paginateFilterLogEvents({ client: aws }, { ...window, filterPattern })) {
    pages.push(page.events?.length ?? -1);
  }
  expect(pages.length).toBeGreaterThan(3);
  expect(new Set(pages)).toEqual(new Set([0]));
});

test('a search leaves others their turn', async () => {
  let slowest = 0;
  let last = performance.now();
  const timer = setInterval(() => {
    slowest = Math.max(slowest, performance.now() - last - 5);
    last = performance.now();
  }, 5);
  const input = { logGroupName: '/ecs/crm/crm-core', startTime: NOW - 120 * MINUTE, endTime: NOW };
  await aws.send(new FilterLogEventsCommand({ ...input, filterPattern: '{ $.statusCode = 999 }' }));
  clearInterval(timer);
  expect(slowest).toBeLessThan(150);
});

test('patterns and streams choose, and mistakes are told', async () => {
  const window = { logGroupName: '/ecs/crm/crm-core', startTime: NOW - 30 * MINUTE, endTime: NOW };
  const { logStreams } = await aws.send(
    new DescribeLogStreamsCommand({
      logGroupName: window.logGroupName,
      orderBy: 'LastEventTime',
      descending: true,
    }),
  );
  const name = logStreams?.[0]?.logStreamName ?? '';
  const own = await all({ ...window, logStreamNames: [name] });
  expect(own.events.length).toBeGreaterThan(100);
  expect(new Set(own.events.map((event) => event.logStreamName))).toEqual(new Set([name]));
  const errors = await all({
    ...window,
    filterPattern: '{ $.type = "error" && $.error.stack = "*" }',
  });
  expect(errors.events.length).toBeGreaterThan(0);
  expect(errors.events.every((event) => event.message?.includes('"stack":') ?? false)).toBe(true);
  const search = (over: Partial<FilterLogEventsCommandInput>) =>
    aws.send(new FilterLogEventsCommand({ ...window, ...over }));
  await expect(search({ filterPattern: 'a@b' })).rejects.toMatchObject({
    name: 'InvalidParameterException',
    message: "Invalid character(s) in term 'a@b'",
  });
  await expect(search({ logStreamNames: ['none'] })).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  });
  await expect(search({ logStreamNames: [name], logStreamNamePrefix: 'e' })).rejects.toMatchObject({
    name: 'InvalidParameterException',
  });
  await expect(search({ startFromHead: false, startTime: 0 })).rejects.toMatchObject({
    name: 'InvalidParameterException',
  });
  await expect(search({ startTime: NOW, endTime: NOW - 1 })).rejects.toMatchObject({
    name: 'InvalidParameterException',
  });
  await expect(search({ logGroupName: '/none' })).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  });
});

test('one stream is read both ways, and its ends repeat the token', async () => {
  const logGroupName = '/test/one-stream';
  const logStreamName = 's';
  await aws.send(new CreateLogGroupCommand({ logGroupName }));
  await aws.send(new CreateLogStreamCommand({ logGroupName, logStreamName }));
  const logEvents = Array.from({ length: 25 }, (_, index) => ({
    timestamp: NOW - MINUTE + Math.floor(index / 2),
    message: `line ${index}`,
  }));
  await aws.send(new PutLogEventsCommand({ logGroupName, logStreamName, logEvents }));
  const get = (over: { nextToken?: string | undefined; startFromHead?: boolean }) =>
    aws.send(new GetLogEventsCommand({ logGroupName, logStreamName, limit: 10, ...over }));
  const texts = (page: Awaited<ReturnType<typeof get>>) => page.events?.map((e) => e.message);
  const expected = logEvents.map((event) => event.message);
  const first = await get({ startFromHead: true });
  expect(texts(first)).toEqual(expected.slice(0, 10));
  const second = await get({ nextToken: first.nextForwardToken });
  expect(texts(second)).toEqual(expected.slice(10, 20));
  const third = await get({ nextToken: second.nextForwardToken });
  expect(texts(third)).toEqual(expected.slice(20));
  const end = await get({ nextToken: third.nextForwardToken });
  expect(end.events).toEqual([]);
  expect(end.nextForwardToken).toBe(third.nextForwardToken);
  const back = await get({ nextToken: third.nextBackwardToken });
  expect(texts(back)).toEqual(expected.slice(10, 20));
  expect(texts(await get({}))).toEqual(expected.slice(15));
});

test('groups come in pages, with retention, tags and sizes', async () => {
  const names: string[] = [];
  for await (const page of paginateDescribeLogGroups({ client: aws }, { limit: 4 })) {
    expect(page.logGroups?.length).toBeLessThanOrEqual(4);
    names.push(...(page.logGroups ?? []).map((group) => group.logGroupName ?? ''));
  }
  expect(names).toEqual([...names].sort());
  expect(names).toContain('/aws/lambda/crm-mail-render');
  const logGroupName = '/ecs/crm/social-media';
  const one = async () => {
    const answer = await aws.send(
      new DescribeLogGroupsCommand({ logGroupNamePrefix: logGroupName }),
    );
    return answer.logGroups?.[0];
  };
  const before = await one();
  expect(before?.retentionInDays).toBeUndefined();
  expect(before?.storedBytes).toBeGreaterThan(100_000_000);
  await aws.send(new PutRetentionPolicyCommand({ logGroupName, retentionInDays: 7 }));
  const after = await one();
  expect(after?.retentionInDays).toBe(7);
  expect(after?.storedBytes).toBeLessThan((before?.storedBytes ?? 0) / 3);
  const old = await all({
    logGroupName,
    startTime: NOW - 9 * 24 * 60 * MINUTE,
    endTime: NOW - 8 * 24 * 60 * MINUTE,
  });
  expect(old.events).toEqual([]);
  await expect(
    aws.send(new PutRetentionPolicyCommand({ logGroupName, retentionInDays: 8 })),
  ).rejects.toMatchObject({ name: 'InvalidParameterException' });
  await aws.send(new DeleteRetentionPolicyCommand({ logGroupName }));
  expect((await one())?.retentionInDays).toBeUndefined();
  const { tags } = await aws.send(
    new ListTagsForResourceCommand({ resourceArn: before?.logGroupArn }),
  );
  expect(tags).toEqual({ Environment: 'production', System: 'CRM' });
});

test('queries are saved, listed, replaced and deleted', async () => {
  const saved = await aws.send(
    new PutQueryDefinitionCommand({ name: 'oncall/errors', queryString: 'filter level = "error"' }),
  );
  const { queryDefinitionId } = saved;
  await aws.send(
    new PutQueryDefinitionCommand({
      queryDefinitionId,
      name: 'oncall/failures',
      queryString: 'limit 5',
    }),
  );
  const list = async () =>
    (await aws.send(new DescribeQueryDefinitionsCommand({ queryDefinitionNamePrefix: 'oncall/' })))
      .queryDefinitions;
  expect(await list()).toMatchObject([
    { queryDefinitionId, name: 'oncall/failures', queryString: 'limit 5' },
  ]);
  await aws.send(new DeleteQueryDefinitionCommand({ queryDefinitionId }));
  expect(await list()).toEqual([]);
});

test('a pattern is tried on messages', async () => {
  const { matches } = await aws.send(
    new TestMetricFilterCommand({
      filterPattern: '{ $.status >= 500 }',
      logEventMessages: ['{"status":200}', '{"status":503}', 'text'],
    }),
  );
  expect(matches).toEqual([
    { eventNumber: 2, eventMessage: '{"status":503}', extractedValues: { '$.status': '503' } },
  ]);
});

test('quotas throttle one operation of one region', async () => {
  demo.faults.set({
    fault: { kind: 'throttle', perSecond: 2 },
    operation: 'FilterLogEvents',
    region: 'us-east-1',
  });
  const input = { logGroupName: '/ecs/crm/analytics', startTime: NOW - MINUTE, endTime: NOW };
  const calls = await Promise.allSettled(
    Array.from({ length: 6 }, () => aws.send(new FilterLogEventsCommand(input))),
  );
  const refused = calls.filter((call) => call.status === 'rejected');
  expect(refused.length).toBeGreaterThanOrEqual(3);
  expect(refused[0]?.reason).toMatchObject({
    name: 'ThrottlingException',
    message: 'Rate exceeded',
  });
  await aws.send(new DescribeLogGroupsCommand({ limit: 1 }));
});

test('a token that never changes can be met', async () => {
  demo.faults.set({ fault: { kind: 'repeat-token' }, operation: 'FilterLogEvents' });
  const input = { logGroupName: '/ecs/crm/analytics', startTime: NOW - MINUTE, endTime: NOW };
  const one = await aws.send(new FilterLogEventsCommand(input));
  const two = await aws.send(new FilterLogEventsCommand(input));
  expect(one.nextToken).toBe(two.nextToken);
  expect(one.nextToken).toBeDefined();
});
