import { assertNever } from '../assert-never';
import type { TimelineEntry } from '../incidents/incident';
import type { AlarmKind, AlarmState } from './alarm';

/** One item of CloudWatch's alarm history, read at the edge. Times ms UTC. */
export interface AlarmHistoryItem {
  alarmName: string;
  kind: AlarmKind;
  at: number;
  type: 'state' | 'configuration' | 'action';
  summary: string;
  /** State changes only; `from` is null when CloudWatch did not say. */
  from: AlarmState | null;
  to: AlarmState | null;
  reason: string;
  reasonData: string | null;
}

const STATE_TEXT: Record<AlarmState, string> = {
  OK: 'OK',
  ALARM: 'ALARM',
  INSUFFICIENT_DATA: 'insufficient data',
};

/** As the timeline tells it. Ids are stable, so the same item never shows twice. */
export function toTimelineEntry(item: AlarmHistoryItem): TimelineEntry {
  const id = `history|${item.type}|${item.at}|${item.to ?? item.summary}`;
  const base = { id, at: item.at, by: null, source: 'history' } as const;
  switch (item.type) {
    case 'state':
      return { ...base, kind: 'transition', text: stateText(item), state: item.to };
    case 'configuration':
      return { ...base, kind: 'configuration', text: item.summary, state: null };
    case 'action':
      return { ...base, kind: 'action', text: shortArns(item.summary), state: null };
    default:
      return assertNever(item.type);
  }
}

/** `arn:aws:sns:us-east-1:111122223333:alerts` reads as `alerts (sns)`: what and where, without the rest. */
function shortArns(text: string): string {
  return text.replace(
    /\barn:[\w-]*:([a-z0-9-]+):[a-z0-9-]*:\d*:([^\s"',]+)/g,
    (_arn, service: string, resource: string) =>
      `${resource.split(/[:/]/).at(-1) ?? resource} (${service})`,
  );
}

function stateText(item: AlarmHistoryItem): string {
  const from = item.from === null ? '' : `${STATE_TEXT[item.from]} → `;
  const to = item.to === null ? 'unknown' : STATE_TEXT[item.to];
  return item.reason === '' ? `${from}${to}` : `${from}${to}: ${item.reason}`;
}

/**
 * The times in ALARM within a window, from state changes in any order. What the state was before the
 * first change comes from its `from`; without any change `stateNow` held all along.
 */
export function alarmBands(
  changes: { at: number; from: AlarmState | null; to: AlarmState }[],
  stateNow: AlarmState,
  startMs: number,
  endMs: number,
): { from: number; to: number }[] {
  const sorted = changes.filter(({ at }) => at <= endMs).sort((a, b) => a.at - b.at);
  const bands: { from: number; to: number }[] = [];
  const [first] = sorted;
  let openedAt = (first === undefined ? stateNow : first.from) === 'ALARM' ? startMs : null;
  for (const { at, to } of sorted) {
    if (to === 'ALARM') {
      openedAt ??= at;
    } else if (openedAt !== null) {
      bands.push({ from: openedAt, to: at });
      openedAt = null;
    }
  }
  if (openedAt !== null) bands.push({ from: openedAt, to: endMs });
  return bands
    .filter((band) => band.to > startMs)
    .map((band) => ({ from: Math.max(band.from, startMs), to: band.to }));
}
