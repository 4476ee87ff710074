import {
  CloudWatchLogsClient,
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
