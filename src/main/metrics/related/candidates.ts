/** Which metrics tell of the same resource as an alarm, and how to read them. Pure. */
import type { Alarm, Dimension } from '../../../shared/alarms/alarm';
import { isLocalArn } from '../../../shared/local-rules/local-key';
import type { MetricId } from '../../../shared/metrics/query';
import { lineOf } from '../catalog/metric-index';
import type { MetricIndex } from '../catalog/metric-index';

export interface Candidate {
  metric: MetricId;
  stat: string;
}

/** A dimension value shared by more metrics than this names no resource (an environment, a stage). */
const SCAN_LIMIT = 2_000;

export interface Candidates {
  /** Nearest first. */
  list: Candidate[];
  /** How many there are in all. */
  total: number;
}

/** Metrics with the alarm's dimensions, more of them or fewer, in any namespace; the alarm's own are left out. */
export function candidatesOf(alarm: Alarm, index: MetricIndex, limit: number): Candidates {
  const own = ownMetrics(alarm);
  const ownLines = new Set(own.map(lineOf));
  const found = new Map<string, { metric: MetricId; distance: number }>();
  for (const anchor of own) {
    for (const metric of neighbours(anchor, index)) {
      const line = lineOf(metric);
      if (ownLines.has(line)) continue;
      const distance = distanceOf(anchor, metric);
      const known = found.get(line);
      if (known === undefined || distance < known.distance) found.set(line, { metric, distance });
    }
  }
  const nearest = [...found.values()].toSorted((a, b) => a.distance - b.distance);
  return {
    list: nearest.slice(0, limit).map(({ metric }) => ({ metric, stat: fittingStat(metric) })),
    total: nearest.length,
  };
}

/**
 * What the other alarms of the same place watch, those that changed last first: a cause often sits in another
 * resource, and what somebody set an alarm on is worth a look.
 */
export function watchedBeside(alarm: Alarm, alarms: Iterable<Alarm>, limit: number): Candidate[] {
  const own = new Set(ownMetrics(alarm).map(lineOf));
  const beside = [...alarms]
    .filter(
      ({ key, connectionId, region, arn }) =>
        key !== alarm.key &&
        connectionId === alarm.connectionId &&
        region === alarm.region &&
        !isLocalArn(arn),
    )
    .toSorted((a, b) => b.stateTransitionedAt - a.stateTransitionedAt);
  const found = new Map<string, Candidate>();
  for (const other of beside) {
    for (const { namespace, metricName, dimensions, stat } of other.metric?.queries ?? []) {
      if (found.size >= limit) return [...found.values()];
      if (namespace === null || metricName === null) continue;
      const metric = { namespace, metricName, dimensions };
      const line = lineOf(metric);
      if (own.has(line) || found.has(line)) continue;
      found.set(line, { metric, stat: stat ?? fittingStat(metric) });
    }
  }
  return [...found.values()];
}

const ownMetrics = (alarm: Alarm): MetricId[] =>
  (alarm.metric?.queries ?? []).flatMap(({ namespace, metricName, dimensions }) =>
    namespace === null || metricName === null ? [] : [{ namespace, metricName, dimensions }],
  );

function neighbours(anchor: MetricId, index: MetricIndex): MetricId[] {
  if (anchor.dimensions.length === 0) {
    const bare = (metric: MetricId): boolean =>
      metric.namespace === anchor.namespace && metric.dimensions.length === 0;
    return index.find(bare, anchor.namespace, SCAN_LIMIT);
  }
  const related = (metric: MetricId): boolean =>
    metric.dimensions.length > 0 &&
    (isSubset(metric.dimensions, anchor.dimensions) ||
      isSubset(anchor.dimensions, metric.dimensions));
  const metrics = anchor.dimensions.flatMap(({ value }) => index.find(related, value, SCAN_LIMIT));
  return metrics;
}

const isSubset = (some: readonly Dimension[], all: readonly Dimension[]): boolean =>
  some.every(({ name, value }) => all.some((one) => one.name === name && one.value === value));

/** The same dimensions first, then those that say more, then those that say less; strangers' namespaces later. */
function distanceOf(anchor: MetricId, metric: MetricId): number {
  const more = metric.dimensions.length - anchor.dimensions.length;
  const shape = more === 0 ? 0 : more > 0 ? 1 + more : 20 - more;
  return shape * 2 + (metric.namespace === anchor.namespace ? 0 : 1);
}

const LATENCY = /latency|duration|response_?time|time$|delay|lag$/i;
const AGE = /^(approximate)?age|ageof|iteratorage|maximum/i;
const LEVEL =
  /utili[sz]ation|percent|average|connections$|capacity|free|available|healthyhost|size$|depth|visible$|credit|rate$|concurrent/i;
const COUNT =
  /count|errors?$|faults?$|error|[45]xx|throttle|invocations|requests?$|bytes|failure|failed|sent|received|deleted|success|rejected|events|login|created|packets|ops$|operations|calls?$/i;

/** What reads this metric as people look at it. */
export function fittingStat({ metricName }: MetricId): string {
  if (LATENCY.test(metricName)) return /p\d\d$/i.test(metricName) ? 'Maximum' : 'Average';
  if (AGE.test(metricName)) return 'Maximum';
  if (LEVEL.test(metricName)) return 'Average';
  return COUNT.test(metricName) ? 'Sum' : 'Average';
}
