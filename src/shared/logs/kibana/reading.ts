/** What one reading of a query gathers: its time range, and what could not be said, with its place. */
import type { DashboardRange } from '../../dashboards/dashboard';
import type { Filter } from '../filter/filter';

export interface ImportNote {
  /** Where in the file: `line 3, query.bool.must[0]`. */
  place: string;
  /** A sentence for people. */
  text: string;
  /** True where something that was asked is left out: then more is found than was asked for, never less. */
  lost: boolean;
}

export interface Reading {
  notes: ImportNote[];
  /** ms UTC: what `now` means where it must be fixed. */
  nowMs: number;
  /** Fields that hold an event's time. */
  timeFields: ReadonlySet<string>;
  /** Taken from conditions on the time; null when there was none. */
  range: DashboardRange | null;
}

export const newReading = (nowMs: number, timeField: string | null): Reading => ({
  notes: [],
  nowMs,
  timeFields: new Set(['@timestamp', ...(timeField === null ? [] : [timeField])]),
  range: null,
});

/** Where a clause stands. */
export interface Spot {
  place: string;
  /** Whether leaving a part out may only find more (true) or only less (false, within a negation). */
  widen: boolean;
  /** Every event must meet it: a condition on the time here is the search's time range. */
  top: boolean;
}

export const within = (spot: Spot, step: string, top = false): Spot => ({
  ...spot,
  place: `${spot.place}${step}`,
  top: top && spot.top,
});
export const negated = (spot: Spot): Spot => ({ ...spot, widen: !spot.widen, top: false });

/** Says what is left out; what stands in its place is nothing. */
export function lost(reading: Reading, { place }: Spot, text: string): null {
  reading.notes.push({ place, text, lost: true });
  return null;
}

export function remark(reading: Reading, { place }: Spot, text: string): void {
  if (reading.notes.some((note) => note.text === text)) return;
  reading.notes.push({ place, text, lost: false });
}

export const ALL: Filter = { kind: 'all' };
export const NONE: Filter = { kind: 'not', of: ALL };
const isNone = (filter: Filter): boolean => filter.kind === 'not' && filter.of.kind === 'all';

/** Both; what could not be said is left out where that finds more. */
export function both(parts: readonly (Filter | null)[], { widen }: Spot): Filter | null {
  const said = parts.filter((part) => part !== null);
  if (said.length < parts.length && (!widen || said.length === 0)) return null;
  const of = said.flatMap((part) => (part.kind === 'and' ? part.of : [part]));
  if (of.some(isNone)) return NONE;
  return (
    joined(
      'and',
      of.filter((part) => part.kind !== 'all'),
    ) ?? ALL
  );
}

/** Either; what could not be said is left out where that finds less. */
export function either(parts: readonly (Filter | null)[], { widen }: Spot): Filter | null {
  const said = parts.filter((part) => part !== null);
  if (said.length < parts.length && (widen || said.length === 0)) return null;
  const of = said.flatMap((part) => (part.kind === 'or' ? part.of : [part]));
  if (of.some((part) => part.kind === 'all')) return ALL;
  return (
    joined(
      'or',
      of.filter((part) => !isNone(part)),
    ) ?? NONE
  );
}

function joined(kind: 'and' | 'or', of: Filter[]): Filter | null {
  const [first] = of;
  if (first === undefined) return null;
  return of.length === 1 ? first : { kind, of };
}

export function not(part: Filter | null): Filter | null {
  if (part === null) return null;
  return part.kind === 'not' ? part.of : { kind: 'not', of: part };
}
