/** A result as a chart: lines over time where there is a bin(), bars where numbers belong to categories. */
import type { InsightsQuery, InsightsState } from '../../../shared/logs/insights';
import type { ChartSeries } from '../../charts/chart-model';
import { kindsOf, numberOf, timeOf } from './result-rows';
import type { ColumnKind, ResultRow } from './result-rows';
import { countsOf, groupingsOf, plainName } from './stats-clause';
import type { Grouping } from './stats-clause';
import type { HeldRows } from './store';

export interface TimePicture {
  kind: 'time';
  startMs: number;
  endMs: number;
  series: ChartSeries[];
  /** What each axis measures, where there are two measures; null for one axis of all. */
  axes: { left: string; right: string } | null;
  /** What is not drawn; null for nothing. */
  note: string | null;
}
export interface BarPicture {
  kind: 'bars';
  series: ChartSeries[];
  /** What the numbers are. */
  label: string;
  note: string | null;
}
export type Picture = TimePicture | BarPicture | { kind: 'none'; why: string };

const MOST_SERIES = 40;
const MOST_BARS = 40;
const MOST_POINTS = 50_000;
/** Between the parts of a series' name. */
const BETWEEN = ' · ';

interface Shape {
  /** Index of the column of times. */
  time: number | null;
  periodMs: number | null;
  /** Columns whose values name a series. */
  names: number[];
  numbers: number[];
}

export function chartOf(
  held: HeldRows,
  asked: Pick<InsightsQuery, 'query' | 'limit' | 'startMs' | 'endMs'>,
  state: Pick<InsightsState, 'phase' | 'targets'> | null,
  where: readonly string[] | null,
): Picture {
  const groupings = groupingsOf(asked.query);
  if (groupings.length === 0) {
    return none('A chart needs stats … by …, for example: stats count(*) by bin(5m).');
  }
  const shape = shapeOf(held.columns, kindsOf(held.columns, held.rows), groupings);
  if (shape.numbers.length === 0) return none('There is no column of numbers to draw.');
  if (shape.time !== null) {
    const whole = isWhole(asked, state);
    const drawn = timePicture(held, shape, asked, where, whole);
    if (drawn !== null) return drawn;
  }
  return barPicture(held, shape, where);
}

/** Every record was read and every row came: a bin without a row is one without records. */
function isWhole(
  { query, limit }: Pick<InsightsQuery, 'query' | 'limit'>,
  state: Pick<InsightsState, 'phase' | 'targets'> | null,
): boolean {
  return (
    state?.phase === 'complete' &&
    state.targets.every(({ failure, rows }) => failure === null && rows < limit) &&
    !/\b(?:limit|head)\b/i.test(query)
  );
}

const none = (why: string): Picture => ({ kind: 'none', why });

function shapeOf(
  columns: readonly string[],
  kinds: readonly ColumnKind[],
  groupings: readonly Grouping[],
): Shape {
  const shape: Shape = { time: null, periodMs: null, names: [], numbers: [] };
  columns.forEach((column, index) => {
    const grouping = groupings.find((one) => plainName(one.column) === plainName(column));
    const bin = grouping?.binMs ?? null;
    if (shape.time === null && kinds[index] === 'time' && grouping !== undefined) {
      shape.time = index;
      shape.periodMs = bin;
    } else if (grouping !== undefined) shape.names.push(index);
    else if (kinds[index] === 'number') shape.numbers.push(index);
  });
  return shape;
}

const nameOf = (
  row: ResultRow,
  names: readonly number[],
  where: readonly string[] | null,
): string[] => [
  ...(where === null ? [] : [where[row.target] ?? '']),
  ...names.map((index) => row.values[index] ?? '(none)'),
];

