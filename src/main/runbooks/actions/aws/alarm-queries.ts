/** What an alarm looks at, as queries for GetMetricData. */
import type { MetricAlarm, MetricDataQuery } from '@aws-sdk/client-cloudwatch';
import type { RunbookReads } from '../../../aws/runbook-api';
import { findAlarms } from './alarms';
import { notFound, refusedValue } from './common';

/** Rejects with FailureError for an alarm that is not there or has no metric of its own. */
export async function alarmQueries(
  reads: RunbookReads,
  name: string,
  signal: AbortSignal,
): Promise<MetricDataQuery[]> {
  const [found] = await findAlarms(reads, [name], signal);
  if (found === undefined) throw notFound(`alarm ${name}`, reads);
  const { alarm } = found;
  if ('AlarmRule' in alarm) {
    throw refusedValue(`${name} is a composite alarm: ask for the metrics of those it is made of.`);
  }
  const queries = queriesOf(alarm);
  if (queries.length === 0) throw refusedValue(`${name} looks at no metric.`);
  return queries;
}

function queriesOf(alarm: MetricAlarm): MetricDataQuery[] {
  const { Metrics = [], Namespace, MetricName, Dimensions = [], Period, Statistic, Unit } = alarm;
  if (Metrics.length > 0) return Metrics;
  if (MetricName === undefined) return [];
  const Stat = Statistic ?? alarm.ExtendedStatistic ?? 'Average';
  return [
    {
      Id: 'm1',
      Label: `${MetricName} ${Stat}`,
      MetricStat: {
        Metric: { Namespace, MetricName, Dimensions },
        Period,
        Stat,
        ...(Unit !== undefined && { Unit }),
      },
    },
  ];
}
