import { mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { suggestedFileName } from '../../../src/main/dashboards/exports';
import { libraryIn } from './library';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'nightdesk-saving-'));
});
afterEach(() => rm(dir, { recursive: true }));

const dialogs = (path: string | null, asked: string[] = []) => ({
  open: async () => [],
  save: async (name: string) => {
    asked.push(name);
    return path;
  },
});

describe('saving and exporting', () => {
  it('writes where the person said, whole, and lists a dashboard', async () => {
    const asked: string[] = [];
    const path = join(dir, 'mine.json');
    const library = libraryIn(dir, { dialogs: dialogs(path, asked) });
    const entry = await library.saveFile('Night shift', '{"widgets":[]}');
    expect(entry).toMatchObject({ name: 'mine.json', path, source: 'file' });
    expect(asked).toEqual(['Night shift.json']);
    await library.saveFile('Night shift', '{"widgets":[1]}');
    expect(await readFile(path, 'utf8')).toBe('{"widgets":[1]}');
    await library.stop();
    const left = await readdir(dir);
    expect(left.filter((name) => name.endsWith('.new'))).toEqual([]);
  });

  it('answers the last part of an export’s path, and null when the dialog was closed', async () => {
    const path = join(dir, 'cpu.csv');
    const open = libraryIn(dir, { dialogs: dialogs(path) });
    expect(await open.exportFile('CPU, last 3 h', 'time,value\n', 'csv')).toBe('cpu.csv');
    expect(await readFile(path, 'utf8')).toBe('time,value\n');
    await open.stop();
    const closed = libraryIn(dir, { dialogs: dialogs(null) });
    expect(await closed.exportFile('cpu', 'x', 'csv')).toBeNull();
    expect(await closed.saveFile('cpu', '{}')).toBeNull();
    await closed.stop();
  });

  it('writes through a link and says why it cannot write', async () => {
    const target = join(dir, 'target.csv');
    await writeFile(target, 'old');
    await symlink(target, join(dir, 'link.csv'));
    const library = libraryIn(dir, { dialogs: dialogs(join(dir, 'link.csv')) });
    await library.exportFile('a', 'new', 'csv');
    expect(await readFile(target, 'utf8')).toBe('new');
    await library.stop();
    const nowhere = libraryIn(dir, { dialogs: dialogs(join(dir, 'no', 'such', 'a.csv')) });
    await expect(nowhere.exportFile('a', 'new', 'csv')).rejects.toMatchObject({
      failure: { operation: 'files.save', message: expect.stringContaining('a.csv') },
    });
    await nowhere.stop();
  });

  it('suggests decent names only', () => {
    expect(suggestedFileName(' CPU.CSV ', 'csv')).toBe('CPU.csv');
    expect(suggestedFileName('p99 · 5 min', 'json')).toBe('p99 · 5 min.json');
    expect(suggestedFileName('x'.repeat(200), 'csv')).toHaveLength(124);
    const silly = ['', ' ', '..', '.ssh', '../a', 'a/b', 'a\\b', 'C:a', 'con', 'NUL.txt', 'a\nb'];
    for (const name of [...silly, 'a\u202egpj', 'a\0', 'a?b', '"', 'com1.csv']) {
      expect(() => suggestedFileName(name, 'csv'), name).toThrow('not a usable name');
    }
  });
});

describe('dashboards.json', () => {
  it('that is damaged is kept aside and told, and a new one begins', async () => {
    for (const text of ['{"version":1,', '{"version":2}', '[]', '{"__proto__":{"a":1}}']) {
      const problems: string[] = [];
      await writeFile(join(dir, 'dashboards.json'), text);
      const library = libraryIn(dir, { report: (problem) => void problems.push(problem) });
      expect(problems).toHaveLength(1);
      expect(problems[0]).toContain('dashboards.invalid-');
      library.setFavourite('starter|Every-Widget-Kind', true);
      await library.stop();
      const again = libraryIn(dir);
      await expect
        .poll(() => again.list().entries.find(({ favourite }) => favourite)?.id)
        .toBe('starter|Every-Widget-Kind');
      await again.stop();
      const aside = (await readdir(dir)).filter((name) => name.startsWith('dashboards.invalid-'));
      expect(await readFile(join(dir, aside[0] ?? ''), 'utf8')).toBe(text);
      await Promise.all(aside.map((name) => rm(join(dir, name))));
    }
  });

  it('survives that nothing can be written', async () => {
    const problems: string[] = [];
    const library = libraryIn(join(dir, 'missing'), {
      report: (problem) => void problems.push(problem),
    });
    library.setFavourite('starter|Every-Widget-Kind', true);
    await library.stop();
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain('could not be kept');
  });
});