/** Null where the times lie on no grid that can be drawn. */
function timePicture(
  { columns, rows }: HeldRows,
  { time, periodMs, names, numbers }: Shape,
  { query, startMs, endMs }: Pick<InsightsQuery, 'query' | 'startMs' | 'endMs'>,
  where: readonly string[] | null,
  whole: boolean,
): TimePicture | null {
  const times = rows.map(({ values }) => timeOf(values[time ?? 0] ?? null));
  const known = times.filter((at) => at !== null);
  const period = periodMs ?? smallestGap(known);
  const first = known.reduce((least, at) => Math.min(least, at), Infinity);
  if (period === null || !Number.isFinite(first)) return null;
  // The grid of the bins goes through every time there is; the window's edge is rarely on it.
  const gridStart = first - Math.ceil(Math.max(0, first - startMs) / period) * period;
  const latest = known.reduce((most, at) => Math.max(most, at), first);
  const length = Math.floor((Math.max(endMs - 1, latest) - gridStart) / period) + 1;
  if (length > MOST_POINTS || known.some((at) => (at - gridStart) % period !== 0)) return null;
  const counts = countsOf(query);
  const [one, two, more] = numbers;
  const axes =
    one === undefined || two === undefined || more !== undefined
      ? null
      : { left: columns[one] ?? '', right: columns[two] ?? '' };
  const byKey = new Map<string, ChartSeries>();
  rows.forEach((row, place) => {
    const at = times[place] ?? null;
    if (at === null) return;
    for (const index of numbers) {
      const value = numberOf(row.values[index] ?? null);
      if (value === null) continue;
      const parts = nameOf(row, names, where);
      const measure = columns[index] ?? '';
      const label = (numbers.length > 1 || parts.length === 0 ? [...parts, measure] : parts).join(
        BETWEEN,
      );
      const key = JSON.stringify([...parts, measure]);
      const series = byKey.get(key) ?? emptySeries(key, label, gridStart, period, length);
      if (axes !== null && index === numbers[1]) series.axis = 'right';
      // Nothing counted is none, but only where everything was read.
      if (!byKey.has(key) && whole && counts.has(plainName(measure))) series.values.fill(0);
      byKey.set(key, series);
      series.values[(at - gridStart) / period] = value;
    }
  });
  const all = [...byKey.values()];
  return {
    kind: 'time',
    startMs: Math.min(startMs, gridStart),
    endMs: Math.max(endMs, latest),
    series: all.slice(0, MOST_SERIES),
    axes,
    note: timeNote(all.length, startMs % period !== 0 || endMs % period !== 0),
  };
}

function timeNote(series: number, cut: boolean): string | null {
  const notes = [
    ...(series > MOST_SERIES
      ? [`${MOST_SERIES} of ${series} series are drawn; the table has all.`]
      : []),
    ...(cut ? ['The first and last bin lie only partly within the time asked for.'] : []),
  ];
  return notes.length === 0 ? null : notes.join(' ');
}

function emptySeries(
  key: string,
  label: string,
  startMs: number,
  periodMs: number,
  length: number,
): ChartSeries {
  return {
    key,
    label,
    color: null,
    axis: 'left',
    startMs,
    periodMs,
    values: new Float64Array(length).fill(Number.NaN),
    unit: null,
    drawAs: null,
    ghost: false,
    bandOf: null,
    note: null,
  };
}

function smallestGap(times: readonly number[]): number | null {
  const sorted = [...new Set(times)].sort((a, b) => a - b);
  let gap: number | null = null;
  sorted.forEach((at, place) => {
    const before = sorted[place - 1];
    if (before !== undefined && (gap === null || at - before < gap)) gap = at - before;
  });
  return gap;
}

function barPicture(
  { columns, rows }: HeldRows,
  { time, names, numbers }: Shape,
  where: readonly string[] | null,
): Picture {
  const [index] = numbers;
  if (index === undefined) return none('There is no column of numbers to draw.');
  const label = columns[index] ?? '';
  const categories = time === null ? names : [time, ...names];
  const plain = rows.map((row) => nameOf(row, categories, null).join(BETWEEN));
  // Where the categories tell rows apart, the account need not be said.
  const said = new Set(plain).size === rows.length ? null : where;
  const bars = rows.flatMap((row, place): ChartSeries[] => {
    const value = numberOf(row.values[index] ?? null);
    if (value === null) return [];
    const series = emptySeries(
      String(place),
      nameOf(row, categories, said).join(BETWEEN) || label,
      0,
      1,
      1,
    );
    series.values[0] = value;
    return [series];
  });
  const notes = [
    ...(bars.length > MOST_BARS
      ? [`The first ${MOST_BARS} of ${bars.length} rows, in the order of the result.`]
      : []),
    ...(numbers.length > 1
      ? [`It is the first of ${numbers.length} numbers; the table has the others.`]
      : []),
  ];
  return {
    kind: 'bars',
    series: bars.slice(0, MOST_BARS),
    label,
    note: notes.length === 0 ? null : notes.join(' '),
  };
}
