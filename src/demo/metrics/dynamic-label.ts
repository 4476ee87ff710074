import { startOf } from './grid';
import type { Series } from './series';

export interface LabelContext {
  region: string;
  accountId: string;
  /** `+0130`: the zone times are written in. */
  timezone: string;
  /** ms. */
  now: number;
}

const PART = /\$\{(?:([A-Z_]+)|PROP\(\s*'([^']*)'\s*\))\}/g;

export const isDynamic = (label: string): boolean => label.includes('${');

/** Fills a label's `${…}` in; a part CloudWatch does not know stays as it is written. */
export function fillLabel(
  label: string,
  series: Series,
  ownLabel: string,
  context: LabelContext,
): string {
  let figures: Figures | null = null;
  return label.replace(PART, (written, live: string | undefined, property: string | undefined) => {
    if (property !== undefined) return propertyOf(property, series, context) ?? written;
    if (live === undefined) return written;
    if (live === 'LABEL') return ownLabel;
    figures ??= figuresOf(series);
    return liveValue(live, figures, context) ?? written;
  });
}

function propertyOf(name: string, { metric, on }: Series, context: LabelContext): string | null {
  switch (name) {
    case 'AccountId':
    case 'AccountLabel':
      return context.accountId;
    case 'Region':
      return context.region;
    case 'Period':
      return String((metric?.period ?? on.periodMs / 1000) | 0);
    case 'MetricName':
      return metric?.metricName ?? '';
    case 'Namespace':
      return metric?.namespace ?? '';
    case 'Stat':
      return metric?.stat ?? '';
    default: {
      if (!name.startsWith('Dim.')) return null;
      const wanted = name.slice('Dim.'.length);
      return metric?.dimensions.find((dimension) => dimension.Name === wanted)?.Value ?? '';
    }
  }
}

interface Point {
  at: number;
  value: number;
}
interface Figures {
  count: number;
  sum: number;
  first: Point | null;
  last: Point | null;
  min: Point | null;
  max: Point | null;
}

function figuresOf({ on, values }: Series): Figures {
  const figures: Figures = { count: 0, sum: 0, first: null, last: null, min: null, max: null };
  values.forEach((value, index) => {
    if (Number.isNaN(value)) return;
    const point = { at: startOf(on, index), value };
    figures.count += 1;
    figures.sum += value;
    figures.first ??= point;
    figures.last = point;
    if (figures.min === null || value < figures.min.value) figures.min = point;
    if (figures.max === null || value > figures.max.value) figures.max = point;
  });
  return figures;
}

const NOTHING = '-';

/** Null for a name that is no live value. */
function liveValue(name: string, figures: Figures, context: LabelContext): string | null {
  switch (name) {
    case 'DATAPOINT_COUNT':
      return String(figures.count);
    case 'SUM':
      return figures.count === 0 ? NOTHING : formatNumber(figures.sum);
    case 'AVG':
      return figures.count === 0 ? NOTHING : formatNumber(figures.sum / figures.count);
    case 'MIN_MAX_RANGE':
      return difference(figures.min, figures.max, 'value');
    case 'MIN_MAX_TIME_RANGE':
      return difference(figures.min, figures.max, 'at');
    case 'FIRST_LAST_RANGE':
      return difference(figures.first, figures.last, 'value');
    case 'FIRST_LAST_TIME_RANGE':
      return difference(figures.first, figures.last, 'at');
    default:
      return pointValue(name, figures, context);
  }
}

function pointValue(name: string, figures: Figures, context: LabelContext): string | null {
  const match = /^(FIRST|LAST|MIN|MAX)(_TIME|_TIME_RELATIVE)?$/.exec(name);
  if (match === null) return null;
  const [, which, aspect] = match;
  const { first, last, min, max } = figures;
  const point = which === 'FIRST' ? first : which === 'LAST' ? last : which === 'MIN' ? min : max;
  if (point === null) return NOTHING;
  if (aspect === '_TIME') return formatTime(point.at, context.timezone);
  if (aspect === '_TIME_RELATIVE') return formatSpan(context.now - point.at);
  return formatNumber(point.value);
}

function difference(a: Point | null, b: Point | null, of: keyof Point): string {
  if (a === null || b === null) return NOTHING;
  const distance = Math.abs(b[of] - a[of]);
  return of === 'at' ? formatSpan(distance) : formatNumber(distance);
}

const SCALES: readonly [number, string][] = [
  [1e12, 'T'],
  [1e9, 'G'],
  [1e6, 'M'],
  [1e3, 'k'],
];

/** Three significant digits, large numbers with a letter: `0.842`, `12.3k`. */
export function formatNumber(value: number): string {
  const [scale, letter] = SCALES.find(([least]) => Math.abs(value) >= least * 0.9995) ?? [1, ''];
  const digits = Number((value / scale).toPrecision(3));
  return `${digits}${letter}`;
}

/** `2026-11-22 19:31:00 +0100`; UTC is written as such. */
function formatTime(at: number, timezone: string): string {
  const [, sign, hours, minutes] = /^([+-])(\d\d)(\d\d)$/.exec(timezone) ?? [];
  const shift = (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * (sign === '-' ? -1 : 1);
  const local = new Date(at + shift * 60_000).toISOString().slice(0, 19).replace('T', ' ');
  return `${local} ${shift === 0 ? 'UTC' : timezone}`;
}

/** The two largest parts: `2d 3h`, `5m 20s`. */
function formatSpan(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  const parts = [
    [Math.floor(seconds / 86_400), 'd'],
    [Math.floor(seconds / 3600) % 24, 'h'],
    [Math.floor(seconds / 60) % 60, 'm'],
    [seconds % 60, 's'],
  ] as const;
  const first = parts.findIndex(([amount]) => amount > 0);
  if (first === -1) return '0s';
  return parts
    .slice(first, first + 2)
    .filter(([amount]) => amount > 0)
    .map(([amount, letter]) => `${amount}${letter}`)
    .join(' ');
}
