/** Texts being written: where they came from, where they will lie, and what is not saved yet. */
import { stringify } from 'yaml';
import { create } from 'zustand';
import type { Alarm } from '../../../shared/alarms/alarm';
import type { RunbookEntry, RunbookFolder, RunbookListing } from '../../../shared/runbooks/listing';
import { ask } from '../../bridge';
import { useRunbookListing } from '../listing-store';
import { useRunbooks } from '../store';
import { fileNameOf, freeName, renamed } from './file-names';

export interface RunbookDraft {
  /** The runbook that is changed; null for a new one. */
  id: string | null;
  /** Null until a folder is chosen. */
  folder: string | null;
  fileName: string;
  text: string;
  /** SHA-256 of the file the text was made from, hex; null where there must be no file yet. */
  replaces: string | null;
  /** What counts as nothing written yet, where that is not the text itself: what was imported is work already. */
  base?: string;
}

const nothing: RunbookListing = { folders: [], entries: [] };
const listingNow = (): RunbookListing => useRunbookListing.getState().listing ?? nothing;

/** The runbooks there are, none before they are known. */
export const entriesNow = (): readonly RunbookEntry[] => listingNow().entries;

/** Folders a runbook can be saved into. */
export const ownFolders = (listing: RunbookListing | null): RunbookFolder[] =>
  (listing ?? nothing).folders.filter(({ source }) => source === 'own');

const firstFolder = (listing: RunbookListing): string | null =>
  ownFolders(listing).find(({ problem }) => problem === null)?.path ?? null;

/** A text that is in no file yet, under a name that is free in the first folder of the team's own. */
export function draftOfText(
  text: string,
  name: string,
  listing: RunbookListing = listingNow(),
): RunbookDraft {
  const folder = firstFolder(listing);
  const fileName = freeName(fileNameOf(name), folder, [...listing.entries, ...beingWritten()]);
  return { id: null, folder, fileName, text, replaces: null };
}

/** Names that are spoken for by what is in no file yet: as it was begun, and as it is called now. */
const beingWritten = (): { folder: string; fileName: string }[] =>
  [...useUnsaved.getState().unsaved.values()].flatMap(({ draft, folder, fileName }) =>
    draft.id === null && folder !== null
      ? [
          { folder, fileName: draft.fileName },
          { folder, fileName },
        ]
      : [],
  );

/** What was imported: not saved from the start, so that going elsewhere loses nothing. */
export function importedDraft(text: string, name: string): RunbookDraft {
  const draft = { ...draftOfText(text, name), base: '' };
  const { folder, fileName } = draft;
  keepUnsaved(draft, { text, folder, fileName });
  return draft;
}

/**
 * The text of a runbook's file, to be changed. The starter set is not changed: of its files a copy under the same name
 * is made. Throws a FailureError where the file is gone.
 */
export async function draftOf(entry: RunbookEntry): Promise<RunbookDraft> {
  const { text, writable, sha256 } = await ask('runbooks.source', entry.id);
  if (!writable) return draftOfText(text, entry.fileName.replace(/\.ya?ml$/i, ''));
  const { id, folder, fileName } = entry;
  return { id, folder, fileName, text, replaces: sha256 };
}

/** A copy of a runbook's file as a new one. Throws a FailureError where the file is gone. */
export async function duplicateDraft(entry: RunbookEntry): Promise<RunbookDraft> {
  const { text } = await ask('runbooks.source', entry.id);
  const name = `${entry.name} (copy)`;
  const draft = draftOfText(renamed(text, name), entry.fileName.replace(/\.ya?ml$/i, ' copy'));
  // Beside what it was copied from.
  return entry.source === 'own' ? { ...draft, folder: entry.folder } : draft;
}

export function newDraft(listing: RunbookListing | null): RunbookDraft {
  return draftOfText(NEW_TEXT, 'New runbook', listing ?? nothing);
}

