import type { MetricDataQuery } from '@aws-sdk/client-cloudwatch';
import type { MetricQuery } from '../../shared/metrics/query';
import { labelSent } from './question';

/** A query as GetMetricData takes it, under the id it has in this call. */
export function toAwsQuery(
  query: MetricQuery,
  id: string,
  expression: string | null,
): MetricDataQuery {
  const label = labelSent(query);
  const common = {
    Id: id,
    ReturnData: query.returnData,
    ...(label === null ? {} : { Label: label }),
    ...(query.accountId === null ? {} : { AccountId: query.accountId }),
  };
  if (query.metric === null) {
    return {
      ...common,
      Expression: expression ?? '',
      ...(query.periodSeconds === null ? {} : { Period: query.periodSeconds }),
    };
  }
  const { namespace, metricName, dimensions } = query.metric;
  return {
    ...common,
    MetricStat: {
      Metric: {
        Namespace: namespace,
        MetricName: metricName,
        Dimensions: dimensions.map(({ name, value }) => ({ Name: name, Value: value })),
      },
      Period: query.periodSeconds ?? 60,
      Stat: query.stat ?? 'Average',
      ...unitFilter(query.unit),
    },
  };
}

/** The unit filters datapoints; one this SDK does not know is left to the service to judge. */
export function unitFilter(
  unit: string | null,
): Pick<NonNullable<MetricDataQuery['MetricStat']>, 'Unit'> {
  return isUnit(unit) ? { Unit: unit } : {};
}

const UNITS = [
  'Seconds',
  'Microseconds',
  'Milliseconds',
  'Bytes',
  'Kilobytes',
  'Megabytes',
  'Gigabytes',
  'Terabytes',
  'Bits',
  'Kilobits',
  'Megabits',
  'Gigabits',
  'Terabits',
  'Percent',
  'Count',
  'Bytes/Second',
  'Kilobytes/Second',
  'Megabytes/Second',
  'Gigabytes/Second',
  'Terabytes/Second',
  'Bits/Second',
  'Kilobits/Second',
  'Megabits/Second',
  'Gigabits/Second',
  'Terabits/Second',
  'Count/Second',
  'None',
] as const;
const isUnit = (unit: string | null): unit is (typeof UNITS)[number] =>
  UNITS.some((known) => known === unit);
