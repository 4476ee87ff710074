/** What else moved: metrics of an alarm's resource against their own last week. */
import type { Alarm } from '../../../shared/alarms/alarm';
import type { Clock } from '../../../shared/clock';
import { FailureError } from '../../../shared/failure';
import { metricKey } from '../../../shared/metrics/metric-key';
import type { MetricQuery, QueryGroup, SeriesHead, SeriesSet } from '../../../shared/metrics/query';
import type { RelatedMetric, RelatedMetrics } from '../../../shared/metrics/related';
import type { MetricCatalog } from '../catalog/metric-catalog';
import { sliceLine } from '../line';
import type { Line } from '../line';
import type { SeriesSource } from '../series-source';
import { candidatesOf, watchedBeside } from './candidates';
import type { Candidate, Candidates } from './candidates';
import { judge } from './judge';

/** $0.0006 a look. */
const MAX_EXAMINED = 60;
/** Of what other alarms watch. */
const MAX_WATCHED = 24;
const WEEK_MS = 7 * 86_400_000;
const PERIOD_SECONDS = 300;

interface RelatedParts {
  catalog: Pick<MetricCatalog, 'indexOf'>;
  source: Pick<SeriesSource, 'query'>;
  clock: Clock;
  /** Every alarm that the console knows. */
  alarms: () => Iterable<Alarm>;
}

/** Rejects with a `FailureError` when the region does not answer and nothing is known. */
export async function relatedMetrics(
  parts: RelatedParts,
  alarm: Alarm,
  startMs: number,
  endMs: number,
  signal: AbortSignal,
): Promise<RelatedMetrics> {
  if (alarm.metric === null) return nothing('This alarm watches other alarms, not a metric.');
  const index = await parts.catalog.indexOf(alarm.connectionId, alarm.region, signal);
  const candidates = withWatched(
    candidatesOf(alarm, index, MAX_EXAMINED),
    watchedBeside(alarm, parts.alarms(), MAX_WATCHED),
  );
  if (candidates.list.length === 0) return nothing(null);
  const group = groupOf(alarm, candidates.list, startMs, endMs);
  try {
    const set = await parts.source.query(group, 'due', signal);
    return ranked(candidates, set, startMs, endMs, parts.clock.now());
  } catch (error) {
    if (error instanceof FailureError && error.failure.kind === 'paused') {
      return nothing(`Not looked at: ${error.failure.message}`);
    }
    throw error;
  }
}

/** The resource's own first; the limit holds for both together. */
function withWatched({ list, total }: Candidates, watched: readonly Candidate[]): Candidates {
  const known = new Set(list.map(({ metric }) => metricKey(metric)));
  const more = watched.filter(({ metric }) => !known.has(metricKey(metric)));
  return { list: [...list, ...more].slice(0, MAX_EXAMINED), total: total + more.length };
}

const nothing = (note: string | null): RelatedMetrics => ({
  rowsJson: '[]',
  values: new Float64Array(0),
  examined: 0,
  note,
});

/** A week before the window and the window itself, in one question a metric. */
function groupOf(
  { connectionId, region }: Alarm,
  candidates: readonly Candidate[],
  startMs: number,
  endMs: number,
): QueryGroup {
  return {
    connectionId,
    region,
    queries: candidates.map(({ metric, stat }, index): MetricQuery => ({
      id: idOf(index),
      metric,
      expression: null,
      stat,
      unit: null,
      periodSeconds: PERIOD_SECONDS,
      label: null,
      accountId: null,
      returnData: true,
    })),
    startMs: startMs - WEEK_MS,
    endMs,
    labelOffset: '+0000',
  };
}

const idOf = (index: number): string => `r${index}`;

function ranked(
  { list, total }: Candidates,
  set: SeriesSet,
  startMs: number,
  endMs: number,
  nowMs: number,
): RelatedMetrics {
  const heads: SeriesHead[] = JSON.parse(set.headsJson);
  const byId = new Map(heads.map((head) => [head.queryId, head]));
  const judged = list.flatMap((candidate, index) => {
    const line = lineOf(set, byId.get(idOf(index)));
    const verdict = line === null ? null : judge(candidate, line, startMs, nowMs);
    return line === null || verdict === null ? [] : [{ candidate, line, verdict }];
  });
  judged.sort((a, b) => b.verdict.score - a.verdict.score);
  const rows: RelatedMetric[] = [];
  const parts: Float64Array[] = [];
  let offset = 0;
  for (const { candidate, line, verdict } of judged) {
    const shown = sliceLine(line, { fromMs: startMs, toMs: endMs });
    rows.push({
      ...candidate,
      ...verdict,
      startMs: shown.startMs,
      periodMs: shown.periodMs,
      offset,
      count: shown.values.length,
    });
    parts.push(shown.values);
    offset += shown.values.length;
  }
  const values = new Float64Array(offset);
  parts.forEach((part, index) => values.set(part, rows[index]?.offset ?? 0));
  return {
    rowsJson: JSON.stringify(rows),
    values,
    examined: list.length,
    note: noteOf(list.length, total, set),
  };
}

function lineOf(set: SeriesSet, head: SeriesHead | undefined): Line | null {
  if (head === undefined) return null;
  const { label, startMs, periodMs, offset, count, status, messages } = head;
  const values = set.values.subarray(offset, offset + count);
  return { label, startMs, periodMs, values, status, messages };
}

function noteOf(examined: number, total: number, set: SeriesSet): string | null {
  if (set.state === 'paused') {
    return 'Your cost cap is reached: what is shown was known before it.';
  }
  if (set.failure !== null) return `Not all could be asked: ${set.failure.message}`;
  return examined < total
    ? `${examined} of ${total} metrics of this resource were looked at, the nearest first.`
    : null;
}
