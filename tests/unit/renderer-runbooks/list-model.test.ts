import { beforeEach, describe, expect, it } from 'vitest';
import {
  draftOfText,
  importedDraft,
  keepUnsaved,
  newDraft,
  unsavedOf,
  useUnsaved,
} from '../../../src/renderer/runbooks/editor/drafts';
import { nameIn } from '../../../src/renderer/runbooks/editor/file-names';
import {
  beingWritten,
  belongingWords,
  found,
  sectionsOf,
} from '../../../src/renderer/runbooks/list-model';
import { useRunbookListing } from '../../../src/renderer/runbooks/listing-store';
import type { RunbookListing } from '../../../src/shared/runbooks/listing';
import { entryOf } from './fixtures';

const ours = { folder: '/team/ours', source: 'own' } as const;
const listing: RunbookListing = {
  folders: [
    { path: '/starter', source: 'starter', problem: null },
    { path: '/team/ours', source: 'own', problem: null },
    { path: '/team/empty', source: 'own', problem: null },
    { path: '/gone', source: 'own', problem: 'It cannot be read.' },
  ],
  entries: [
    entryOf('Restart 10'),
    entryOf('Restart 9', {}, { tags: ['ecs'], owner: 'Payments' }),
    entryOf('Look at queues', { ...ours, id: 'ours/look.yaml' }, { tags: ['sqs', 'ecs'] }),
    entryOf('broken', { ...ours, id: 'ours/broken.yaml', runbook: null }),
  ],
};

beforeEach(() => {
  useUnsaved.setState({ unsaved: new Map() });
  useRunbookListing.setState({ listing, failure: null });
});

const titles = (...args: Parameters<typeof sectionsOf>): string[] =>
  sectionsOf(...args).map(({ title, entries }) => `${title}: ${entries.length}`);

describe('what the filter finds', () => {
  it('is all of it by name, numbers as numbers, without a word', () =>
    expect(found(listing.entries, ' ').map(({ name }) => name)).toEqual([
      'broken',
      'Look at queues',
      'Restart 9',
      'Restart 10',
    ]));
  it.each([
    ['payments', ['Restart 9']],
    ['sqs', ['Look at queues']],
    ['restart 10', ['Restart 10']],
    ['zzz', []],
  ])('%s', (filter, names) =>
    expect(found(listing.entries, filter).map(({ name }) => name)).toEqual(names),
  );
});

describe('sections', () => {
  it('are the folders, an empty one and one that cannot be read as well', () => {
    expect(titles(listing, '', 'folder', null)).toEqual([
      'Starter set: 2',
      'ours: 2',
      'empty: 0',
      'gone: 0',
    ]);
    expect(titles(listing, 'look', 'folder', null)).toEqual(['ours: 1', 'gone: 0']);
  });
  it('are the tags, and what has none', () =>
    expect(titles(listing, '', 'tag', null)).toEqual(['ecs: 2', 'sqs: 1', 'Without a tag: 2']));
  it("begin with the alarm's, in the order they fit", () => {
    const ids = ['ours/look.yaml', 'starter/Restart 9.yaml', 'not there'];
    const [first] = sectionsOf(listing, '', 'folder', { alarmName: 'CPU', ids });
    expect(first?.title).toBe('For CPU');
    expect(first?.entries.map(({ name }) => name)).toEqual(['Look at queues', 'Restart 9']);
    expect(titles(listing, 'Restart 10', 'folder', { alarmName: 'CPU', ids })[0]).toBe(
      'Starter set: 1',
    );
  });
  it('say how many alarms fire', () =>
    expect([0, 1, 2].map(belongingWords)).toEqual([
      '',
      'belongs to 1 firing alarm',
      'belongs to 2 firing alarms',
    ]));
});

describe('what is being written', () => {
  const names = (filter = '', of: RunbookListing | null = listing): string[] =>
    beingWritten(useUnsaved.getState().unsaved, of, filter).map(({ name }) => name);
  it('is what was imported, from the start, and a new one once somebody wrote', () => {
    newDraft(listing);
    expect(names()).toEqual([]);
    importedDraft('name: Queue is stuck\n', 'Queue is stuck');
    const fresh = newDraft(listing);
    keepUnsaved(fresh, { ...fresh, text: 'name: "Mine: own"\n' });
    expect(names()).toEqual(['Mine: own', 'Queue is stuck']);
    expect(names('queue-is')).toEqual(['Queue is stuck']);
  });
  it('is a changed one only where its file is not listed', () => {
    const draft = { ...draftOfText('name: Look\n', 'Look'), id: 'ours/look.yaml', replaces: 'x' };
    keepUnsaved(draft, { ...draft, text: 'name: Look twice\n' });
    expect(names()).toEqual([]);
    expect(names('', null)).toEqual([]);
    expect(names('', { ...listing, entries: [] })).toEqual(['Look twice']);
  });
  it('keeps its names to itself: another new one is another', () => {
    const one = newDraft(listing);
    keepUnsaved(one, { ...one, text: 'x', fileName: 'mine.yaml' });
    const other = newDraft(listing);
    expect(other.fileName).not.toBe(one.fileName);
    expect(unsavedOf(other)).toBeUndefined();
    expect(draftOfText('', 'Mine').fileName).toBe('mine-2.yaml');
  });
});

describe('what a text calls itself', () => {
  it.each([
    ['nightdesk: runbook/1\nname: Look # why\n', 'Look'],
    ['name: "A: b"\n', 'A: b'],
    [`name: ${'x'.repeat(5_000)}`, 'x'.repeat(120)],
    ['steps:\n  - name: inner\n', ''],
    ['name: [a, b]\n', ''],
    ['name: "open\n', ''],
    ['name: 12\n', ''],
    ['', ''],
  ])('%j', (text, name) => expect(nameIn(text)).toBe(name));
});
