/** Asks for metrics, and for metric math over them. */
import type {
  GetMetricDataInput,
  MetricDataQuery,
  MetricDataResult,
} from '@aws-sdk/client-cloudwatch';
import type { ActionOf } from '../../../../shared/runbooks/step-kinds';
import type { StepOutput } from '../../../../shared/runbooks/run';
import type { LookContext, ReadHandler } from '../../step-seams';
import { alarmQueries } from './alarm-queries';
import { counted, failed, lengthIn, readsOf, refusedValue } from './common';

type Action = ActionOf<'metric-query'>;
type Metrics = NonNullable<Action['metrics']>;

const LIMIT_MS = 120_000;
const MAX_PAGES = 50;
/** As many as still fit the run's output. */
const MOST_POINTS = 20_000;

interface Series {
  id: string;
  label: string;
  /** Oldest first: ms UTC and value. */
  points: [number, number][];
}

export const metricQuery: ReadHandler<'metric-query'> = {
  kind: 'metric-query',
  mode: 'reads',
  timeoutMs: LIMIT_MS,
  resource: ({ alarm, metrics = [] }) =>
    alarm ?? [...new Set(metrics.map(({ metric }) => metric))].join(', '),
  effect: async (action, context) => {
    const asked = await askedOf(action, context);
    const { periodMs } = wantedOf(action, asked);
    const period = action.period ?? `${periodMs / 60_000}m`;
    return `asks for ${counted(asked.filter(isStat).length, 'metric')} of the last ${action.last ?? '3h'}, every ${period}`;
  },
  async run(action, context) {
    const { signal, clock, tell } = context;
    const reads = readsOf(context);
    const queries = await askedOf(action, context);
    const wanted = wantedOf(action, queries);
    const asked = inputOf(queries, wanted, clock.now());
    const series = new Map<string, Series>();
    const remarks = new Set<string>();
    let NextToken: string | undefined;
    for (let page = 0; page < MAX_PAGES; page += 1) {
      const answer = await reads.getMetricData({ ...asked, NextToken }, signal);
      for (const result of answer.MetricDataResults ?? []) take(result, series);
      const told = [
        ...(answer.Messages ?? []),
        ...(answer.MetricDataResults ?? []).flatMap(({ Messages = [] }) => Messages),
      ];
      for (const { Value } of told) if (Value !== undefined) remarks.add(Value);
      NextToken = answer.NextToken;
      if (NextToken === undefined || NextToken === '') break;
      tell(`${counted(pointsOf(series), 'value')} so far`);
    }
    if (NextToken !== undefined && NextToken !== '') {
      remarks.add('CloudWatch has more values than were asked for: the newest may be missing.');
    }
    return outputOf([...series.values()], [...remarks], wanted.periodMs);
  },
};

/** Where an expression may have stood. @throws FailureError */
function dimensionsIn(
  dimensions: Readonly<Record<string, string>> | string,
  id: string,
): Readonly<Record<string, string>> {
  if (typeof dimensions !== 'string') return dimensions;
  throw refusedValue(`metrics ${id}, dimensions: an object of names and values is wanted.`);
}

interface Wanted {
  periodMs: number;
  lastMs: number;
}

const isStat = ({ MetricStat }: MetricDataQuery): boolean => MetricStat !== undefined;

/** What is asked for, its period left to be said. Rejects with FailureError. */
async function askedOf(action: Action, context: LookContext): Promise<MetricDataQuery[]> {
  const { alarm, metrics, expression } = action;
  if ((alarm === undefined) === (metrics === undefined)) {
    throw refusedValue('Either metrics or an alarm is wanted.');
  }
  if (alarm === undefined) return queriesOf(metrics ?? [], expression);
  if (expression !== undefined) throw refusedValue('expression: an alarm has its own.');
  return alarmQueries(readsOf(context), alarm, context.signal);
}

