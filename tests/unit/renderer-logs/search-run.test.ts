/** The window's side of a search: which of an answer and a push is newer is not known by which came last. */
import { beforeEach, expect, it, vi } from 'vitest';
import {
  leaveSearch,
  startSearch,
  takeProgress,
  useSearch,
} from '../../../src/renderer/logs/search/search-run';
import type { SearchProgress } from '../../../src/shared/logs/search';

const group = { connectionId: 'c', region: 'eu-west-1', name: '/app' };

const progress = (searchId: string, phase: SearchProgress['phase']): SearchProgress => ({
  searchId,
  phase,
  groups: [],
  events: phase === 'done' ? 12 : 0,
  startedAt: 1,
  endedAt: phase === 'done' ? 2 : null,
});

/** Main's answer is told by the test, at its own time. */
let answer: (value: SearchProgress) => void = () => undefined;

beforeEach(() => {
  leaveSearch();
  vi.stubGlobal('window', {
    nightdesk: {
      request: (name: string) =>
        name === 'logs.search'
          ? new Promise((done) => {
              answer = (value) => done({ ok: true, value });
            })
          : Promise.resolve({ ok: true, value: true }),
      on: () => () => undefined,
    },
  });
});

const shown = () => useSearch.getState().run;

it('keeps an end that was pushed before the answer to its start came', async () => {
  const started = startSearch({ groups: [group], startMs: 1, endMs: 2 });
  const searchId = shown()?.search.searchId ?? '';
  takeProgress(progress(searchId, 'done'));
  answer(progress(searchId, 'searching'));
  await started;
  expect(shown()?.progress).toMatchObject({ phase: 'done', events: 12 });
  expect(shown()?.opened).toBe(1);
});

it('begins with the answer where nothing was pushed, and goes on with what is', async () => {
  const started = startSearch({ groups: [group], startMs: 1, endMs: 2 });
  const searchId = shown()?.search.searchId ?? '';
  answer(progress(searchId, 'searching'));
  await started;
  expect(shown()?.progress?.phase).toBe('searching');
  takeProgress(progress(searchId, 'done'));
  expect(shown()?.progress?.phase).toBe('done');
});
