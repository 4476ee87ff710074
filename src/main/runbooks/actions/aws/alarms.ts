/** Alarms by their names, of both kinds. */
import type { CompositeAlarm, MetricAlarm } from '@aws-sdk/client-cloudwatch';
import type { RunbookReads } from '../../../aws/runbook-api';
import { notFound } from './common';

export interface FoundAlarm {
  name: string;
  state: string;
  actionsEnabled: boolean;
  alarm: MetricAlarm | CompositeAlarm;
}

/** DescribeAlarms takes so many names. */
const PAGE = 100;

/** Those that are there, in the order they are named. @throws FailureError */
export async function findAlarms(
  reads: RunbookReads,
  names: readonly string[],
  signal: AbortSignal,
): Promise<FoundAlarm[]> {
  const found = new Map<string, FoundAlarm>();
  for (let from = 0; from < names.length; from += PAGE) {
    const { MetricAlarms = [], CompositeAlarms = [] } = await reads.alarms(
      names.slice(from, from + PAGE),
      signal,
    );
    for (const alarm of [...MetricAlarms, ...CompositeAlarms]) {
      const { AlarmName: name = '', StateValue = 'INSUFFICIENT_DATA', ActionsEnabled } = alarm;
      found.set(name, { name, state: StateValue, actionsEnabled: ActionsEnabled !== false, alarm });
    }
  }
  return names.flatMap((name) => found.get(name) ?? []);
}

/** All of them. @throws FailureError `not-found` naming those that are missing */
export async function everyAlarm(
  reads: RunbookReads,
  names: readonly string[],
  signal: AbortSignal,
): Promise<FoundAlarm[]> {
  const found = await findAlarms(reads, names, signal);
  const missing = names.filter((name) => !found.some((one) => one.name === name));
  if (missing.length > 0) throw notFound(`alarm ${missing.join(', ')}`, reads);
  return found;
}
