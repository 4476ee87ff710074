import type { InboxItem } from '../../../shared/incidents/incident';
import type { Severity } from '../../../shared/severity/severity';

/** One thing to tell: by a popup of its own, in a group popup, or only in the inbox. */
export interface Telling {
  delivery: Exclude<InboxItem['delivery'], 'failed'>;
  /** Why not by a popup of its own. */
  note: string | null;
  transitionIds: string[];
  incidentIds: string[];
  /** The alarm a click opens; null for a group, which opens the inbox. */
  alarmKey: string | null;
  severity: Severity;
  title: string;
  body: string;
  /** Acknowledge and Snooze make sense. */
  actionable: boolean;
  /** 1 for the first telling, more for repeats. */
  count: number;
}

/** What is to be told now, and when to look again for what had to wait. */
export interface TellPlan {
  tellings: Telling[];
  /** Transitions that wait until the burst window has room. */
  held: string[];
  /** Those of them that are critical: their sound does not wait. */
  heldCritical: string[];
  retryAt: number | null;
}

/** At most this many popups in a window; the last of them is kept for what is critical. */
export const BURST_POPUPS = 5;
export const BURST_WINDOW_MS = 20_000;
/** At most this many popups for one alarm in this time, if it fires more often than that. */
export const FLAP_POPUPS = 3;
export const FLAP_WINDOW_MS = 10 * 60_000;

/** Popups that may be shown now for what is (or is not) critical, and when the next one may be if none. */
export function burstBudget(
  popupTimes: number[],
  now: number,
  critical: boolean,
): { left: number; freeAt: number | null } {
  const limit = critical ? BURST_POPUPS : BURST_POPUPS - 1;
  // Times in the future (a clock set back) must not hold anything up.
  const recent = popupTimes.filter((at) => at > now - BURST_WINDOW_MS && at <= now);
  const left = Math.max(0, limit - recent.length);
  return {
    left,
    freeAt: left > 0 ? null : Math.min(...recent.slice(-limit)) + BURST_WINDOW_MS,
  };
}