function wantedOf({ period, last = '3h' }: Action, queries: readonly MetricDataQuery[]): Wanted {
  const lastMs = lengthIn(last, 'last');
  const own = Math.max(
    0,
    ...queries.map(({ Period, MetricStat }) => MetricStat?.Period ?? Period ?? 0),
  );
  const periodMs =
    period === undefined ? Math.max(periodFor(lastMs), own * 1_000) : lengthIn(period, 'period');
  const seconds = periodMs / 1_000;
  if (![1, 5, 10, 20, 30].includes(seconds) && seconds % 60 !== 0) {
    throw refusedValue('period: 1, 5, 10, 20 or 30 seconds, or whole minutes are wanted.');
  }
  if (periodMs > lastMs)
    throw refusedValue('period: it is longer than the time that is asked for.');
  if ((lastMs / periodMs) * (queries.length + 1) <= MOST_POINTS) return { periodMs, lastMs };
  throw refusedValue(
    `period: too many values would come (${MOST_POINTS.toLocaleString('en')} at most). Take a longer one.`,
  );
}

/** Some 180 values a metric or fewer. */
function periodFor(lastMs: number): number {
  const minutes = [1, 5, 60, 360, 1_440].find((one) => lastMs / (one * 60_000) <= 300) ?? 1_440;
  return minutes * 60_000;
}

/** All are told, those an alarm works with beside what it compares. */
function inputOf(
  queries: readonly MetricDataQuery[],
  { periodMs, lastMs }: Wanted,
  now: number,
): GetMetricDataInput {
  const Period = periodMs / 1_000;
  return {
    StartTime: new Date(now - lastMs),
    EndTime: new Date(now),
    ScanBy: 'TimestampAscending',
    MetricDataQueries: queries.map(({ Period: _, MetricStat, ...query }) => ({
      ...query,
      ReturnData: true,
      ...(MetricStat === undefined ? { Period } : { MetricStat: { ...MetricStat, Period } }),
    })),
  };
}

function queriesOf(metrics: Metrics, expression: string | undefined): MetricDataQuery[] {
  const ids = metrics.map(({ id }) => id);
  if (new Set(ids).size < ids.length) throw refusedValue('metrics: two of them have the same id.');
  const stats = metrics.map(
    ({ id, namespace, metric, dimensions = {}, statistic = 'Average' }): MetricDataQuery => ({
      Id: id,
      Label: `${metric} ${statistic}`,
      MetricStat: {
        Metric: {
          Namespace: namespace,
          MetricName: metric,
          Dimensions: Object.entries(dimensionsIn(dimensions, id)).map(([Name, Value]) => ({
            Name,
            Value,
          })),
        },
        // Said with the others.
        Period: undefined,
        Stat: statistic,
      },
    }),
  );
  return expression === undefined
    ? stats
    : [...stats, { Id: freeId(metrics), Expression: expression }];
}

/** `expression`, unless a metric is called so. */
function freeId(metrics: Metrics): string {
  let id = 'expression';
  while (metrics.some((one) => one.id === id)) id += '_';
  return id;
}

/** An expression may give several series under one id; a series may come in several pages. */
function take(result: MetricDataResult, series: Map<string, Series>): void {
  const { Id: id = '', Label: label = '', StatusCode, Timestamps = [], Values = [] } = result;
  if (StatusCode === 'InternalError' || StatusCode === 'Forbidden') {
    const why = result.Messages?.[0]?.Value ?? 'no reason was given';
    throw failed(`CloudWatch could not give ${label === '' ? id : label} (${StatusCode}): ${why}.`);
  }
  const key = JSON.stringify([id, label]);
  const one = series.get(key) ?? { id, label: label === '' ? id : label, points: [] };
  series.set(key, one);
  for (const [i, at] of Timestamps.entries()) {
    const value = Values[i];
    if (value !== undefined) one.points.push([at.getTime(), value]);
  }
}

const pointsOf = (series: ReadonlyMap<string, Series>): number =>
  [...series.values()].reduce((sum, { points }) => sum + points.length, 0);

/** Beside the series, what expressions ask for first: `last.m1` is the newest value, null where there is none. */
function outputOf(series: Series[], remarks: string[], periodMs: number): StepOutput {
  const told = series.map((one) => {
    const points = one.points.toSorted(([a], [b]) => a - b);
    const [at, value] = points.at(-1) ?? [null, null];
    return { ...one, points, last: value, lastAt: at === null ? null : new Date(at).toISOString() };
  });
  const last: Record<string, number | null> = {};
  for (const one of told) if (!Object.hasOwn(last, one.id)) last[one.id] = one.last;
  return {
    kind: 'series',
    json: JSON.stringify({ series: told, last, periodSeconds: periodMs / 1_000, remarks }),
  };
}
