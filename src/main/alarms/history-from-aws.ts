import type {
  AlarmHistoryItem as AwsHistoryItem,
  DescribeAlarmHistoryOutput,
} from '@aws-sdk/client-cloudwatch';
import { z } from 'zod';
import type { AlarmHistoryItem } from '../../shared/alarms/history';
import { listOf, stateOf, timeOf } from './from-aws';

/** HistoryData of a StateUpdate; what else it holds is not needed. */
const stateSchema = z.object({
  stateValue: z.string().optional().catch(undefined),
  stateReason: z.string().optional().catch(undefined),
  stateReasonData: z.unknown().optional(),
});
const historyDataSchema = z.object({
  oldState: stateSchema.optional().catch(undefined),
  newState: stateSchema.optional().catch(undefined),
});

/** CloudWatch's history as domain items, in the answer's order. Items without name or time are dropped. */
export function historyFromAws(answer: DescribeAlarmHistoryOutput): AlarmHistoryItem[] {
  return listOf(answer.AlarmHistoryItems).flatMap((item) => historyItem(item) ?? []);
}

function historyItem(item: AwsHistoryItem): AlarmHistoryItem | null {
  const at = timeOf(item.Timestamp);
  if (at === null || typeof item.AlarmName !== 'string' || item.AlarmName === '') return null;
  const base = {
    alarmName: item.AlarmName,
    kind: item.AlarmType === 'CompositeAlarm' ? ('composite' as const) : ('metric' as const),
    at,
    summary: item.HistorySummary ?? '',
    from: null,
    to: null,
    reason: '',
    reasonData: null,
  };
  if (item.HistoryItemType === 'StateUpdate') return stateItem(base, item.HistoryData);
  return { ...base, type: item.HistoryItemType === 'Action' ? 'action' : 'configuration' };
}

function stateItem(
  base: Omit<AlarmHistoryItem, 'type'>,
  historyData: string | undefined,
): AlarmHistoryItem {
  const data = historyDataSchema.safeParse(jsonOrNull(historyData ?? ''));
  const fromSummary = /from (OK|ALARM|INSUFFICIENT_DATA) to (OK|ALARM|INSUFFICIENT_DATA)/.exec(
    base.summary,
  );
  const newState = data.success ? data.data.newState : undefined;
  const oldState = data.success ? data.data.oldState : undefined;
  const reasonData = newState?.stateReasonData;
  return {
    ...base,
    type: 'state',
    from: stateOf(oldState?.stateValue) ?? stateOf(fromSummary?.[1]),
    to: stateOf(newState?.stateValue) ?? stateOf(fromSummary?.[2]),
    reason: newState?.stateReason ?? '',
    reasonData:
      reasonData === undefined || reasonData === null
        ? null
        : typeof reasonData === 'string'
          ? reasonData
          : JSON.stringify(reasonData),
  };
}

/** Parsed JSON, or null for what is not JSON (HistoryData may be cut off at its size limit). */
export function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
