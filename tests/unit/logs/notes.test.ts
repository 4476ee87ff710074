import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { NoteBook } from '../../../src/main/logs/notes/note-book';
import { noteEventKey, noteExcerpt } from '../../../src/shared/logs/notes';
import type { SaveLogNote } from '../../../src/shared/logs/notes';

let dir: string;
let told: string[];
let now = 1_000;
let ids = 0;

const book = (): NoteBook =>
  new NoteBook({
    dir,
    now: () => now,
    newId: () => `n${(ids += 1)}`,
    report: (problem) => told.push(problem),
  });

const event: SaveLogNote = {
  connectionId: 'crm',
  region: 'us-east-1',
  group: '/ecs/crm/auth',
  stream: 's/1',
  timestamp: 5_000,
  eventId: null,
  excerpt: '{"level":"error"}',
  text: 'the first of them',
  bookmarked: true,
};

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'nightdesk-notes-'));
  told = [];
  now = 1_000;
  ids = 0;
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

describe('notes on logs', () => {
  it('survive a restart, change and go', async () => {
    const first = book();
    const saved = await first.save(event);
    expect(saved).toEqual({ ...event, id: 'n1', createdAt: 1_000, changedAt: 1_000 });
    now = 2_000;
    const changed = await first.save({ ...event, id: saved.id, text: 'the cause' });
    expect(changed).toMatchObject({
      id: 'n1',
      text: 'the cause',
      createdAt: 1_000,
      changedAt: 2_000,
    });
    await first.save({ ...event, timestamp: 6_000, text: '' });
    const again = book();
    expect(again.list().map(({ id, text }) => [id, text])).toEqual([
      ['n1', 'the cause'],
      ['n2', ''],
    ]);
    await again.delete('n1');
    await again.delete('n1');
    expect(book().list()).toHaveLength(1);
    expect(told).toEqual([]);
    await expect(again.save({ ...event, id: 'n1' })).rejects.toMatchObject({
      failure: { kind: 'not-found' },
    });
  });

  it('keeps every note of many saved at once', async () => {
    const notes = book();
    await Promise.all(
      Array.from({ length: 40 }, (_, i) => notes.save({ ...event, timestamp: i, text: `t${i}` })),
    );
    expect(
      new Set(
        book()
          .list()
          .map(({ text }) => text),
      ).size,
    ).toBe(40);
  });

  it('puts a damaged file aside with a word and begins anew', async () => {
    writeFileSync(join(dir, 'log-notes.json'), '{"version":1,"notes":[{"id":');
    const notes = book();
    expect(notes.list()).toEqual([]);
    expect(told[0]).toContain('kept as');
    await notes.save(event);
    expect(readFileSync(join(dir, 'log-notes.invalid-1000.json'), 'utf8')).toContain('{"id":');
    expect(book().list()).toHaveLength(1);
  });

  it('says when the disk refuses, keeps what it had, and leaves no half file', async () => {
    const notes = book();
    await notes.save(event);
    rmSync(dir, { recursive: true });
    await expect(notes.save({ ...event, text: 'lost' })).rejects.toMatchObject({
      failure: { kind: 'unknown', message: expect.stringContaining('could not be written') },
    });
    expect(notes.list().map(({ text }) => text)).toEqual([event.text]);
    await expect(notes.delete('n1')).rejects.toThrow();
    expect(notes.list()).toHaveLength(1);
  });

  it('writes nothing over a file that it can neither read nor keep aside', async () => {
    const path = join(dir, 'log-notes.json');
    // A folder in the file's place: not readable as a file, by root either.
    mkdirSync(path);
    const notes = book();
    expect(told[0]).toContain('cannot be read');
    await expect(notes.save(event)).rejects.toMatchObject({ failure: { kind: 'unknown' } });
    expect(readdirSync(dir)).toEqual(['log-notes.json']);
  });

  it('cuts excerpts at whole characters and tells events apart', () => {
    const line = `${'a'.repeat(499)}😀tail`;
    expect(noteExcerpt(line)).toBe('a'.repeat(499));
    expect(noteExcerpt('short')).toBe('short');
    expect(noteEventKey(event)).not.toBe(noteEventKey({ ...event, timestamp: 5_001 }));
  });
});
