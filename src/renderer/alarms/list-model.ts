/** The list as it is drawn: groups and rows in order, from the index and the filter. */
import type { AlarmRow } from '../../shared/alarms/alarm';
import { severities } from '../../shared/severity/severity';
import type { Severity } from '../../shared/severity/severity';
import type { AlarmIndex } from './alarm-index';
import { isFiring, isUnacknowledged, matcher } from './filter';
import type { AlarmFilter } from './filter';

export type GroupId =
  Severity | 'unsure' | 'recovered' | 'cannot-fire' | 'no-data' | 'ok' | 'listed';

export type ListItem =
  { type: 'group'; id: GroupId; count: number } | { type: 'row'; row: AlarmRow; group: GroupId };

export interface Counts {
  firing: number;
  unacknowledged: number;
  all: number;
}

export interface ListModel {
  items: ListItem[];
  /** The rows' keys in the order they are drawn, and where in `items` each is. */
  rowKeys: string[];
  itemAt: ReadonlyMap<string, number>;
  /** How many of the listed ones fire. */
  firing: number;
}

const groupOrder: readonly GroupId[] = [
  ...severities,
  'unsure',
  'recovered',
  'cannot-fire',
  'no-data',
  'ok',
];

/**
 * Where a row belongs. Stale data is never shown as OK: what was OK or without data when it was last
 * seen, on a connection that is blind now, is `unsure`.
 */
export function groupOf(row: AlarmRow): GroupId {
  if (isFiring(row)) return row.severity;
  if (row.stale) return 'unsure';
  if (row.recoveredAt !== null) return 'recovered';
  if (row.cannotFire !== null) return 'cannot-fire';
  return row.state === 'OK' ? 'ok' : 'no-data';
}

function inScope(group: GroupId, row: AlarmRow, filter: AlarmFilter): boolean {
  switch (filter.scope) {
    case 'all':
      return true;
    case 'unacknowledged':
      return isUnacknowledged(row);
    case 'firing':
      return isFiring(row) || group === 'recovered' || group === 'cannot-fire';
  }
}

export function countAlarms(rows: readonly AlarmRow[]): Counts {
  let firing = 0;
  let unacknowledged = 0;
  for (const row of rows) {
    if (isFiring(row)) firing += 1;
    if (isUnacknowledged(row)) unacknowledged += 1;
  }
  return { firing, unacknowledged, all: rows.length };
}

function newestFirst(a: AlarmRow, b: AlarmRow): number {
  return b.stateSince - a.stateSince;
}

/** Firing: nobody has it before somebody has it, newest first. The rest: recovered newest first, others by name. */
function sortGroup(id: GroupId, rows: AlarmRow[]): AlarmRow[] {
  if (id === 'recovered') return rows.sort((a, b) => (b.recoveredAt ?? 0) - (a.recoveredAt ?? 0));
  if (id === 'unsure' || id === 'cannot-fire' || id === 'no-data' || id === 'ok') return rows;
  return rows.sort(
    (a, b) => Number(isUnacknowledged(b)) - Number(isUnacknowledged(a)) || newestFirst(a, b),
  );
}

function gather(index: AlarmIndex, filter: AlarmFilter, labelOf: (id: string) => string) {
  const matches = matcher(filter, labelOf);
  const groups = new Map<GroupId, AlarmRow[]>();
  for (const row of index.byName) {
    const group = groupOf(row);
    if (!inScope(group, row, filter) || !matches(row)) continue;
    const members = groups.get(group);
    if (members === undefined) groups.set(group, [row]);
    else members.push(row);
  }
  return groups;
}

/** Builds what is drawn. Sorted by severity it is in groups; by time or name it is one group. */
export function buildList(
  index: AlarmIndex,
  filter: AlarmFilter,
  labelOf: (connectionId: string) => string,
): ListModel {
  const groups = gather(index, filter, labelOf);
  const items: ListItem[] = [];
  const rowKeys: string[] = [];
  const itemAt = new Map<string, number>();
  let firing = 0;
  const addGroup = (id: GroupId, rows: readonly AlarmRow[]): void => {
    items.push({ type: 'group', id, count: rows.length });
    for (const row of rows) {
      if (isFiring(row)) firing += 1;
      itemAt.set(row.key, items.length);
      rowKeys.push(row.key);
      items.push({ type: 'row', row, group: id === 'listed' ? groupOf(row) : id });
    }
  };
  if (filter.sort === 'severity') {
    for (const id of groupOrder) {
      const rows = groups.get(id);
      if (rows !== undefined) addGroup(id, sortGroup(id, rows));
    }
  } else {
    const rows = oneOrder(index, groups, filter);
    if (rows.length > 0) addGroup('listed', rows);
  }
  return { items, rowKeys, itemAt, firing };
}

function oneOrder(
  index: AlarmIndex,
  groups: ReadonlyMap<GroupId, AlarmRow[]>,
  filter: AlarmFilter,
): AlarmRow[] {
  if (filter.sort === 'since') return [...groups.values()].flat().sort(newestFirst);
  // The index is in name order already: keep its order and leave out what did not match.
  const listed = new Set([...groups.values()].flat());
  return index.byName.filter((row) => listed.has(row));
}
