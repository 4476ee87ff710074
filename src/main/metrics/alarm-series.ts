import type { MetricDataQuery, MetricDataResult } from '@aws-sdk/client-cloudwatch';
import type { Alarm, AlarmMetricQuery, MetricRule } from '../../shared/alarms/alarm';
import { alarmBands } from '../../shared/alarms/history';
import { watchedQuery } from '../../shared/alarms/metric-name';
import { unitOf } from '../../shared/alarms/units';
import type { Clock } from '../../shared/clock';
import { isLocalKey } from '../../shared/local-rules/local-key';
import { pickPeriod } from '../../shared/metrics/period';
import type { AlarmSeries, Series } from '../../shared/metrics/series';
import { listOf, timeOf } from '../alarms/from-aws';
import { RegionReader } from '../alarms/region-reader';
import { AwsFailure } from '../aws/aws-api';
import type { RegionApi } from '../aws/aws-api';
import { pages } from '../aws/paging';
import { unitFilter } from './aws-query';

/** Opening the same alarm again within this time costs no call: GetMetricData has no free tier. */
const CACHED_MS = 10_000;
const CACHED_MAX = 50;
const BAND_HISTORY_MAX = 500;

type SeriesApi = Pick<
  RegionApi,
  'connectionId' | 'region' | 'getMetricData' | 'describeAlarms' | 'describeAlarmHistory'
>;

/** An alarm's own metric over a window, as its graph shows it. */
export class AlarmSeriesSource {
  private readonly cache = new Map<string, { at: number; series: AlarmSeries }>();

  constructor(
    /** The API of a connection's region; throws `AwsFailure` when there is none. */
    private readonly apiOf: (connectionId: string, region: string) => SeriesApi,
    private readonly clock: Clock,
  ) {}

  /** Rejects with `AwsFailure`. Times ms UTC; the window is widened to whole periods. */
  async load(
    alarm: Alarm,
    startMs: number,
    endMs: number,
    signal: AbortSignal,
  ): Promise<AlarmSeries> {
    if (!(endMs > startMs)) throw badWindow(alarm);
    const own = alarm.metric?.periodSeconds ?? 60;
    const periodMs = pickPeriod(own, startMs, endMs, this.clock.now()) * 1000;
    const start = Math.floor(startMs / periodMs) * periodMs;
    const end = Math.ceil(endMs / periodMs) * periodMs;
    const cacheKey = [alarm.key, alarm.stateTransitionedAt, start, end, periodMs].join('|');
    const cached = this.cache.get(cacheKey);
    if (cached !== undefined && this.clock.now() - cached.at < CACHED_MS) return cached.series;
    const api = this.apiOf(alarm.connectionId, alarm.region);
    const [results, bands] = await Promise.all([
      alarm.metric === null ? [] : fetchResults(api, alarm.metric, periodMs, start, end, signal),
      this.bands(api, alarm, start, end, signal),
    ]);
    const answer: AlarmSeries = {
      startMs: start,
      endMs: end,
      periodMs,
      series: results.map((result) => toSeries(result, alarm.metric)),
      threshold: alarm.metric?.threshold ?? null,
      bandIds: bandIdsOf(results, alarm.metric),
      alarmBands: bands,
    };
    this.keep(cacheKey, answer);
    return answer;
  }

  private async bands(
    api: SeriesApi,
    alarm: Alarm,
    start: number,
    end: number,
    signal: AbortSignal,
  ): Promise<AlarmSeries['alarmBands']> {
    if (isLocalKey(alarm.key)) return ownBand(alarm, start, Math.min(end, this.clock.now()));
    const reader = new RegionReader(api, this.clock);
    const items = await reader.historyOf(alarm.name, start, end, BAND_HISTORY_MAX, signal);
    const changes = items.flatMap(({ type, at, from, to }) =>
      type === 'state' && to !== null ? [{ at, from, to }] : [],
    );
    // Without changes in the window, its state then is today's only if it has not changed since.
    const held = alarm.stateTransitionedAt <= start ? alarm.state : 'OK';
    return alarmBands(changes, held, start, Math.min(end, this.clock.now()));
  }

  private keep(key: string, series: AlarmSeries): void {
    this.cache.delete(key);
    this.cache.set(key, { at: this.clock.now(), series });
    const oldest = this.cache.keys().next();
    if (this.cache.size > CACHED_MAX && oldest.done !== true) this.cache.delete(oldest.value);
  }
}

