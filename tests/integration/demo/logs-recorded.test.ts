import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  DeleteLogStreamCommand,
  DescribeLogGroupsCommand,
  DescribeLogStreamsCommand,
  DescribeQueriesCommand,
  FilterLogEventsCommand,
  GetLogEventsCommand,
  GetQueryResultsCommand,
  ListTagsForResourceCommand,
  ListTagsLogGroupCommand,
  PutLogEventsCommand,
  StartQueryCommand,
  TagLogGroupCommand,
  TagResourceCommand,
  UntagLogGroupCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type DemoAws, startDemo } from '../../../src/demo';

const shared =
  process.env['NIGHTDESK_SHARED'] ?? path.resolve(import.meta.dirname, '../../../../shared');
const folder = path.join(shared, 'aws-recorded/logs');
const present = existsSync(folder);
if (!present) console.log(`skipped: no recordings at ${folder}`);
const fileSchema = z.record(
  z.string(),
  z.object({ 'recorded-content': z.record(z.string(), z.unknown()) }),
);
const recordings = Object.assign(
  {},
  ...(present ? ['events', 'filter_events', 'groups', 'queries', 'streams'] : []).map((name) =>
    fileSchema.parse(
      JSON.parse(readFileSync(path.join(folder, `test_logs_${name}.snapshot.json`), 'utf8')),
    ),
  ),
);

const answerSchema = z.record(z.string(), z.unknown());
const errorSchema = z.object({
  Error: z.object({ Code: z.string(), Message: z.string() }),
  ResponseMetadata: z.object({ HTTPStatusCode: z.number() }),
});

function step(name: string, stepName: string): unknown {
  const key = Object.keys(recordings).find((candidate) => candidate.endsWith(`::${name}`));
  return fileSchema.parse(recordings)[key ?? '']?.['recorded-content'][stepName];
}
const recorded = (name: string, stepName: string): unknown =>
  normalise(answerSchema.parse(step(name, stepName)));

const FREE = /(?:Time|Arn|arn|Name|Id|Token|Index|token)$|^(?:queryString|status)$/;
/** Shape and fixed values; what the recording has as a template counts as its kind. */
function normalise(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(normalise);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(
        ([name, inner]) => !/^(?:\$metadata|ResponseMetadata)$/.test(name) && inner !== undefined,
      )
      .map(([name, inner]) => [name, FREE.test(name) ? 'free' : normalise(inner)]),
  );
}