/** What can be known of an alarm where a runbook is begun for it. */
export type DraftAlarm = Pick<Alarm, 'name'> & Partial<Pick<Alarm, 'description' | 'metric'>>;

export function draftFromAlarm(alarm: DraftAlarm): RunbookDraft {
  const what = (alarm.description ?? '').trim();
  const runbook = {
    nightdesk: 'runbook/1',
    name: `When ${alarm.name} fires`.slice(0, 120).trim(),
    description: what === '' ? 'What to look at, and what to do, when it fires.' : what,
    alarms: [{ name: alarm.name.replaceAll(/[*?]/g, '?').slice(0, 300) }],
    steps: [
      {
        id: 'state',
        name: 'How the alarm stands',
        do: { kind: 'describe', what: 'alarm', name: '{% $alarm.name %}' },
      },
      ...metricSteps(alarm),
      {
        id: 'sure',
        name: 'Decide',
        do: { kind: 'ask', question: 'Is this what you expected to find?', answer: 'confirm' },
      },
    ],
  };
  return draftOfText(stringify(runbook, { lineWidth: 100, singleQuote: true }), alarm.name);
}

/** The alarm's first metric over the last hour. */
function metricSteps({ metric }: DraftAlarm): object[] {
  const query = metric?.queries.find(
    ({ namespace, metricName }) => namespace !== null && metricName !== null,
  );
  if (query === undefined) return [];
  const dimensions = Object.fromEntries(query.dimensions.map(({ name, value }) => [name, value]));
  const one = {
    id: 'm1',
    namespace: query.namespace,
    metric: query.metricName,
    ...(query.dimensions.length > 0 && { dimensions }),
    ...(query.stat !== null && { statistic: query.stat }),
  };
  return [
    {
      id: 'metric',
      name: 'What the metric did in the last hour',
      do: { kind: 'metric-query', metrics: [one], last: '1h' },
    },
  ];
}

const NEW_TEXT = `nightdesk: runbook/1
name: New runbook
description: What it is for, and when to use it.
steps:
  - id: first
    name: Look first
    do:
      kind: note
      text: Say here what a person should know before anything is done.
`;

/** What is written and not saved, by draft: it stays when the page is left. */
export interface Unsaved {
  draft: RunbookDraft;
  text: string;
  folder: string | null;
  fileName: string;
}

/** By the draft's key. */
export const useUnsaved = create<{ unsaved: ReadonlyMap<string, Unsaved> }>()(() => ({
  unsaved: new Map(),
}));

/** A new draft is told from another by what it began with. */
export const keyOf = ({ id, fileName, text }: RunbookDraft): string =>
  id ?? `new ${fileName}\n${text}`;

export const unsavedOf = (draft: RunbookDraft): Unsaved | undefined =>
  useUnsaved.getState().unsaved.get(keyOf(draft));

export function keepUnsaved(draft: RunbookDraft, now: Omit<Unsaved, 'draft'> | null): void {
  const unsaved = new Map(useUnsaved.getState().unsaved);
  if (now === null) unsaved.delete(keyOf(draft));
  else unsaved.set(keyOf(draft), { ...now, draft });
  useUnsaved.setState({ unsaved });
}

/** Which editor a draft is open in: after a save it goes on in the same, with its cursor and what can be undone. */
const editors = new WeakMap<RunbookDraft, string>();
let lastEditor = 0;

export function editorOf(draft: RunbookDraft): string {
  const known = editors.get(draft);
  if (known !== undefined) return known;
  lastEditor += 1;
  const made = String(lastEditor);
  editors.set(draft, made);
  return made;
}

/** The draft on the page becomes what was saved; one that is not on the page any more stays closed. */
export function goOnFrom(before: RunbookDraft, saved: RunbookDraft): void {
  editors.set(saved, editorOf(before));
  const { draft, write } = useRunbooks.getState();
  if (draft === before) write(saved);
}
