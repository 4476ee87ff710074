import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  DescribeQueriesCommand,
  FilterLogEventsCommand,
  GetLogRecordCommand,
  GetQueryResultsCommand,
  type GetQueryResultsCommandOutput,
  PutLogEventsCommand,
  StartQueryCommand,
  StopQueryCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type DemoAws, demoKeys, startDemo } from '../../../src/demo';

const MINUTE = 60_000;
const NOW = Date.parse('2026-11-22T18:30:00Z');
const SMALL = '/test/insights';
let demo: DemoAws;
let aws: CloudWatchLogsClient;

beforeAll(async () => {
  demo = await startDemo({ evaluateEveryMs: Infinity, startAt: NOW, logsPerMinute: 600 });
  aws = new CloudWatchLogsClient({
    endpoint: demo.endpoint,
    region: 'us-east-1',
    credentials: demoKeys.crm,
    maxAttempts: 1,
  });
  await aws.send(new CreateLogGroupCommand({ logGroupName: SMALL }));
  await aws.send(new CreateLogStreamCommand({ logGroupName: SMALL, logStreamName: 's' }));
  const record = (index: number, fields: object) => ({
    timestamp: NOW - 10 * MINUTE + index * 1000,
    message: JSON.stringify(fields),
  });
  await aws.send(
    new PutLogEventsCommand({
      logGroupName: SMALL,
      logStreamName: 's',
      logEvents: [
        record(0, { level: 'info', took: 10, user: { id: 'a' }, tags: ['x', 'y'] }),
        record(1, { level: 'info', took: 30, user: { id: 'b' }, ok: true }),
        record(2, {
          level: 'error',
          took: 200,
          user: { id: 'a' },
          note: 'failed after 3 tries in 200 ms',
        }),
        record(70, {
          level: 'warn',
          took: 60,
          user: { id: 'c' },
          note: 'failed after 1 tries in 60 ms',
        }),
        { timestamp: NOW - 8 * MINUTE, message: 'plain text, no JSON, from 10.0.0.7' },
      ],
    }),
  );
});
afterAll(async () => {
  aws.destroy();
  await demo.stop();
});

const window = { startTime: (NOW - 20 * MINUTE) / 1000, endTime: NOW / 1000 };

async function finished(queryId: string | undefined): Promise<GetQueryResultsCommandOutput> {
  for (;;) {
    const results = await aws.send(new GetQueryResultsCommand({ queryId }));
    if (results.status !== 'Scheduled' && results.status !== 'Running') return results;
    await pause(50);
  }
}

type Asked = Partial<ConstructorParameters<typeof StartQueryCommand>[0]>;

async function start(queryString: string, over: Asked = {}): Promise<string | undefined> {
  const { queryId } = await aws.send(
    new StartQueryCommand({ logGroupName: SMALL, ...window, queryString, ...over }),
  );
  return queryId;
}

/** Rows as objects, without `@ptr`. */
async function rows(queryString: string): Promise<Record<string, string | undefined>[]> {
  const { results } = await finished(await start(queryString));
  return (results ?? []).map((row) =>
    Object.fromEntries(
      row.filter((cell) => cell.field !== '@ptr').map((cell) => [cell.field ?? '', cell.value]),
    ),
  );
}

