/** What the picker lists: chosen and favourite groups first, then the recent ones, then all; narrowed by letters. */
import type { LogGroup } from '../../../shared/logs/groups';
import type { LogGroupRef } from '../../../shared/logs/settings';
import { found } from '../saved/fuzzy';

export const groupKey = ({ connectionId, region, name }: LogGroupRef): string =>
  `${connectionId}|${region}|${name}`;

interface Init {
  groups: readonly LogGroup[];
  typed: string;
  favourites: readonly LogGroupRef[];
  recent: readonly LogGroupRef[];
  labelOf: (connectionId: string) => string;
}

export type PickerRow =
  { kind: 'head'; title: string } | { kind: 'group'; group: LogGroup; id: string };

/** Recent groups shown at the top. */
const RECENT = 8;

export function pickerRows({ groups, typed, favourites, recent, labelOf }: Init): PickerRow[] {
  const fitting = found(groups, typed, (group) => ({
    name: group.name,
    more: `${labelOf(group.connectionId)} ${group.region}`,
  }));
  if (typed.trim() !== '') return fitting.map((group) => rowOf('found', group));
  const byKey = new Map(groups.map((group) => [groupKey(group), group]));
  const known = (refs: readonly LogGroupRef[]): LogGroup[] =>
    refs.flatMap((ref) => byKey.get(groupKey(ref)) ?? []);
  const starred = known(favourites);
  const stars = new Set(starred.map(groupKey));
  const latest = known(recent)
    .filter((group) => !stars.has(groupKey(group)))
    .slice(0, RECENT);
  const above = new Set([...stars, ...latest.map(groupKey)]);
  const others = [...groups]
    .filter((group) => !above.has(groupKey(group)))
    .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  return [
    ...section('Favourites', starred),
    ...section('Recent', latest),
    ...section(above.size > 0 ? 'Others' : 'All groups', others),
  ];
}

const rowOf = (section: string, group: LogGroup): PickerRow => ({
  kind: 'group',
  group,
  id: `${section}|${groupKey(group)}`,
});

const section = (title: string, groups: readonly LogGroup[]): PickerRow[] =>
  groups.length === 0
    ? []
    : [{ kind: 'head', title }, ...groups.map((group) => rowOf(title, group))];

export const retentionWords = (days: number | null): string =>
  days === null ? 'kept for ever' : days === 1 ? '1 day' : `${days.toLocaleString('en')} days`;
