/** What a step gave, read for the screen: text, a tree, a table or series over time. */
import { z } from 'zod';
import type { StepOutput, StepRun } from '../../../shared/runbooks/run';
import type { Runbook } from '../../../shared/runbooks/runbook';
import type { ChartModel, ChartSeries } from '../../charts/chart-model';

const tableSchema = z.object({ columns: z.array(z.string()), rows: z.array(z.array(z.string())) });
const seriesSchema = z.object({
  series: z.array(
    z.object({
      label: z.string(),
      points: z.array(z.tuple([z.number(), z.number()])),
    }),
  ),
});

export interface Table {
  columns: string[];
  rows: string[][];
}
type Line = z.infer<typeof seriesSchema>['series'][number];

export type Shown =
  | { kind: 'text'; text: string }
  | { kind: 'tree'; value: unknown }
  | { kind: 'table'; table: Table }
  | { kind: 'series'; model: ChartModel };

/** Whatever cannot be read as it says is shown as its text. */
export function shownOf({ kind, json }: StepOutput, zone: 'local' | 'utc'): Shown {
  const value = parsed(json);
  if (value === undefined) return { kind: 'text', text: json };
  if (kind === 'table') {
    const table = tableSchema.safeParse(value);
    if (table.success) return { kind: 'table', table: table.data };
  }
  if (kind === 'series') {
    const read = seriesSchema.safeParse(value);
    const model = read.success ? modelOf(read.data.series, zone) : null;
    if (model !== null) return { kind: 'series', model };
  }
  if (typeof value === 'string') return { kind: 'text', text: value };
  return { kind: 'tree', value };
}

/**
 * What a note said where it is word for word the file's own; else null. A text with values in it may hold what somebody
 * else wrote, such as a log line, and makes no links and no headings.
 */
export function noteOf(
  { steps, undo = [] }: Pick<Runbook, 'steps' | 'undo'>,
  { id, output }: Pick<StepRun, 'id' | 'output'>,
): string | null {
  const action = [...steps, ...undo].find((step) => step.id === id)?.do;
  if (action?.kind !== 'note' || output?.kind !== 'text') return null;
  return parsed(output.json) === action.text ? action.text : null;
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    // Cut at its limit: shown as the text it is.
    return undefined;
  }
}

/** Null without two moments: there is nothing to draw. */
function modelOf(lines: readonly Line[], zone: 'local' | 'utc'): ChartModel | null {
  const times = lines.flatMap(({ points }) => points.map(([ms]) => ms));
  const startMs = Math.min(...times);
  const endMs = Math.max(...times);
  if (times.length < 2 || startMs === endMs) return null;
  const axis = { min: null, max: null, label: null, unit: null };
  return {
    startMs,
    endMs,
    stacked: false,
    series: lines.flatMap((line, at) => seriesOf(line, at)),
    left: axis,
    right: axis,
    thresholds: [],
    marks: [],
    spans: [],
    zone,
  };
}

/** More points than this are no step's output. */
const MOST_POINTS = 100_000;

function seriesOf({ label, points }: Line, at: number): ChartSeries[] {
  const sorted = points.toSorted(([a], [b]) => a - b);
  const [first] = sorted;
  const last = sorted.at(-1);
  if (first === undefined || last === undefined) return [];
  const gaps = sorted.slice(1).map(([ms], i) => ms - (sorted[i]?.[0] ?? ms));
  const periodMs = Math.max(1_000, Math.min(...gaps.filter((gap) => gap > 0), 3_600_000));
  const length = Math.min(MOST_POINTS, Math.round((last[0] - first[0]) / periodMs) + 1);
  const values = new Float64Array(length).fill(Number.NaN);
  for (const [ms, value] of sorted) {
    const place = Math.round((ms - first[0]) / periodMs);
    if (place < length) values[place] = value;
  }
  return [
    {
      key: `${at} ${label}`,
      label,
      color: null,
      axis: 'left',
      startMs: first[0],
      periodMs,
      values,
      unit: null,
      drawAs: null,
      ghost: false,
      bandOf: null,
      note: null,
    },
  ];
}

/** In order of a column: as numbers where both are, else as text. */
export function sorted(rows: readonly string[][], column: number, down: boolean): string[][] {
  const compare = (a: string, b: string): number => {
    const [x, y] = [Number(a), Number(b)];
    return a !== '' && b !== '' && Number.isFinite(x) && Number.isFinite(y)
      ? x - y
      : a.localeCompare(b, 'en', { numeric: true });
  };
  const order = rows.toSorted((a, b) => compare(a[column] ?? '', b[column] ?? ''));
  return down ? order.reverse() : order;
}