describe('Logs Insights QL', () => {
  test('fields, filter and sort', async () => {
    expect(
      await rows('fields level, took | filter took > 20 and level != "warn" | sort took asc'),
    ).toEqual([
      { level: 'info', took: '30' },
      { level: 'error', took: '200' },
    ]);
  });

  test('newest first when nothing else is asked, with time and message', async () => {
    const found = await rows('filter ispresent(took)');
    expect(found.map((row) => row['@timestamp'])).toEqual([
      '2026-11-22 18:21:10.000',
      '2026-11-22 18:20:02.000',
      '2026-11-22 18:20:01.000',
      '2026-11-22 18:20:00.000',
    ]);
    expect(found[3]?.['@message']).toContain('"tags":["x","y"]');
  });

  test('nested fields and elements of lists are discovered', async () => {
    expect(
      await rows(
        'fields user.id, tags.1 as second, ok | filter user.id in ["a", "b"] | sort @timestamp',
      ),
    ).toEqual([{ 'user.id': 'a', second: 'y' }, { 'user.id': 'b', ok: '1' }, { 'user.id': 'a' }]);
  });

  test('stats by fields and bins', async () => {
    expect(
      await rows(
        'stats count(*) as n, avg(took), max(took) - min(took) as spread by level | sort n desc, level asc',
      ),
    ).toEqual([
      { level: 'info', n: '2', 'avg(took)': '20', spread: '20' },
      // Rows without a level are a group of their own.
      { n: '1' },
      { level: 'error', n: '1', 'avg(took)': '200', spread: '0' },
      { level: 'warn', n: '1', 'avg(took)': '60', spread: '0' },
    ]);
    expect(await rows('stats count(*) by bin(1m) | sort `bin(1m)` asc')).toEqual([
      { 'bin(1m)': '2026-11-22 18:20:00.000', 'count(*)': '3' },
      { 'bin(1m)': '2026-11-22 18:21:00.000', 'count(*)': '1' },
      { 'bin(1m)': '2026-11-22 18:22:00.000', 'count(*)': '1' },
    ]);
    expect(
      await rows(
        'stats pct(took, 50), stddev(took), count_distinct(user.id), earliest(took), latest(took), sum(took)',
      ),
    ).toEqual([
      {
        'pct(took, 50)': '30',
        'stddev(took)': '85.829287930558',
        'count_distinct(user.id)': '3',
        'earliest(took)': '10',
        'latest(took)': '60',
        'sum(took)': '300',
      },
    ]);
  });

  test('parse by glob and by regular expression', async () => {
    expect(
      await rows(
        'parse note "failed after * tries in * ms" as tries, ms | filter ispresent(tries) | display tries, ms | sort tries',
      ),
    ).toEqual([
      { tries: '1', ms: '60' },
      { tries: '3', ms: '200' },
    ]);
    expect(
      await rows('parse @message /from (?<ip>[0-9.]+)/ | filter ispresent(ip) | display ip'),
    ).toEqual([{ ip: '10.0.0.7' }]);
  });

  test('like, regular expressions, functions, dedup, limit', async () => {
    expect(
      await rows(
        'fields strlen(note) as long | filter note like /(?i)FAILED/ | sort long | limit 1',
      ),
    ).toEqual([{ long: '29' }]);
    expect(
      await rows(
        'filter @message not like "level" | display toupper(substr(@message, 0, 5)) as head',
      ),
    ).toEqual([{ head: 'PLAIN' }]);
    expect(await rows('filter ispresent(took) | dedup user.id | fields user.id, took')).toEqual([
      { 'user.id': 'c', took: '60' },
      { 'user.id': 'a', took: '200' },
      { 'user.id': 'b', took: '30' },
    ]);
    expect(
      await rows(
        'fields coalesce(missing, level, "none") as x, if(took > 50, "slow", "fast") as pace | filter took >= 60 | sort took',
      ),
    ).toEqual([
      { x: 'warn', pace: 'slow' },
      { x: 'error', pace: 'slow' },
    ]);
  });

  test('pattern groups what is alike', async () => {
    const found = await rows('filter ispresent(note) | pattern note');
    expect(found).toEqual([
      {
        '@pattern': 'failed after <Number-1> tries in <Number-2> ms',
        '@ratio': '1',
        '@sampleCount': '2',
        '@severityLabel': 'Error',
      },
    ]);
  });

  test('SOURCE names the groups', async () => {
    const id = await start(`SOURCE logGroups(namePrefix: ['${SMALL}']) | stats count(*) as n`, {
      logGroupName: undefined,
    });
    expect((await finished(id)).results).toEqual([[{ field: 'n', value: '5' }]]);
  });
});

