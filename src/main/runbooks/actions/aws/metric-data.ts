/** Puts one value of a metric of one's own. */
import type { ActionOf } from '../../../../shared/runbooks/step-kinds';
import { unitFilter } from '../../../metrics/aws-query';
import { numberIn } from '../../action-values';
import type { ChangeHandler } from '../../step-seams';
import { jsonOutput } from '../local/output';
import { refusedValue } from './common';

type Action = ActionOf<'metric-data'>;

const LIMIT_MS = 60_000;
const MOST_DIMENSIONS = 30;

export const metricData: ChangeHandler<'metric-data'> = {
  kind: 'metric-data',
  mode: 'changes',
  timeoutMs: LIMIT_MS,
  resource: ({ namespace, metric }) => `${namespace} ${metric}`,
  async effect(action) {
    const { value } = checked(action);
    return `puts ${value}${action.unit === undefined ? '' : ` ${action.unit}`} at the time it runs`;
  },
  async run(action, { signal, clock }, changes) {
    const { value, unit } = checked(action);
    const { namespace, metric, dimensions = {} } = action;
    const at = new Date(clock.now());
    await changes.putMetricData(
      {
        Namespace: namespace,
        MetricData: [
          {
            MetricName: metric,
            Value: value,
            Timestamp: at,
            Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
            ...unit,
          },
        ],
      },
      signal,
    );
    return jsonOutput({ namespace, metric, value, at: at.toISOString() });
  },
};

function checked({ namespace, value, unit, dimensions = {} }: Action) {
  if (/^AWS\//i.test(namespace)) {
    throw refusedValue('namespace: those that begin with AWS/ are AWS’s own.');
  }
  if (Object.keys(dimensions).length > MOST_DIMENSIONS) {
    throw refusedValue(`dimensions: ${MOST_DIMENSIONS} at most.`);
  }
  const known = unitFilter(unit ?? null);
  if (unit !== undefined && known.Unit === undefined) {
    throw refusedValue(`unit: CloudWatch knows no ${unit}.`);
  }
  return { value: numberIn(value, 'value'), unit: known };
}
