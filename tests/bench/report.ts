import { appendFileSync } from 'node:fs';

export interface Figure {
  /** Promise and what is measured, e.g. `F1 cold start ÷ bare window`. */
  name: string;
  value: number;
  /** Kept when the value is at most this. */
  goal: number;
  unit: 'x' | 'ms' | 'MB' | '%' | 'calls' | 'trips';
  /** What the value was made of, for whoever doubts it. */
  detail: string;
}

export const quick = process.env['NIGHTDESK_BENCH_QUICK'] === '1';
/** Interleaved runs; PROMISES asks for at least ten. */
export const runs = quick ? 3 : 10;

/** Hands a figure to `npm run bench`, which prints it. */
export function report(figure: Figure): void {
  const file = process.env['NIGHTDESK_BENCH'];
  if (file) appendFileSync(file, `${JSON.stringify(figure)}\n`);
  else console.log(figure);
}

export function median(values: number[]): number {
  return quantile(values, 0.5);
}

/** @throws when there are no values: a figure must not come from nothing. */
export function quantile(values: number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const value = sorted[Math.min(sorted.length - 1, Math.ceil(q * sorted.length) - 1)];
  if (value === undefined) throw new Error('no values');
  return value;
}

export const round = (value: number, digits = 2): number => Number(value.toFixed(digits));
