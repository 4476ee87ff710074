/** The listing as sections of the list: what belongs to the alarm, then folder by folder, or by tag. */
import fuzzysort from 'fuzzysort';
import type { AlarmRow } from '../../shared/alarms/alarm';
import { rowFits } from '../../shared/runbooks/match';
import type { RunbookEntry, RunbookListing } from '../../shared/runbooks/listing';
import type { Unsaved } from './editor/drafts';
import { nameIn } from './editor/file-names';

export interface ListSection {
  id: string;
  title: string;
  /** Whole path, for the title's hover; null where it is no folder. */
  path: string | null;
  /** Why a folder cannot be read. */
  problem: string | null;
  /** A folder of the team's own: it can be taken off the list. */
  removable: boolean;
  entries: RunbookEntry[];
}

export type GroupBy = 'folder' | 'tag';

const byName = (a: RunbookEntry, b: RunbookEntry): number =>
  a.name.localeCompare(b.name, 'en', { numeric: true });

const textsOf = (entry: RunbookEntry): string[] => [
  entry.name,
  (entry.runbook?.tags ?? []).join(' '),
  entry.runbook?.owner ?? '',
  entry.fileName,
];

/** Letters in order, anywhere in its name, tags, owner or file; the best first. All of them without a word. */
export function found(entries: readonly RunbookEntry[], filter: string): RunbookEntry[] {
  const wanted = filter.trim();
  if (wanted === '') return entries.toSorted(byName);
  const targets = entries.map((entry) => ({ entry, text: textsOf(entry).join('  ') }));
  return fuzzysort
    .go(wanted, targets, { key: 'text', threshold: LEAST_SCORE })
    .map(({ obj }) => obj.entry);
}

/** Of fuzzysort, 0 to 1: letters strewn over a whole line are no hit. */
const LEAST_SCORE = 0.35;

export function sectionsOf(
  listing: RunbookListing,
  filter: string,
  groupBy: GroupBy,
  belonging: { alarmName: string; ids: readonly string[] } | null,
): ListSection[] {
  const entries = found(listing.entries, filter);
  const plain = { path: null, problem: null, removable: false };
  const own =
    belonging === null
      ? []
      : belonging.ids.flatMap((id) => entries.filter((entry) => entry.id === id));
  const head: ListSection[] =
    own.length === 0
      ? []
      : [{ ...plain, id: 'alarm', title: `For ${belonging?.alarmName ?? ''}`, entries: own }];
  const rest = groupBy === 'tag' ? byTag(entries) : byFolder(listing, entries);
  return [...head, ...rest].filter(
    ({ entries: some, problem, removable }) =>
      some.length > 0 || problem !== null || (removable && filter.trim() === ''),
  );
}

function byFolder(listing: RunbookListing, entries: readonly RunbookEntry[]): ListSection[] {
  return listing.folders.map(({ path, source, problem }) => ({
    id: `folder ${path}`,
    title: source === 'starter' ? 'Starter set' : (path.split(/[\\/]/).findLast(Boolean) ?? path),
    path: source === 'starter' ? null : path,
    problem,
    removable: source === 'own',
    entries: entries.filter(({ folder }) => folder === path),
  }));
}

function byTag(entries: readonly RunbookEntry[]): ListSection[] {
  const tags = new Set(entries.flatMap(({ runbook }) => runbook?.tags ?? []));
  const plain = { path: null, problem: null, removable: false };
  return [
    ...[...tags].toSorted().map((tag) => ({
      ...plain,
      id: `tag ${tag}`,
      title: tag,
      entries: entries.filter(({ runbook }) => runbook?.tags?.includes(tag)),
    })),
    {
      ...plain,
      id: 'no tag',
      title: 'Without a tag',
      entries: entries.filter(({ runbook }) => (runbook?.tags ?? []).length === 0),
    },
  ];
}

/** Something written and in no file yet, as a line of the list. */
export interface WrittenLine {
  key: string;
  name: string;
  fileName: string;
  unsaved: Unsaved;
}

/**
 * New runbooks that are not saved yet, the last begun first; changed ones too, where their file is not in the listing
 * any more: what was written must not be out of reach. The filter takes what has all of its letters in a row.
 */
export function beingWritten(
  unsaved: ReadonlyMap<string, Unsaved>,
  listing: RunbookListing | null,
  filter: string,
): WrittenLine[] {
  const listed = new Set(listing?.entries.map(({ id }) => id));
  const wanted = filter.trim().toLowerCase();
  return [...unsaved]
    .filter(([, { draft }]) => draft.id === null || (listing !== null && !listed.has(draft.id)))
    .map(([key, one]) => ({ key, name: nameIn(one.text), fileName: one.fileName, unsaved: one }))
    .filter(({ name, fileName }) => `${name} ${fileName}`.toLowerCase().includes(wanted))
    .toReversed();
}

/**
 * Firing alarms it surely belongs to. A match by namespace, metric or tag is not told from a row alone: the alarm's own
 * page knows.
 */
export const firingOf = (entry: RunbookEntry, firing: readonly AlarmRow[]): number =>
  firing.filter((row) => rowFits(entry.runbook?.alarms, row) === 'yes').length;

/** Empty where nothing of it fires. */
export const belongingWords = (firing: number): string =>
  firing === 0 ? '' : `belongs to ${firing} firing ${firing === 1 ? 'alarm' : 'alarms'}`;
