/** The latest value of a metric, asked at most every 30 s. */
import type { ActionOf } from '../../../../shared/runbooks/step-kinds';
import { assertNever } from '../../../../shared/assert-never';
import { numberIn } from '../../action-values';
import type { StepContext, StepPlace } from '../../step-seams';
import { jsonOutput } from './output';
import type { WaitParts } from './wait-alarm';
import type { Look } from './wait-for';

type Wanted = NonNullable<ActionOf<'wait-for'>['metric']>;

const ASK_MS = 30_000;
const PERIOD_S = 60;
/** An older value says nothing about now. */
const BACK_MS = 15 * 60_000;

export function metricLook(
  { apiOf }: WaitParts,
  { connectionId, region }: StepPlace,
  wanted: Wanted,
  { clock, signal }: StepContext,
): () => Promise<Look> {
  const { metric, operator, statistic = 'Average' } = wanted;
  const limit = numberIn(wanted.value, 'metric.value');
  return async () => {
    const now = clock.now();
    const answer = await apiOf(connectionId, region).getMetricData(
      {
        StartTime: new Date(now - BACK_MS),
        EndTime: new Date(now),
        ScanBy: 'TimestampDescending',
        MetricDataQueries: [
          {
            Id: 'm1',
            ReturnData: true,
            MetricStat: {
              Metric: {
                Namespace: wanted.namespace,
                MetricName: metric,
                Dimensions: Object.entries(wanted.dimensions ?? {}).map(([Name, Value]) => ({
                  Name,
                  Value,
                })),
              },
              Period: PERIOD_S,
              Stat: statistic,
            },
          },
        ],
      },
      signal,
    );
    const found = answer.MetricDataResults?.[0];
    const [value] = found?.Values ?? [];
    const [at] = found?.Timestamps ?? [];
    const aim = `waiting for ${operator} ${limit}`;
    if (value === undefined || at === undefined) {
      const words = `${metric} has no value in the last 15 min, ${aim}`;
      return { words, met: null, againMs: ASK_MS };
    }
    const met = holds(value, operator, limit);
    const when = `${at.toISOString().slice(11, 16)} UTC`;
    const words = `${metric} was ${value} at ${when}${met ? '' : `, ${aim}`}`;
    const output = { metric, statistic, value, at: at.toISOString() };
    return { words, met: met ? jsonOutput(output) : null, againMs: ASK_MS };
  };
}

function holds(value: number, operator: Wanted['operator'], limit: number): boolean {
  switch (operator) {
    case '<':
      return value < limit;
    case '<=':
      return value <= limit;
    case '>':
      return value > limit;
    case '>=':
      return value >= limit;
    default:
      return assertNever(operator);
  }
}
