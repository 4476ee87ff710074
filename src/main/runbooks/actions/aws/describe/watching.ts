/** Alarms and stacks as they are now. */
import type { StepOutput } from '../../../../../shared/runbooks/run';
import type { RunbookReads } from '../../../../aws/runbook-api';
import { jsonOutput } from '../../local/output';
import { findAlarms } from '../alarms';
import { isoTime, notFound, orMissing, shortName } from '../common';

type Look = (reads: RunbookReads, name: string, signal: AbortSignal) => Promise<StepOutput>;

export const lookAtAlarm: Look = async (reads, name, signal) => {
  const [found] = await findAlarms(reads, [name], signal);
  if (found === undefined) throw notFound(`alarm ${name}`, reads);
  const { alarm } = found;
  return jsonOutput({
    alarm: found.name,
    state: found.state,
    reason: alarm.StateReason ?? '',
    since: isoTime(alarm.StateUpdatedTimestamp),
    actionsEnabled: found.actionsEnabled,
    actions: alarm.AlarmActions ?? [],
    ...('MetricName' in alarm
      ? {
          namespace: alarm.Namespace ?? null,
          metric: alarm.MetricName ?? null,
          statistic: alarm.Statistic ?? alarm.ExtendedStatistic ?? null,
          comparison: alarm.ComparisonOperator ?? null,
          threshold: alarm.Threshold ?? null,
          periodSeconds: alarm.Period ?? null,
        }
      : {}),
    ...('AlarmRule' in alarm ? { rule: alarm.AlarmRule ?? null } : {}),
  });
};

export const lookAtStack: Look = async (reads, name, signal) => {
  const { Stacks = [] } = await orMissing(`stack ${shortName(name)}`, reads, () =>
    reads.describeStacks({ StackName: name }, signal),
  );
  const [found] = Stacks;
  if (found === undefined) throw notFound(`stack ${shortName(name)}`, reads);
  return jsonOutput({
    stack: found.StackName ?? name,
    status: found.StackStatus ?? null,
    reason: found.StackStatusReason ?? null,
    created: isoTime(found.CreationTime),
    updated: isoTime(found.LastUpdatedTime),
    drift: found.DriftInformation?.StackDriftStatus ?? null,
    outputs: Object.fromEntries(
      (found.Outputs ?? []).map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]),
    ),
  });
};
