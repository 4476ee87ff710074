import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { LogGroup } from '../../logs/log-group';
import { parseQuery, type Query } from '../../logs/insights/commands';
import { QueryRun } from '../../logs/insights/query-run';
import { QueryError } from '../../logs/insights/tokens';
import type { RegionStore } from '../../region';
import { decodeToken, encodeToken } from '../paging';
import type { Operation } from '../operation';
import {
  invalidParameter,
  invalidToken,
  logsLimit,
  malformedQuery,
  notFound,
  trailer,
} from './errors';
import { parseLogsInput } from './input';

const startInput = z.object({
  queryLanguage: z.enum(['CWLI', 'SQL', 'PPL']).optional(),
  logGroupName: z.string().optional(),
  logGroupNames: z.array(z.string()).optional(),
  logGroupIdentifiers: z.array(z.string()).optional(),
  startTime: z.number().int().min(0),
  endTime: z.number().int().min(0),
  queryString: z.string().max(10_000),
  limit: z.number().int().min(1).max(10_000).optional(),
});
type StartInput = z.infer<typeof startInput>;

/** Queries of an account at once. */
const CONCURRENT = 30;
const GROUPS = 50;

/** Starts a query; `startTime` and `endTime` are seconds, both included. */
export const startQuery: Operation = ({ world, region }, body) => {
  const input = parseLogsInput(startInput, body);
  if (input.queryLanguage !== undefined && input.queryLanguage !== 'CWLI') {
    throw invalidParameter(
      `Query language ${input.queryLanguage} is not enabled for this account; use CWLI.`,
    );
  }
  if (input.endTime < input.startTime) {
    throw invalidParameter("Query's end time must be greater than or equal to its start time.");
  }
  const query = readQuery(input.queryString);
  const groups = groupsOf(region, input, query);
  if (region.logs.queries.active() >= CONCURRENT) {
    throw logsLimit(`Account maximum query concurrency limit of [${CONCURRENT}] reached.`);
  }
  const run = new QueryRun({
    query,
    queryString: describedQuery(groups, input),
    groups,
    from: input.startTime * 1000,
    to: input.endTime * 1000 + 999,
    limit: input.limit ?? 10_000,
    now: world.now,
  });
  region.logs.queries.add(run);
  run.run().catch((cause: unknown) => {
    console.error('demo query:', cause);
    run.end('Failed');
  });
  return { queryId: run.id };
};

function readQuery(text: string): Query {
  try {
    return parseQuery(text);
  } catch (cause) {
    if (!(cause instanceof QueryError)) throw cause;
    throw malformedQuery(cause.message, cause.start, cause.end, randomUUID());
  }
}

function groupsOf(region: RegionStore, input: StartInput, query: Query): LogGroup[] {
  const given = [
    input.logGroupName === undefined ? undefined : [input.logGroupName],
    input.logGroupNames,
    input.logGroupIdentifiers,
  ].filter((list) => list !== undefined);
  const { groups, prefixes } = query.source;
  if (given.length > 1 || (given.length > 0 && groups.length + prefixes.length > 0)) {
    throw invalidParameter(
      'Exactly one of logGroupName, logGroupNames, logGroupIdentifiers or a SOURCE command is needed.',
    );
  }
  const matched = region.logs
    .byName()
    .filter((group) => prefixes.some((prefix) => group.name.startsWith(prefix)));
  const named = [...(given[0] ?? []), ...groups].map((reference) => {
    const group = region.logs.find(reference);
    if (group === undefined) throw noGroup(region, reference);
    return group;
  });
  const found = [...new Set([...named, ...matched])];
  if (found.length === 0) throw invalidParameter('At least one log group is needed.');
  if (found.length > GROUPS) {
    throw invalidParameter(`A query can read at most ${GROUPS} log groups.`);
  }
  return found;
}

const noGroup = (region: RegionStore, name: string) =>
  notFound(
    `Log group '${name}' does not exist for account ID '${region.accountId}'${trailer('ResourceNotFoundException', randomUUID())}`,
  );

/** As DescribeQueries shows it: the groups and times in front. */
const describedQuery = (groups: readonly LogGroup[], input: StartInput): string =>
  `SOURCE ${groups.map((group) => `"${group.name}"`).join(' ')} START=${input.startTime}000 END=${input.endTime}999 | ${input.queryString}`;

const resultsInput = z.object({
  queryId: z.string().min(1),
  nextToken: z.string().min(1).optional(),
  maxItems: z.number().int().min(1).max(10_000).optional(),
});

/** Rows so far, and how far the query is. */
export const getQueryResults: Operation = ({ region }, body) => {
  const input = parseLogsInput(resultsInput, body);
  const run = runOf(region, input.queryId);
  const from =
    input.nextToken === undefined ? 0 : Number(decodeToken(run.id, input.nextToken, invalidToken));
  const rows = run.status === 'Scheduled' ? [] : run.rows();
  const page = rows.slice(from, from + (input.maxItems ?? 10_000));
  const end = from + page.length;
  return {
    queryLanguage: 'CWLI',
    results: page,
    statistics: { ...run.statistics },
    status: run.status,
    ...(end < rows.length ? { nextToken: encodeToken(run.id, String(end)) } : {}),
  };
};

function runOf(region: RegionStore, id: string): QueryRun {
  const run = region.logs.queries.get(id);
  if (run === undefined) throw notFound(`Query ID ${id} does not exist.`);
  return run;
}

const stopInput = z.object({ queryId: z.string().min(1) });

export const stopQuery: Operation = ({ region }, body) => {
  const run = runOf(region, parseLogsInput(stopInput, body).queryId);
  if (!run.active) {
    throw invalidParameter(
      `Query with ID [${run.id}] is not running, and its status is [${run.status}].`,
    );
  }
  run.end('Cancelled');
  return { success: true };
};

const listInput = z.object({
  logGroupName: z.string().optional(),
  status: z
    .enum(['Scheduled', 'Running', 'Complete', 'Failed', 'Cancelled', 'Timeout', 'Unknown'])
    .optional(),
  maxResults: z.number().int().min(1).max(1000).optional(),
  nextToken: z.string().min(1).optional(),
  queryLanguage: z.enum(['CWLI', 'SQL', 'PPL']).optional(),
});

/** Queries of late, newest first. */
export const describeQueries: Operation = ({ region }, body) => {
  const input = parseLogsInput(listInput, body);
  const found = region.logs.queries
    .list()
    .filter(
      (run) =>
        (input.status === undefined || run.status === input.status) &&
        (input.queryLanguage ?? 'CWLI') === 'CWLI' &&
        (input.logGroupName === undefined ||
          run.options.groups.some((group) => group.name === input.logGroupName)),
    );
  const question = [input.logGroupName, input.status];
  const from =
    input.nextToken === undefined
      ? 0
      : found.findIndex(
          (r) => r.id === decodeToken(question, input.nextToken ?? '', invalidToken),
        ) + 1;
  const page = found.slice(from, from + (input.maxResults ?? 1000));
  const last = page.at(-1);
  return {
    queries: page.map((run) => ({
      queryId: run.id,
      queryString: run.options.queryString,
      status: run.status,
      createTime: run.createdAt,
      logGroupName: run.options.groups[0]?.name,
      queryLanguage: 'CWLI',
    })),
    ...(last !== undefined && from + page.length < found.length
      ? { nextToken: encodeToken(question, last.id) }
      : {}),
  };
};