/** CloudWatch has no history of a local rule: its present state is what can be drawn. */
function ownBand(alarm: Alarm, start: number, end: number): AlarmSeries['alarmBands'] {
  const from = Math.max(start, alarm.stateTransitionedAt);
  return alarm.state === 'ALARM' && from < end ? [{ from, to: end }] : [];
}

/** A series of the answer; pages of one series are joined. */
interface Joined {
  id: string;
  label: string;
  points: Map<number, number>;
}

async function fetchResults(
  api: SeriesApi,
  rule: MetricRule,
  periodMs: number,
  start: number,
  end: number,
  signal: AbortSignal,
): Promise<Joined[]> {
  const joined = new Map<string, Joined>();
  const walk = pages(
    (NextToken) =>
      api.getMetricData(
        {
          MetricDataQueries: queriesFor(rule, periodMs / 1000),
          StartTime: new Date(start),
          EndTime: new Date(end),
          ScanBy: 'TimestampAscending',
          NextToken,
        },
        signal,
      ),
    { operation: 'GetMetricData', connectionId: api.connectionId, maxPages: 100 },
  );
  for await (const page of walk) {
    for (const result of listOf(page.MetricDataResults)) join(joined, result);
  }
  return [...joined.values()];
}

function join(joined: Map<string, Joined>, result: MetricDataResult): void {
  const id = result.Id ?? '';
  const label = result.Label ?? id;
  // An anomaly band answers two series of one id, told apart by their labels.
  const key = JSON.stringify([id, label]);
  const series = joined.get(key) ?? { id, label, points: new Map<number, number>() };
  joined.set(key, series);
  const values = Array.isArray(result.Values) ? result.Values : [];
  (Array.isArray(result.Timestamps) ? result.Timestamps : []).forEach((timestamp, index) => {
    const at = timeOf(timestamp);
    const value = values[index];
    if (at !== null && typeof value === 'number' && Number.isFinite(value)) {
      series.points.set(at, value);
    }
  });
}

const queriesFor = (rule: MetricRule, period: number): MetricDataQuery[] => {
  const watched = watchedQuery(rule)?.id;
  return rule.queries.map((query) => {
    const shown = query.id === watched || query.id === rule.thresholdMetricId;
    return awsQuery(query, period, shown);
  });
};

function awsQuery(query: AlarmMetricQuery, period: number, shown: boolean): MetricDataQuery {
  const common = {
    Id: query.id,
    ReturnData: shown,
    ...(query.label === null ? {} : { Label: query.label }),
    ...(query.accountId === null ? {} : { AccountId: query.accountId }),
  };
  if (query.expression !== null) {
    // Only Metrics Insights queries carry a period of their own; math takes its inputs'.
    const own = query.periodSeconds === null ? {} : { Period: period };
    return { ...common, Expression: query.expression, ...own };
  }
  return {
    ...common,
    MetricStat: {
      Metric: {
        Namespace: query.namespace ?? '',
        MetricName: query.metricName ?? '',
        Dimensions: query.dimensions.map(({ name, value }) => ({ Name: name, Value: value })),
      },
      Period: period,
      Stat: query.stat ?? 'Average',
      ...unitFilter(query.unit),
    },
  };
}

function isBand(series: Joined, rule: MetricRule | null): boolean {
  return rule !== null && rule.thresholdMetricId !== null && series.id === rule.thresholdMetricId;
}

function toSeries(series: Joined, rule: MetricRule | null): Series {
  const sorted = [...series.points].sort(([a], [b]) => a - b);
  const query = rule?.queries.find(({ id }) => id === series.id) ?? null;
  return {
    id: isBand(series, rule) ? bandId(series) : series.id,
    label: series.label,
    unit: unitOf(query?.metricName ?? null, query?.unit ?? null),
    points: Float64Array.from(sorted.flat()),
  };
}

const bandId = (series: Joined): string => `${series.id}:${series.label}`;

/** Lower first: of the two series with the band's id, by their values. */
function bandIdsOf(results: Joined[], rule: MetricRule | null): [string, string] | null {
  const [a, b] = results.filter((series) => isBand(series, rule));
  if (a === undefined || b === undefined) return null;
  const at = [...a.points.keys()].find((time) => b.points.has(time));
  const aIsLower = at === undefined || (a.points.get(at) ?? 0) <= (b.points.get(at) ?? 0);
  return aIsLower ? [bandId(a), bandId(b)] : [bandId(b), bandId(a)];
}

const badWindow = (alarm: Alarm): AwsFailure =>
  new AwsFailure({
    kind: 'invalid',
    connectionId: alarm.connectionId,
    operation: 'GetMetricData',
    message: 'The time range ends before it starts.',
    advice: 'Choose another range.',
  });