test('a mistake is told with its place', async () => {
  const wrong = start('fields @timestamp | count()');
  await expect(wrong).rejects.toMatchObject({
    name: 'MalformedQueryException',
    message: expect.stringMatching(/^mismatched input 'count' expecting \{K_SOURCE, K_PARSE/),
    queryCompileError: { location: { startCharOffset: 20, endCharOffset: 25 } },
  });
  for (const query of [
    'filter',
    'stats took by level',
    'fields nosuch(1)',
    'filter a = "x',
    'limit 0',
    'anomaly',
    'parse @message "* *" as one',
    'fields a b',
  ]) {
    await expect(start(query), query).rejects.toMatchObject({ name: 'MalformedQueryException' });
  }
});

test('the figures add up with what a search finds', async () => {
  const logGroupName = '/ecs/crm/crm-core';
  const id = await start('stats count(*) as n by level', { logGroupName });
  const { results, statistics } = await finished(id);
  const counted = (results ?? []).reduce((sum, row) => sum + Number(row[1]?.value), 0);
  expect(statistics).toMatchObject({
    recordsScanned: counted,
    recordsMatched: counted,
    logGroupsScanned: 1,
  });
  const errors = (results ?? []).find((row) => row[0]?.value === 'error')?.[1]?.value;
  let found = 0;
  let nextToken: string | undefined;
  do {
    const page = await aws.send(
      new FilterLogEventsCommand({
        logGroupName,
        startTime: window.startTime * 1000,
        endTime: window.endTime * 1000 + 999,
        filterPattern: '{ $.level = "error" }',
        nextToken,
      }),
    );
    found += page.events?.length ?? 0;
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
  expect(String(found)).toBe(errors);
});

test('a row leads to its record', async () => {
  const { results } = await finished(await start('fields took | filter took = 200'));
  const pointer = results?.[0]?.find((cell) => cell.field === '@ptr')?.value;
  const { logRecord } = await aws.send(new GetLogRecordCommand({ logRecordPointer: pointer }));
  expect(logRecord).toMatchObject({
    took: '200',
    'user.id': 'a',
    '@logStream': 's',
    '@ptr': pointer,
  });
});

test('a long query shows rows on the way and can be stopped', async () => {
  const id = await start('fields @message', {
    logGroupName: undefined,
    logGroupNames: ['/ecs/crm/crm-core', '/ecs/crm/auth'],
    startTime: (NOW - 20 * 24 * 60 * MINUTE) / 1000,
    limit: 500,
  });
  const first = await aws.send(new GetQueryResultsCommand({ queryId: id }));
  expect(first).toMatchObject({ status: 'Scheduled', results: [] });
  await pause(600);
  const running = await aws.send(new GetQueryResultsCommand({ queryId: id }));
  expect(running.status).toBe('Running');
  expect(running.results).toHaveLength(500);
  expect(running.statistics?.recordsScanned).toBeGreaterThan(500);
  const listed = await aws.send(new DescribeQueriesCommand({ status: 'Running' }));
  expect(listed.queries?.map((query) => query.queryId)).toContain(id);
  expect(await aws.send(new StopQueryCommand({ queryId: id }))).toMatchObject({ success: true });
  const stopped = await aws.send(new GetQueryResultsCommand({ queryId: id }));
  expect(stopped.status).toBe('Cancelled');
  expect(stopped.results).toHaveLength(500);
  await expect(aws.send(new StopQueryCommand({ queryId: id }))).rejects.toMatchObject({
    name: 'InvalidParameterException',
  });
});

test('rows come in pages when pages are asked for', async () => {
  const id = await start('fields took | filter ispresent(took)');
  await finished(id);
  const first = await aws.send(new GetQueryResultsCommand({ queryId: id, maxItems: 3 }));
  expect(first.results).toHaveLength(3);
  const second = await aws.send(
    new GetQueryResultsCommand({ queryId: id, maxItems: 3, nextToken: first.nextToken }),
  );
  expect(second.results).toHaveLength(1);
  expect(second.nextToken).toBeUndefined();
});
