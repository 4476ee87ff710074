/** Sentences about a query: what it would read, how far it is, how each account fares. */
import { assertNever } from '../../../shared/assert-never';
import type {
  InsightsEstimate,
  InsightsState,
  InsightsTarget,
} from '../../../shared/logs/insights';
import type { Language, QueryRun } from './store';

const UNITS = ['B', 'KB', 'MB', 'GB', 'TB', 'PB'];

/** `1.2 GB`; 1,024 bytes are a KB, as CloudWatch charges. */
export function bytesText(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1_023.5 && unit < UNITS.length - 1) {
    value /= 1_024;
    unit += 1;
  }
  const digits = unit === 0 || value >= 99.5 ? 0 : value >= 9.95 ? 1 : 2;
  return `${value.toFixed(digits).replace(/\.0+$/, '')} ${UNITS[unit] ?? ''}`;
}

/** `$0.42`; what is not nothing never reads as nothing. */
export function usdText(usd: number): string {
  if (usd === 0) return '$0';
  if (usd < 0.0001) return 'under $0.0001';
  if (usd < 0.1) return `$${usd.toPrecision(2)}`;
  return `$${usd.toFixed(2)}`;
}

export const countText = (count: number): string => count.toLocaleString('en');

const rowsText = (count: number): string => `${countText(count)} ${count === 1 ? 'row' : 'rows'}`;

/** Before the run. */
export function estimateText(
  { bytes, usd, basis }: InsightsEstimate,
  query: string,
  language: Language,
): string {
  if (language === 'SQL' || /^\s*SOURCE\b/i.test(query)) {
    return 'Names its log groups itself: what it would read is not known before';
  }
  if (bytes === 0 && basis.startsWith('No size')) return 'Size of these groups unknown';
  return `Would read about ${bytesText(bytes)} · ${usdText(usd)}`;
}

/** During and after it. */
export function runText(run: QueryRun, now: number): string {
  const { state, failure } = run;
  if (failure !== null) return `${failure.message} ${failure.advice}`;
  if (state === null) return 'Asking CloudWatch…';
  const words = head(run, state);
  // A sentence that ends says all there is.
  return words.endsWith('.') ? words : [words, ...figures(state, now)].join(' · ');
}

function head({ asked }: QueryRun, state: InsightsState): string {
  const { targets, phase, rows } = state;
  const failed = targets.filter((target) => target.failure !== null).length;
  const missing =
    failed > 0 && targets.length > 1
      ? `, ${failed} of ${targets.length} accounts and regions failed`
      : '';
  switch (phase) {
    case 'running':
      return `${waiting(targets)}${rows > 0 ? `, ${rowsText(rows)} so far` : ''}${missing}`;
    case 'stopped':
      return `Stopped: ${rowsText(rows)}, not all there are${missing}`;
    case 'failed':
      return commonFailure(targets) ?? `Failed in all ${targets.length} accounts and regions`;
    case 'complete':
      return rows === 0
        ? `No rows: nothing${missing === '' ? '' : ' elsewhere'} fits in this time${missing}`
        : `${rowsText(rows)}${atMost(state, asked.limit)}${missing}`;
    default:
      return assertNever(phase);
  }
}

/** Of a run in the history: never complete where an account is missing. */
export function pastText({ phase, rows, targets }: InsightsState): string {
  const failed = targets.filter(({ failure }) => failure !== null).length;
  const missing =
    failed === 0 || phase === 'failed'
      ? ''
      : `, ${failed} of ${targets.length} accounts and regions failed`;
  return `${rowsText(rows)}, ${failed > 0 && phase === 'complete' ? missing.slice(2) : `${phase}${missing}`}`;
}

/** What every account and region says alike; null where they differ. */
export function commonFailure(targets: readonly InsightsTarget[]): string | null {
  const said = new Set(
    targets.map(({ failure }) => (failure === null ? '' : `${failure.message} ${failure.advice}`)),
  );
  const [only = ''] = said;
  return said.size === 1 && only !== '' ? only : null;
}

/** As many rows as were asked for: there may be more. */
function atMost({ targets }: InsightsState, limit: number): string {
  return targets.some(({ rows }) => rows >= limit) ? ', as many as were asked for' : '';
}

function waiting(targets: readonly InsightsTarget[]): string {
  const begun = targets.some(({ status }) => status !== 'waiting' && status !== 'scheduled');
  return begun ? 'Running' : 'Waiting for CloudWatch to begin';
}

function figures({ targets, costUsd, startedAt, endedAt }: InsightsState, now: number): string[] {
  const sum = (of: (target: InsightsTarget) => number): number =>
    targets.reduce((total, target) => total + of(target), 0);
  const bytes = sum(({ bytesScanned }) => bytesScanned);
  const scanned = sum(({ recordsScanned }) => recordsScanned);
  const matched = sum(({ recordsMatched }) => recordsMatched);
  const took = `${(Math.max(0, (endedAt ?? now) - startedAt) / 1_000).toFixed(1)} s`;
  if (bytes === 0 && scanned === 0) return [took];
  return [
    `${countText(matched)} of ${countText(scanned)} records matched`,
    `${bytesText(bytes)} read`,
    usdText(costUsd),
    took,
  ];
}

/** One account and region. */
export function targetText(target: InsightsTarget): string {
  const { failure, status, rows } = target;
  if (failure !== null) return `${failure.message} ${failure.advice}`;
  switch (status) {
    case 'waiting':
      return 'being asked';
    case 'scheduled':
      return 'waiting for CloudWatch to begin';
    case 'running':
      return `running, ${rowsText(rows)} so far`;
    case 'complete':
      return rowsText(rows);
    case 'failed':
      return 'failed';
    case 'cancelled':
      return `stopped, ${rowsText(rows)}`;
    case 'timeout':
      return 'took too long';
    case 'unknown':
      return 'CloudWatch does not say how far it is';
    default:
      return assertNever(status);
  }
}

/** What to know of a language before it is used; null for nothing. */
export function languageText(language: Language, otherClasses: number): string | null {
  switch (language) {
    case 'CWLI':
      return null;
    case 'PPL':
      return `PPL is not there in every account and region; CloudWatch says so when it is asked.${classText(otherClasses)}`;
    case 'SQL':
      return `SQL names its log groups itself: FROM \`name\`. It is not there in every account and region.${classText(otherClasses)}`;
    default:
      return assertNever(language);
  }
}

const classText = (others: number): string =>
  others === 0
    ? ''
    : ` ${others === 1 ? 'One chosen group is' : `${others} chosen groups are`} not of the Standard class and cannot be asked so.`;

export const languageNames: Readonly<Record<Language, string>> = {
  CWLI: 'Logs Insights QL',
  PPL: 'OpenSearch PPL',
  SQL: 'OpenSearch SQL',
};