let demo: DemoAws;
let aws: CloudWatchLogsClient;
beforeAll(async () => {
  demo = await startDemo({ systems: [], evaluateEveryMs: Infinity });
  aws = new CloudWatchLogsClient({
    endpoint: demo.endpoint,
    region: 'us-east-1',
    maxAttempts: 1,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
});
afterAll(async () => {
  aws.destroy();
  await demo.stop();
});

interface Failure {
  code: string;
  message: string;
  status: number;
}

/** What a failing call says; `where` is what differs from call to call. */
async function failureOf(call: Promise<unknown>, where = /$^/): Promise<Failure> {
  const caught = z
    .object({
      name: z.string(),
      message: z.string(),
      $metadata: z.object({ httpStatusCode: z.number() }),
    })
    .parse(
      await call.then(
        () => null,
        (cause: unknown) => cause,
      ),
    );
  return {
    code: caught.name,
    message: caught.message.replace(where, '…'),
    status: caught.$metadata.httpStatusCode,
  };
}

function recordedFailure(name: string, stepName: string, where = /$^/): Failure {
  const { Error: error, ResponseMetadata } = errorSchema.parse(step(name, stepName));
  return {
    code: error.Code,
    message: error.Message.replace(where, '…'),
    status: ResponseMetadata.HTTPStatusCode,
  };
}

let serial = 0;
async function group(tags?: Record<string, string>): Promise<string> {
  serial += 1;
  const logGroupName = `/recorded/${serial}`;
  await aws.send(new CreateLogGroupCommand({ logGroupName, tags }));
  return logGroupName;
}
async function stream(logGroupName: string, logStreamName = 's'): Promise<void> {
  await aws.send(new CreateLogStreamCommand({ logGroupName, logStreamName }));
}
const arnOf = (name: string): string => `arn:aws:logs:us-east-1:111122223333:log-group:${name}`;

describe.skipIf(!present)('groups', () => {
  test('test_create_log_group_with_kms_key', async () => {
    const kmsKeyId = 'arn:aws:kms:us-east-1:111122223333:key/1234';
    await aws.send(new CreateLogGroupCommand({ logGroupName: '/recorded/kms', kmsKeyId }));
    const answer = await aws.send(
      new DescribeLogGroupsCommand({ logGroupNamePrefix: '/recorded/kms' }),
    );
    expect(normalise(answer)).toEqual(
      recorded('test_create_log_group_with_kms_key', 'describe-log-groups-with-kms'),
    );
  });

  test('test_create_log_group_duplicate_error, _invalid_name_length', async () => {
    const logGroupName = await group();
    expect(await failureOf(aws.send(new CreateLogGroupCommand({ logGroupName })))).toEqual(
      recordedFailure('test_create_log_group_duplicate_error', 'error-duplicate-log-group'),
    );
    expect(
      await failureOf(aws.send(new CreateLogGroupCommand({ logGroupName: 'x'.repeat(513) }))),
    ).toEqual(
      recordedFailure('test_create_log_group_invalid_name_length', 'error-invalid-name-length'),
    );
  });

  test('test_describe_log_groups_with_prefix, _with_pattern, _prefix_and_pattern_error', async () => {
    for (const end of ['a', 'b', 'c']) {
      await aws.send(new CreateLogGroupCommand({ logGroupName: `/prefix/x${end}` }));
    }
    const logGroupNamePrefix = '/prefix/x';
    expect(normalise(await aws.send(new DescribeLogGroupsCommand({ logGroupNamePrefix })))).toEqual(
      recorded('test_describe_log_groups_with_prefix', 'describe-log-groups-prefix'),
    );
    const byPattern = await aws.send(
      new DescribeLogGroupsCommand({ logGroupNamePattern: 'IX/XB' }),
    );
    expect(normalise(byPattern)).toEqual(
      recorded('test_describe_log_groups_with_pattern', 'describe-log-groups-pattern'),
    );
    const end = await aws.send(
      new DescribeLogGroupsCommand({
        logGroupNamePattern: 'IX/XB',
        nextToken: byPattern.nextToken,
      }),
    );
    expect(normalise(end)).toEqual({ logGroups: [] });
    expect(
      await failureOf(
        aws.send(new DescribeLogGroupsCommand({ logGroupNamePrefix, logGroupNamePattern: 'x' })),
      ),
    ).toEqual(
      recordedFailure(
        'test_describe_log_groups_prefix_and_pattern_error',
        'error-prefix-and-pattern',
      ),
    );
  });

  test('test_list_log_groups_with_pattern', async () => {
    const none = await aws.send(new DescribeLogGroupsCommand({ logGroupNamePattern: 'no-such' }));
    expect(normalise(none)).toEqual(
      recorded('test_list_log_groups_with_pattern', 'list-log-groups-no-match'),
    );
  });

  test('test_create_log_group_with_tags, _tag_log_group, _untag_log_group', async () => {
    const logGroupName = await group({ env: 'testing' });
    const tags = () => aws.send(new ListTagsLogGroupCommand({ logGroupName }));
    expect(normalise(await tags())).toEqual(
      recorded('test_create_log_group_with_tags', 'list-tags-after-create'),
    );
    const other = await group();
    const added = { tag_key_1: 'tag_value_1', tag_key_2: 'tag_value_2' };
    await aws.send(new TagLogGroupCommand({ logGroupName: other, tags: added }));
    await aws.send(new UntagLogGroupCommand({ logGroupName: other, tags: ['tag_key_1'] }));
    expect(normalise(await aws.send(new ListTagsLogGroupCommand({ logGroupName: other })))).toEqual(
      recorded('test_untag_log_group', 'list-tags-after-untag'),
    );
  });

  test('test_tag_resource_api', async () => {
    const logGroupName = await group({ env: 'testing1' });
    const resourceArn = arnOf(logGroupName);
    const compare = async (stepName: string, both = true): Promise<void> => {
      const byName = await aws.send(new ListTagsLogGroupCommand({ logGroupName }));
      const byArn = await aws.send(new ListTagsForResourceCommand({ resourceArn }));
      expect(normalise(byName)).toEqual(recorded('test_tag_resource_api', stepName));
      if (both) expect(normalise(byArn)).toEqual(recorded('test_tag_resource_api', stepName));
    };
    await compare('list-tags-after-create');
    await aws.send(new TagResourceCommand({ resourceArn, tags: { test1: 'val1', test2: 'val2' } }));
    await compare('list-tags-log-group-after-tag-resource');
    await compare('list-tags-for-resource-after-tag-resource');
    await aws.send(new TagLogGroupCommand({ logGroupName, tags: { test3: 'val3' } }));
    await compare('list-tags-log-group-after-tag-log-group');
    await aws.send(new UntagResourceCommand({ resourceArn, tagKeys: ['env', 'test1', 'test3'] }));
    await compare('list-tags-log-group-after-untag');
    await compare('list-tags-for-resource-after-untag');
  });
});

describe.skipIf(!present)('streams', () => {
  test('test_create_and_delete_log_stream, _duplicate_error, test_log_stream_arn_format', async () => {
    const logGroupName = await group();
    await stream(logGroupName);
    const answer = await aws.send(new DescribeLogStreamsCommand({ logGroupName }));
    expect(normalise(answer)).toEqual(
      recorded('test_create_and_delete_log_stream', 'describe-log-streams-after-create'),
    );
    expect(answer.logStreams?.[0]?.arn).toBe(`${arnOf(logGroupName)}:log-stream:s`);
    expect(normalise(answer)).toEqual(
      recorded('test_log_stream_arn_format', 'describe-log-streams-with-arn'),
    );
    expect(await failureOf(stream(logGroupName))).toEqual(
      recordedFailure('test_create_log_stream_duplicate_error', 'error-duplicate-log-stream'),
    );
    await aws.send(new DeleteLogStreamCommand({ logGroupName, logStreamName: 's' }));
    const after = await aws.send(new DescribeLogStreamsCommand({ logGroupName }));
    expect(after.logStreams).toEqual([]);
  });

  test('test_describe_log_streams_with_log_group_identifier, _with_prefix', async () => {
    const logGroupName = await group();
    const name = 'test_describe_log_streams_with_log_group_identifier';
    await stream(logGroupName, 'x1');
    const by = async (logGroupIdentifier: string) =>
      normalise(await aws.send(new DescribeLogStreamsCommand({ logGroupIdentifier })));
    expect(await by(logGroupName)).toEqual(recorded(name, 'describe-streams-identifier-name'));
    expect(await by(arnOf(logGroupName))).toEqual(
      recorded(name, 'describe-streams-identifier-arn'),
    );
    const logGroupIdentifier = arnOf(logGroupName);
    expect(
      await failureOf(
        aws.send(new DescribeLogStreamsCommand({ logGroupName, logGroupIdentifier })),
      ),
    ).toEqual(recordedFailure(name, 'error-both-name-and-identifier'));
    for (const logStreamName of ['x2', 'x3', 'y']) await stream(logGroupName, logStreamName);
    const found = await aws.send(
      new DescribeLogStreamsCommand({ logGroupName, logStreamNamePrefix: 'x' }),
    );
    expect(normalise(found)).toEqual(
      recorded('test_describe_log_streams_with_prefix', 'describe-streams-with-prefix'),
    );
  });
});

describe.skipIf(!present)('events', () => {
  const put = (logGroupName: string, logStreamName: string, timestamps: number[]) =>
    aws.send(
      new PutLogEventsCommand({
        logGroupName,
        logStreamName,
        logEvents: timestamps.map((timestamp) => ({ timestamp, message: 'm' })),
      }),
    );

  test('test_put_log_events_to_invalid_stream, _wrong_order, _too_old, _too_new', async () => {
    const logGroupName = await group();
    await stream(logGroupName);
    const now = Date.now();
    expect(await failureOf(put(logGroupName, 'none', [now]))).toEqual(
      recordedFailure('test_put_log_events_to_invalid_stream', 'error-invalid-stream'),
    );
    expect(await failureOf(put(logGroupName, 's', [now, now - 1000]))).toEqual(
      recordedFailure('test_put_log_events_wrong_order', 'error-wrong-order'),
    );
    const old = await put(logGroupName, 's', [now - 15 * 86_400_000]);
    expect(normalise(old)).toEqual(recorded('test_put_log_events_too_old', 'response-too-old'));
    expect(old.rejectedLogEventsInfo).toEqual({ tooOldLogEventEndIndex: 1 });
    const early = await put(logGroupName, 's', [now, now + 3 * 3_600_000]);
    expect(normalise(early)).toEqual(recorded('test_put_log_events_too_new', 'response-too-new'));
    expect(early.rejectedLogEventsInfo).toEqual({ tooNewLogEventStartIndex: 1 });
  });

  test('test_get_log_events_invalid_token, _limit_validation, test_resource_does_not_exist', async () => {
    const logGroupName = await group();
    await stream(logGroupName);
    const get = (over: object) =>
      aws.send(new GetLogEventsCommand({ logGroupName, logStreamName: 's', ...over }));
    expect(await failureOf(get({ nextToken: 'invalid' }))).toEqual(
      recordedFailure('test_get_log_events_invalid_token', 'error-invalid-token'),
    );
    expect(await failureOf(get({ limit: 10_001 }))).toEqual(
      recordedFailure('test_get_log_events_limit_validation', 'error-limit-exceeded'),
    );
    const name = 'test_resource_does_not_exist';
    expect(await failureOf(get({ logGroupName: '/none' }))).toEqual(
      recordedFailure(name, 'error-log-group-does-not-exist'),
    );
    expect(await failureOf(get({ logStreamName: 'none' }))).toEqual(
      recordedFailure(name, 'error-log-stream-does-not-exist'),
    );
  });

  test('test_filter_log_events_limit_validation, _unknown_token', async () => {
    const logGroupName = await group();
    const filter = (over: object) =>
      aws.send(new FilterLogEventsCommand({ logGroupName, ...over }));
    expect(await failureOf(filter({ limit: 10_001 }))).toEqual(
      recordedFailure('test_filter_log_events_limit_validation', 'error-limit-exceeded'),
    );
    expect(await failureOf(filter({ nextToken: 'invalid' }))).toEqual(
      recordedFailure('test_filter_log_events_unknown_token', 'invalid-token'),
    );
  });
});

describe.skipIf(!present)('queries', () => {
  const asked = {
    startTime: 1_700_000_000,
    endTime: 1_700_003_600,
    queryString: 'fields @message',
  };

  test('test_start_query_basic, test_describe_queries, _with_status_filter', async () => {
    const logGroupName = await group();
    const started = await aws.send(new StartQueryCommand({ logGroupName, ...asked }));
    expect(normalise(started)).toEqual(recorded('test_start_query_basic', 'start-query'));
    const { queryId } = started;
    while ((await aws.send(new GetQueryResultsCommand({ queryId }))).status !== 'Complete') {
      await pause(30);
    }
    const described = await aws.send(new DescribeQueriesCommand({ logGroupName }));
    expect(normalise(described)).toEqual(recorded('test_describe_queries', 'describe-queries'));
    expect(described.queries?.[0]?.queryString).toBe(
      `SOURCE "${logGroupName}" START=${asked.startTime}000 END=${asked.endTime}999 | fields @message`,
    );
    const name = 'test_describe_queries_with_status_filter';
    for (const [status, stepName] of [
      ['Complete', 'describe-queries-complete'],
      ['Scheduled', 'describe-queries-scheduled'],
    ] as const) {
      const found = await aws.send(new DescribeQueriesCommand({ logGroupName, status }));
      expect(normalise(found)).toEqual(recorded(name, stepName));
    }
  });

  test('test_start_query_log_group_not_found', async () => {
    expect(
      await failureOf(
        aws.send(
          new StartQueryCommand({ logGroupName: '<log-group>'.replace(/[<>]/g, ''), ...asked }),
        ),
        /^Log group '.*' does not exist for account ID '\d+'|Request ID: [0-9a-f-]+/g,
      ),
    ).toEqual(
      recordedFailure(
        'test_start_query_log_group_not_found',
        'error-log-group-not-found',
        /^Log group '.*' does not exist for account ID '\d+'|Request ID: [0-9a-f-]+/g,
      ),
    );
  });
});
