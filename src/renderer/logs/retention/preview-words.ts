/** Sentences about changes of retention, before and after. Pure. */
import type { RetentionChange } from '../../../shared/logs/retention';
import { bytesText, countText } from '../insights/query-words';
import { daysText } from './audit-rows';
import type { ChangePlan, PlannedChange } from './changes';
import { changeKey } from './change-key';
import type { Applying } from './use-apply';

const groupsText = (count: number): string =>
  `${countText(count)} ${count === 1 ? 'group' : 'groups'}`;

export const confirmText = (count: number): string =>
  count === 0 ? 'Nothing to set' : `Set ${groupsText(count)}`;

/** `90 days → 30 days`. */
export const fromToText = ({ fromDays, toDays }: RetentionChange): string =>
  `${daysText(fromDays)} → ${daysText(toDays)}`;

/** What is deleted; null where nothing is. */
export function lossText(planned: readonly PlannedChange[]): string | null {
  const shorter = planned.filter(({ shortens }) => shortens);
  if (shorter.length === 0) return null;
  const bytes = shorter.reduce((sum, { storedBytes }) => sum + (storedBytes ?? 0), 0);
  const who =
    shorter.length === planned.length
      ? groupsText(shorter.length)
      : `${countText(shorter.length)} of them`;
  return `${who} will be kept shorter than now. CloudWatch deletes their events that are older, for good; they hold ${bytesText(bytes)} in all. Nothing brings deleted events back.`;
}

/** Marked groups that are not set, and why. */
export function leftOutText(
  { alike, unruled, readOnly }: ChangePlan,
  labelOf: (connectionId: string) => string,
): string[] {
  const labels = [...new Set(readOnly.map(({ connectionId }) => labelOf(connectionId)))];
  return [
    ...(readOnly.length > 0
      ? [
          `${groupsText(readOnly.length)} of ${labels.join(', ')} cannot be set: ${labels.length === 1 ? 'the connection is' : 'the connections are'} read-only.`,
        ]
      : []),
    ...(unruled > 0
      ? [`No rule says how long ${groupsText(unruled)} should be kept: left as they are.`]
      : []),
    ...(alike > 0 ? [`${groupsText(alike)} already kept so: nothing to set.`] : []),
  ];
}

/** How far it is, and at the end what became of it. */
export function outcomeText({ phase, changes, outcomes, stopped }: Applying): string {
  const told = changes.flatMap((change) => outcomes.get(changeKey(change)) ?? []);
  const failed = told.filter(({ failure }) => failure !== null).length;
  const made = told.length - failed;
  const parts = [
    `${countText(made)} of ${groupsText(changes.length)} set`,
    ...(failed > 0 ? [`${countText(failed)} not`] : []),
  ];
  const left = changes.length - told.length;
  if (phase === 'running') return `${parts.join(', ')}, ${countText(left)} to go…`;
  if (left > 0 && stopped) parts.push(`${countText(left)} left as they were`);
  return `${parts.join(', ')}.`;
}
