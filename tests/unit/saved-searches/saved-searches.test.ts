import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SavedSearches } from '../../../src/main/logs/saved-searches/saved-searches';
import type { SavedSearch, SearchDraft } from '../../../src/shared/logs/saved-search';
import { draftOf, groupsFor, searchDraftSchema } from '../../../src/shared/logs/saved-search';

let dir: string;
let told: string[];
let ids = 0;

const open = (): SavedSearches =>
  new SavedSearches({
    dir,
    starterDir: 'resources/searches',
    now: () => 7,
    newId: () => `s${(ids += 1)}`,
    report: (problem) => told.push(problem),
  });

const draft: SearchDraft = {
  kind: 'filter',
  name: 'Refused tokens',
  description: '',
  parameters: [],
  range: { start: '-PT3H', end: null },
  groups: [{ glob: '/ecs/*', connectionId: null }],
  newestFirst: true,
  columns: ['userId'],
  pattern: '"refused"',
  filterText: 'level:warn',
  queryString: null,
};
const own = (list: SavedSearch[]): SavedSearch[] =>
  list.filter(({ source }) => source !== 'starter');

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'nightdesk-searches-'));
  told = [];
  ids = 0;
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

describe('saved searches', () => {
  it('survive a restart, change in place and come back after being deleted', async () => {
    const first = open();
    const heard: number[] = [];
    first.onChange((list) => heard.push(own(list).length));
    const saved = await first.save({ id: null, source: 'own', search: draft });
    expect(saved).toEqual({ ...draft, id: 's1', source: 'own', changedAt: 7 });
    await first.save({ id: 's1', source: 'own', search: { ...draft, name: 'Tokens' } });
    expect(own(await open().list())).toMatchObject([{ id: 's1', name: 'Tokens' }]);
    await first.delete('s1');
    await first.delete('s1');
    expect(own(await open().list())).toEqual([]);
    await first.save({ id: 's1', source: 'own', search: draftOf(saved) });
    expect(own(await open().list())).toEqual([saved]);
    expect(heard).toEqual([1, 1, 0, 0, 1]);
    expect(told).toEqual([]);
  });

  it('keeps each of many that are saved at once', async () => {
    const searches = open();
    await Promise.all(
      Array.from({ length: 30 }, (_, i) =>
        searches.save({ id: null, source: 'own', search: { ...draft, name: `n${i}` } }),
      ),
    );
    expect(new Set(own(await open().list()).map(({ name }) => name)).size).toBe(30);
  });

  it('keeps a damaged file aside and says so', async () => {
    writeFileSync(join(dir, 'searches.json'), '{"version":1,"searches":[{"id":');
    expect(own(await open().list())).toEqual([]);
    expect(told).toEqual([expect.stringContaining('kept as')]);
    expect(readFileSync(join(dir, 'searches.invalid-7.json'), 'utf8')).toContain('"id":');
  });

  it('overwrites nothing that it can neither read nor keep aside, and forgets what was not written', async () => {
    mkdirSync(join(dir, 'searches.json'));
    const searches = open();
    await expect(searches.save({ id: null, source: 'own', search: draft })).rejects.toMatchObject({
      failure: { kind: 'unknown', operation: 'logs.saveSearch' },
    });
    expect(own(await searches.list())).toEqual([]);
    expect(readdirSync(dir)).toEqual(['searches.json']);
  });

  it('ships starters that are valid and ask for something', async () => {
    const starters = (await open().list()).filter(({ source }) => source === 'starter');
    expect(starters.length).toBeGreaterThan(15);
    expect(new Set(starters.map(({ id }) => id)).size).toBe(starters.length);
    for (const starter of starters) {
      expect(searchDraftSchema.parse(draftOf(starter))).toEqual(draftOf(starter));
      expect(starter.groups.length).toBeGreaterThan(0);
    }
  });
});

describe('groups of patterns', () => {
  const known = [
    { connectionId: 'crm', region: 'us-east-1', name: '/ecs/crm/auth' },
    { connectionId: 'crm', region: 'us-east-1', name: '/ecs/crm/core' },
    { connectionId: 'rt', region: 'us-west-1', name: '/ecs/crm/auth' },
  ];

  it('are each named once, within their connection, and say what they do not find', () => {
    const found = groupsFor(
      [
        { glob: '/ecs/*/auth', connectionId: 'rt' },
        { glob: '/ecs/*', connectionId: null },
        { glob: '/gone/*', connectionId: null },
      ],
      known,
    );
    expect(found.refs).toEqual([known[2], known[0], known[1]]);
    expect(found.unmatched).toEqual(['/gone/*']);
  });
});
