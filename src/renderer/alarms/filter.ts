/** Which alarms are asked for: pure, so that ten thousand rows are filtered in a few milliseconds. */
import type { AlarmRow, AlarmState } from '../../shared/alarms/alarm';
import type { SavedView } from '../../shared/settings/settings';
import type { Severity } from '../../shared/severity/severity';

/** `firing` also tells what just recovered and what cannot fire; `all` is everything. */
export type Scope = 'firing' | 'unacknowledged' | 'all';
export type Sort = SavedView['sort'];

export interface AlarmFilter {
  scope: Scope;
  text: string;
  severities: readonly Severity[];
  states: readonly AlarmState[];
  connectionIds: readonly string[];
  regions: readonly string[];
  sort: Sort;
}

export const defaultFilter: AlarmFilter = {
  scope: 'firing',
  text: '',
  severities: [],
  states: [],
  connectionIds: [],
  regions: [],
  sort: 'severity',
};

/** Whether anything beyond the scope and the order narrows the list. */
export function isNarrowed(filter: AlarmFilter): boolean {
  return filter.text.trim() !== '' || narrowedBy(filter) > 0;
}

/** How many of the fields of the filter menu are in use. */
export function narrowedBy(filter: AlarmFilter): number {
  return [filter.severities, filter.states, filter.connectionIds, filter.regions].filter(
    (list) => list.length > 0,
  ).length;
}

export function isFiring(row: AlarmRow): boolean {
  return row.state === 'ALARM';
}

/** Firing, and nobody has it. */
export function isUnacknowledged(row: AlarmRow): boolean {
  return (
    row.state === 'ALARM' && row.incidentState !== 'acknowledged' && row.incidentState !== 'snoozed'
  );
}

const haystacks = new WeakMap<AlarmRow, { label: string; text: string }>();

function haystack(row: AlarmRow, label: string): string {
  const known = haystacks.get(row);
  if (known !== undefined && known.label === label) return known.text;
  const text = [row.name, row.summary, label, row.region, row.accountId, row.owner ?? '']
    .join('\n')
    .toLowerCase();
  haystacks.set(row, { label, text });
  return text;
}

function inList<T>(list: readonly T[], value: T): boolean {
  return list.length === 0 || list.includes(value);
}

/**
 * A test for one filter. Every word of the text must occur in the name, the summary, the connection's
 * label, the region, the account or the owner.
 */
export function matcher(
  filter: AlarmFilter,
  labelOf: (connectionId: string) => string,
): (row: AlarmRow) => boolean {
  const words = filter.text.toLowerCase().split(/\s+/).filter(Boolean);
  return (row) => {
    if (!inList(filter.severities, row.severity)) return false;
    if (!inList(filter.states, row.state)) return false;
    if (!inList(filter.connectionIds, row.connectionId)) return false;
    if (!inList(filter.regions, row.region)) return false;
    if (words.length === 0) return true;
    const text = haystack(row, labelOf(row.connectionId));
    return words.every((word) => text.includes(word));
  };
}

export function filterFromView(view: SavedView): AlarmFilter {
  const firingOnly = view.states.length === 1 && view.states[0] === 'ALARM';
  return {
    scope: view.unacknowledgedOnly ? 'unacknowledged' : firingOnly ? 'firing' : 'all',
    text: view.text,
    severities: view.severities,
    states: firingOnly ? [] : view.states,
    connectionIds: view.connectionIds,
    regions: view.regions,
    sort: view.sort,
  };
}

export function viewFromFilter(filter: AlarmFilter, id: string, name: string): SavedView {
  return {
    id,
    name,
    text: filter.text,
    severities: [...filter.severities],
    states: filter.scope === 'firing' ? ['ALARM'] : [...filter.states],
    connectionIds: [...filter.connectionIds],
    regions: [...filter.regions],
    unacknowledgedOnly: filter.scope === 'unacknowledged',
    sort: filter.sort,
  };
}
