import type { AlarmTransition } from '../../shared/alarms/alarm';

const pad = (text: string, width: number): string => text.padEnd(width);

/** Terminals obey control characters, and an alarm's name is whatever somebody typed. */
const printable = (text: string): string => text.replace(/[\p{Cc}\p{Cf}]/gu, '\uFFFD');

/** One line per transition: time (UTC), alarm, severity, from → to, and how long until it was told. */
export function transitionLine(transition: AlarmTransition, told: string): string {
  const time = new Date(transition.at).toISOString().slice(11, 19);
  const change = `${transition.from ?? '?'} → ${transition.to}`;
  return `${time}Z  ${pad(printable(transition.alarmName), 44)}  ${pad(transition.severity, 8)}  ${pad(change, 26)}  ${told}`;
}
