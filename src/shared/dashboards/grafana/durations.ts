/** Grafana's durations and times: `5m`, `now-6h`. https://grafana.com/docs/grafana/latest/dashboards/use-dashboards/ */
import type { DashboardRange } from '../dashboard';
import { text } from './fields';
import type { Fields } from './fields';

const SECONDS: Readonly<Record<string, number>> = {
  s: 1,
  m: 60,
  h: 3_600,
  d: 86_400,
  w: 604_800,
  M: 2_592_000,
  y: 31_536_000,
};

/** Seconds of `30s`, `5m`, `2h`, `1d` …; a bare number is seconds already. Null: not a duration. */
export function durationSeconds(written: string): number | null {
  const match = /^(\d+(?:\.\d+)?)(ms|[smhdwMy])?$/.exec(written.trim());
  if (!match) return null;
  const amount = Number(match[1]);
  if (match[2] === 'ms') return amount / 1000;
  return amount * (SECONDS[match[2] ?? 's'] ?? 1);
}

/** `-PT6H` of `now-6h`; null where the text is no relative time. */
export function relativeStart(written: string): string | null {
  const match = /^now-(\d+)([smhdwMy])(?:\/[smhdwMy])?$/.exec(written.trim());
  if (!match) return /^now\/[dwMy]$/.test(written.trim()) ? '-P1D' : null;
  const amount = Number(match[1]);
  const unit = match[2] ?? 'h';
  switch (unit) {
    case 's':
    case 'm':
    case 'h':
      return `-PT${amount}${unit.toUpperCase()}`;
    default:
      return `-P${Math.round((amount * (SECONDS[unit] ?? 0)) / 86_400)}D`;
  }
}

/** The dashboard's default range; null where it names none that can be read. */
export function readRange(time: Fields): DashboardRange | null {
  const from = text(time, 'from');
  const to = text(time, 'to');
  const relative = relativeStart(from);
  if (relative !== null) return { start: relative, end: null };
  const start = Date.parse(from);
  if (Number.isNaN(start)) return null;
  const end = Date.parse(to);
  return {
    start: new Date(start).toISOString(),
    end: Number.isNaN(end) ? null : new Date(end).toISOString(),
  };
}

/** How long the default range is (s); six hours, Grafana's own default, where it says nothing. */
export function rangeSeconds(time: Fields): number {
  const relative = /^now-(\d+[smhdwMy])/.exec(text(time, 'from'));
  const seconds = relative?.[1] ? durationSeconds(relative[1]) : null;
  if (seconds !== null) return seconds;
  const span = (Date.parse(text(time, 'to')) - Date.parse(text(time, 'from'))) / 1000;
  return Number.isFinite(span) && span > 0 ? span : 6 * 3_600;
}

/** The period (s) Grafana picks by itself for a range: the shortest that gives at most 2,000 points. */
export function autoPeriod(rangeInSeconds: number): number {
  return (
    [60, 300, 900, 3_600, 21_600, 86_400].find((period) => rangeInSeconds / period <= 2_000) ??
    86_400
  );
}
