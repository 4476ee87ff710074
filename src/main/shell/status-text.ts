/** What title, tray and badge say about the state of things, in one place so that they agree. */
import type { Severity } from '../../shared/severity/severity';

export interface ShellStatus {
  /** Alarms in ALARM. */
  firing: number;
  /** Of those, the ones nobody has acknowledged or snoozed. */
  unacknowledged: number;
  /** The worst severity among the firing ones. */
  worst: Severity | null;
  /** Since when no full poll has succeeded (ms), when that is longer than it may be; else null. */
  blindSince: number | null;
}

export const QUIET: ShellStatus = { firing: 0, unacknowledged: 0, worst: null, blindSince: null };

const timeOfDay = (ms: number): string =>
  new Date(ms).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });

/** One sentence without the product's name, as the tray's tooltip shows it. */
export function statusSentence(status: ShellStatus): string {
  const parts: string[] = [];
  if (status.blindSince !== null) parts.push(`blind since ${timeOfDay(status.blindSince)}`);
  if (status.firing > 0) {
    const worst = status.worst === null ? '' : `, worst ${status.worst}`;
    parts.push(`${status.firing} firing, ${status.unacknowledged} unacknowledged${worst}`);
  }
  // Stale data is never shown as OK.
  if (parts.length === 0) parts.push('all quiet');
  return parts.join(' · ');
}

/** The count comes first: task bars cut titles at the end. */
export function windowTitle(status: ShellStatus): string {
  const count = status.unacknowledged > 0 ? `(${status.unacknowledged}) ` : '';
  const detail = statusSentence(status);
  return detail === 'all quiet' ? `${count}Nightdesk` : `${count}Nightdesk · ${detail}`;
}

export type TrayMark = 'quiet' | 'blind' | Severity;

/** Blind outranks every severity: what one cannot see may be worse than what one saw last. */
export function trayMark(status: ShellStatus): TrayMark {
  if (status.blindSince !== null) return 'blind';
  if (status.firing === 0) return 'quiet';
  return status.worst ?? 'warning';
}
