import type { Incident } from '../../../shared/incidents/incident';
import type { IncidentBook } from '../../../shared/incidents/incident-book';
import { activeMute } from '../../../shared/notify/mutes';
import { inQuietHours } from '../../../shared/notify/quiet-hours';
import type { Settings } from '../../../shared/settings/settings';
import { FLAP_POPUPS, FLAP_WINDOW_MS } from './telling';

export type Verdict =
  | { kind: 'popup' }
  /** Found in the history after it was over: told, but all such ones together. */
  | { kind: 'late' }
  | { kind: 'in-app'; note: string };

/** How an incident's news may reach the engineer at `now`. */
export function judge(
  incident: Incident,
  book: IncidentBook,
  settings: Settings,
  now: number,
): Verdict {
  const silence = silenceNote(incident, settings, now);
  if (silence !== null) return { kind: 'in-app', note: silence };
  if (isDamped(incident, book, now)) return { kind: 'in-app', note: 'flapping' };
  const facts = book.facts.get(incident.id);
  return facts !== undefined && facts.lastState === 'OK' ? { kind: 'late' } : { kind: 'popup' };
}

/** Why no popup is wanted for this incident now, or null. Critical pierces quiet hours, not mutes. */
export function silenceNote(incident: Incident, settings: Settings, now: number): string | null {
  const mute = activeMute(settings.mutes, incident, now);
  if (mute !== null) {
    return mute.reason === '' ? `muted by "${mute.pattern}"` : `muted: ${mute.reason}`;
  }
  const { acknowledgement, snooze } = incident;
  if (snooze !== null && snooze.until > now) return `snoozed by ${snooze.by}`;
  if (acknowledgement !== null && (acknowledgement.expiresAt ?? Infinity) > now) {
    return `acknowledged by ${acknowledgement.by}`;
  }
  if (!settings.notify[incident.severity].popup) return 'no popup for this severity';
  if (incident.severity !== 'critical' && inQuietHours(settings.quietHours, now)) {
    return `quiet hours until ${settings.quietHours.to}`;
  }
  return null;
}

/** Whether an alarm that keeps firing has had its popups for now. */
export function isDamped(incident: Incident, book: IncidentBook, now: number): boolean {
  return recentAlarms(incident, book, now) >= FLAP_POPUPS && popupsLeft(incident, book, now) === 0;
}

/** Popups an alarm may still have within the flap window, over all its incidents. */
export function popupsLeft(incident: Incident, book: IncidentBook, now: number): number {
  const times = book.facts.get(incident.id)?.popupTimes ?? [];
  const recent = times.filter((at) => at > now - FLAP_WINDOW_MS && at <= now);
  return Math.max(0, FLAP_POPUPS - recent.length);
}

/** Transitions into ALARM within the flap window. */
export function recentAlarms(incident: Incident, book: IncidentBook, now: number): number {
  const times = book.facts.get(incident.id)?.alarmTimes ?? [];
  return times.filter((at) => at > now - FLAP_WINDOW_MS).length;
}
