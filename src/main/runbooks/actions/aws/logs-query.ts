/** Queries log groups and gives the rows as a table. */
import type { GetQueryResultsResponse, ResultField } from '@aws-sdk/client-cloudwatch-logs';
import type { ActionOf } from '../../../../shared/runbooks/step-kinds';
import type { StepOutput } from '../../../../shared/runbooks/run';
import type { RunbookReads } from '../../../aws/runbook-api';
import type { StartedQuery } from '../../../aws/log-query-api';
import { namesIn, numberIn } from '../../action-values';
import type { ReadHandler, StepContext } from '../../step-seams';
import { begin, counted, failed, follow, lengthIn, readsOf, refusedValue } from './common';
import type { Seen } from './common';
import { boundQuery } from './query-values';
import { tableOutput } from './table';

type Action = ActionOf<'logs-query'>;

/** CloudWatch ends queries after an hour. */
const LIMIT_MS = 3_600_000;
const POLL_MS = 700;
const MOST_ROWS = 10_000;
const DEFAULT_ROWS = 1_000;
const MOST_GROUPS = 50;

interface Wanted {
  groups: string[];
  query: string;
  language: 'CWLI' | 'PPL' | 'SQL';
  limit: number;
  backMs: number;
}

export const logsQuery: ReadHandler<'logs-query'> = {
  kind: 'logs-query',
  mode: 'reads',
  timeoutMs: LIMIT_MS,
  resource: ({ groups }) => (typeof groups === 'string' ? null : groups.map(groupName).join(', ')),
  effect: async (action) => {
    // As the file has it: its values are told with the step, with secrets masked.
    const { groups } = wantedOf(action);
    return `reads ${counted(groups.length, 'log group')} of the last ${action.last ?? '1h'}: ${action.query}`;
  },
  async run(action, context) {
    const { signal, tell } = context;
    const wanted = wantedOf(action);
    const reads = readsOf(context);
    tell('Starting the query');
    const queryId = await started(wanted, reads, context);
    const stop = async (late: AbortSignal): Promise<string> => {
      await reads.stopQuery(queryId, late);
      return 'The query was stopped.';
    };
    return follow(context, () => look(queryId, wanted, reads, signal), stop, POLL_MS);
  },
};

/** Of a group's ARN, which may end in `:*`. */
const groupName = (reference: string): string =>
  reference.startsWith('arn:')
    ? (reference.replace(/:\*$/, '').split(':').at(-1) ?? reference)
    : reference;

function wantedOf(action: Action): Wanted {
  const { query, values = {}, language = 'CWLI', last = '1h' } = action;
  const groups = namesIn(action.groups, 'groups');
  if (groups.length > MOST_GROUPS) {
    throw refusedValue(`groups: CloudWatch reads ${MOST_GROUPS} log groups at a time.`);
  }
  const limit = numberIn(action.limit ?? DEFAULT_ROWS, 'limit');
  if (!Number.isInteger(limit) || limit < 1 || limit > MOST_ROWS) {
    throw refusedValue('limit: a whole number from 1 to 10,000 is wanted.');
  }
  return {
    groups,
    query: boundQuery(query, values, language),
    language,
    limit,
    backMs: lengthIn(last, 'last'),
  };
}

async function started(
  { groups, query, language, limit, backMs }: Wanted,
  reads: RunbookReads,
  { clock }: StepContext,
): Promise<string> {
  const now = clock.now();
  const asked = {
    queryLanguage: language,
    queryString: query,
    startTime: Math.floor((now - backMs) / 1000),
    endTime: Math.ceil(now / 1000),
    limit,
    ...groupsOf(groups, language, query),
  };
  const answer = await begin((signal) => reads.startQuery(asked, signal));
  if (answer.malformed !== null) throw mistaken(answer.malformed, query);
  return answer.queryId;
}

/** SQL and a SOURCE command name their groups themselves. */
function groupsOf(
  groups: string[],
  language: Wanted['language'],
  query: string,
): { logGroupIdentifiers?: string[]; logGroupNames?: string[] } {
  if (language === 'SQL' || /^\s*SOURCE\b/i.test(query)) return {};
  return groups.some((group) => group.startsWith('arn:'))
    ? { logGroupIdentifiers: groups.map((group) => group.replace(/:\*$/, '')) }
    : { logGroupNames: groups };
}

function mistaken({ message, start }: NonNullable<StartedQuery['malformed']>, query: string) {
  const near = start === null ? '' : ` Near “${query.slice(start, start + 30)}”.`;
  return refusedValue(`CloudWatch cannot read the query: ${message}${near}`);
}

async function look(
  queryId: string,
  { limit }: Wanted,
  reads: RunbookReads,
  signal: AbortSignal,
): Promise<Seen> {
  const answer = await reads.getQueryResults({ queryId }, signal);
  const words = progressWords(answer);
  switch (answer.status) {
    case 'Complete':
      return { words, done: outputOf(await allRows(queryId, answer, limit, reads, signal)) };
    case 'Failed':
    case 'Timeout':
    case 'Cancelled':
      throw failed(
        `The query ended without all its rows (${answer.status}).`,
        'Narrow the time or the groups, then try again.',
      );
    default:
      return { words, done: null };
  }
}

function progressWords({ status, statistics }: GetQueryResultsResponse): string {
  const { recordsScanned = 0, recordsMatched = 0 } = statistics ?? {};
  const read = `${counted(recordsScanned, 'line')} read, ${recordsMatched.toLocaleString('en')} fit`;
  return status === 'Complete' ? `Done: ${read}` : read;
}

/** An answer that is too long comes in pages. */
async function allRows(
  queryId: string,
  answer: GetQueryResultsResponse,
  limit: number,
  reads: RunbookReads,
  signal: AbortSignal,
): Promise<ResultField[][]> {
  const rows = [...(answer.results ?? [])];
  for (let { nextToken } = answer; nextToken !== undefined && rows.length < limit;) {
    const page = await reads.getQueryResults({ queryId, nextToken }, signal);
    // It would never end.
    if (page.nextToken === nextToken) {
      throw failed(
        'CloudWatch led to the same page of rows again.',
        'Narrow the query, then try again.',
      );
    }
    rows.push(...(page.results ?? []));
    nextToken = page.nextToken;
  }
  return rows.slice(0, limit);
}

/** Columns in the order in which rows bring them; what only leads to a line's record is left out. */
function outputOf(rows: ResultField[][]): StepOutput {
  const columns = new Set<string>();
  for (const row of rows) {
    for (const { field = '' } of row) if (field !== '@ptr') columns.add(field);
  }
  const names = [...columns];
  return tableOutput(
    names,
    rows.map((row) => {
      const values = new Map(row.map(({ field = '', value = '' }) => [field, value]));
      return names.map((name) => values.get(name));
    }),
  );
}
