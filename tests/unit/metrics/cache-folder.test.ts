import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { decodeEntry, encodeEntry } from '../../../src/main/metrics/cache-file';
import { CacheFolder } from '../../../src/main/metrics/cache-folder';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'nightdesk-cache-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

const never = (problem: string): void => {
  throw new Error(problem);
};

it('stays under its bound; what was not used longest goes', async () => {
  const folder = new CacheFolder(dir, 'series', 1_000, never);
  await folder.write('kept', Buffer.alloc(300, 1));
  for (let n = 0; n < 5; n += 1) {
    await new Promise((resolve) => setTimeout(resolve, 3));
    expect(await folder.read('kept')).toHaveLength(300);
    await folder.write(`other ${n}`, Buffer.alloc(300, 2));
  }
  expect(await folder.read('kept')).toHaveLength(300);
  expect(await folder.read('other 0')).toBeNull();
  expect((await readdir(dir)).length).toBeLessThanOrEqual(3);
  // A new run finds the same, and clears what a killed one left half written.
  await writeFile(join(dir, 'x.series.1.1.tmp'), 'half');
  const again = new CacheFolder(dir, 'series', 1_000, never);
  expect(await again.read('kept')).toHaveLength(300);
  expect((await readdir(dir)).some((name) => name.endsWith('.tmp'))).toBe(false);
});

it('reads an entry back as it was, and refuses any file that is not one', () => {
  const entry = {
    segments: [
      {
        fromMs: 0,
        toMs: 900_000,
        askedAt: 1_000_000,
        settledMs: 300_000,
        messages: ['a word'],
        lines: [
          {
            label: 'ünïcode',
            startMs: 0,
            periodMs: 300_000,
            values: Float64Array.of(1, Number.NaN, -2.5),
            status: 'partial' as const,
            messages: [],
          },
        ],
      },
    ],
    failure: null,
    attemptedAt: 0,
  };
  const file = encodeEntry('key', entry);
  expect(decodeEntry('key', file)).toEqual(entry);
  expect(decodeEntry('another', file)).toBeNull();
  for (let length = 0; length < file.length; length += 7) {
    expect(() => decodeEntry('key', file.subarray(0, length))).toThrow();
  }
  for (let at = 0; at < file.length; at += 1) {
    const damaged = Buffer.from(file);
    damaged[at] = (damaged[at] ?? 0) ^ 1;
    expect(() => decodeEntry('key', damaged)).toThrow();
  }
});
