/**
 * The alarms as the window holds them: by key, and all in name order, kept in order by merging, so that a
 * patch of a few rows among ten thousand costs a walk and not a sort.
 */
import type { AlarmRow } from '../../shared/alarms/alarm';

export interface AlarmIndex {
  rows: ReadonlyMap<string, AlarmRow>;
  /** Every row in order of name, then key. */
  byName: readonly AlarmRow[];
}

export const emptyIndex: AlarmIndex = { rows: new Map(), byName: [] };

// Lower-cased once per row, not once per comparison; rows are replaced, never changed, so it stays true.
const sortNames = new WeakMap<AlarmRow, string>();

export function sortName(row: AlarmRow): string {
  const known = sortNames.get(row);
  if (known !== undefined) return known;
  const made = row.name.toLowerCase();
  sortNames.set(row, made);
  return made;
}

export function compareNames(a: AlarmRow, b: AlarmRow): number {
  const nameA = sortName(a);
  const nameB = sortName(b);
  if (nameA !== nameB) return nameA < nameB ? -1 : 1;
  if (a.key === b.key) return 0;
  return a.key < b.key ? -1 : 1;
}

function merge(left: readonly AlarmRow[], right: readonly AlarmRow[]): AlarmRow[] {
  const merged: AlarmRow[] = [];
  let next = 0;
  for (const row of left) {
    let candidate = right[next];
    while (candidate !== undefined && compareNames(candidate, row) < 0) {
      merged.push(candidate);
      next += 1;
      candidate = right[next];
    }
    merged.push(row);
  }
  for (; next < right.length; next += 1) {
    const row = right[next];
    if (row !== undefined) merged.push(row);
  }
  return merged;
}

/** Applies what was added or changed and what is gone. A key in both is gone. */
export function patchIndex(
  index: AlarmIndex,
  upserts: readonly AlarmRow[],
  removed: readonly string[],
): AlarmIndex {
  if (upserts.length === 0 && removed.length === 0) return index;
  const rows = new Map(index.rows);
  const touched = new Set(removed);
  for (const row of upserts) {
    touched.add(row.key);
    rows.set(row.key, row);
  }
  for (const key of removed) rows.delete(key);
  const kept = index.byName.filter((row) => !touched.has(row.key));
  const fresh = [...touched]
    .flatMap((key) => {
      const row = rows.get(key);
      return row === undefined ? [] : [row];
    })
    .sort(compareNames);
  return { rows, byName: merge(kept, fresh) };
}
