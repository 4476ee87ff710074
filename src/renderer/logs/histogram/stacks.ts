/** The engine's counts as stacked bars: which series, in which order and tone, and what a bar says. */
import type { Histogram } from '../../../shared/logs/engine-protocol';
import { levelOf, logLevels } from '../../../shared/logs/log-event';
import type { LogLevel } from '../../../shared/logs/log-event';
import { safeText } from '../../ui/safe-text';

/** `critical` and `warning` mean severity; greys are told apart by their place in the stack and by words. */
export type Tone = 'critical' | 'warning' | { grey: number };

export interface StackSeries {
  /** The field's value; null: all others, or lines without the field. */
  value: string | null;
  label: string;
  tone: Tone;
  total: number;
  /** Row of `Histogram.counts`. */
  row: number;
}

export interface Stacks {
  buckets: number;
  /** Bottom first: the most severe, then the most frequent. */
  series: StackSeries[];
  /** Events of each bar. */
  totals: number[];
  /** Of the highest bar. */
  most: number;
  all: number;
  counts: Uint32Array;
}

const severity = (value: string | null): number => {
  const level = value === null ? null : levelOf(value);
  return level === null ? -1 : logLevels.indexOf(level);
};

export function stacksOf(histogram: Histogram, by: string | null): Stacks {
  const { series, counts, buckets } = histogram;
  const sums = series.map((_, row) => {
    let sum = 0;
    for (let at = row * buckets; at < (row + 1) * buckets; at += 1) sum += counts[at] ?? 0;
    return sum;
  });
  const asLevels = by === '@level';
  const ordered = series
    .map((value, row) => ({ value, row, total: sums[row] ?? 0 }))
    .filter(({ total, value }) => total > 0 || (value !== null && series.length === 1))
    .toSorted((a, b) => rankOf(b, asLevels) - rankOf(a, asLevels));
  const named = ordered.map((one, place): StackSeries => ({
    ...one,
    label: labelOf(one.value, by),
    tone: toneOf(one.value, asLevels, place),
  }));
  const totals = Array.from({ length: buckets }, (_, bar) =>
    named.reduce((sum, { row }) => sum + (counts[row * buckets + bar] ?? 0), 0),
  );
  const most = totals.reduce((high, total) => Math.max(high, total), 0);
  return { buckets, series: named, totals, most, all: sums.reduce((a, b) => a + b, 0), counts };
}

/** Levels by severity; else the frequent first; the rest last. */
function rankOf(one: { value: string | null; total: number }, asLevels: boolean): number {
  if (one.value === null) return -1;
  return asLevels ? severity(one.value) + 1 : one.total;
}

function labelOf(value: string | null, by: string | null): string {
  if (by === null) return 'events';
  if (value !== null) return safeText(value) || '(empty)';
  return by === '@level' ? 'no level' : 'others';
}

const levelTones: Record<LogLevel, Tone> = {
  fatal: 'critical',
  error: 'critical',
  warn: 'warning',
  info: { grey: 0.45 },
  debug: { grey: 0.3 },
  trace: { grey: 0.2 },
};
const OTHERS: Tone = { grey: 0.12 };

function toneOf(value: string | null, asLevels: boolean, place: number): Tone {
  if (value === null) return OTHERS;
  const level = asLevels ? levelOf(value) : null;
  if (level !== null) return levelTones[level];
  return { grey: Math.max(0.2, 0.75 - place * 0.13) };
}

export interface BarLine {
  label: string;
  count: number;
  tone: Tone;
}

/** What one bar holds, bottom first. */
export function barLines({ series, counts, buckets }: Stacks, bar: number): BarLine[] {
  return series
    .map(({ label, tone, row }) => ({ label, tone, count: counts[row * buckets + bar] ?? 0 }))
    .filter(({ count }) => count > 0);
}
