import { mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openJournal } from '../../../src/main/store/journal';
import type { FileJournal, JournalFile } from '../../../src/main/store/journal';
import { LockedError } from '../../../src/main/store/process-lock';
import type { JournalEvent } from '../../../src/shared/incidents/journal-events';
import { START, TestClock } from '../incidents/fixtures';

const DAY = 86_400_000;
const note = (text: string): JournalEvent => ({ type: 'noted', alarmKey: 'a', by: 'maria', text });

let dir: string;
let clock: TestClock;
let journal: FileJournal;

const reopen = async (): Promise<FileJournal> => {
  await journal.close();
  journal = await openJournal({ dir, clock });
  return journal;
};
async function texts(): Promise<string[]> {
  const found: string[] = [];
  for await (const { event } of journal.read()) if (event.type === 'noted') found.push(event.text);
  return found;
}
const today = (): string => join(dir, `${new Date(clock.now()).toISOString().slice(0, 10)}.jsonl`);
const copyOf = (path: string): string => path.replace(dir, join(dir, 'copy'));

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'nightdesk-journal-'));
  clock = new TestClock();
  journal = await openJournal({ dir, clock });
});
afterEach(async () => {
  await journal.close();
  await rm(dir, { recursive: true, force: true });
});

describe('the journal', () => {
  it('keeps what it confirmed, in order, across days and restarts, in one chain', async () => {
    await journal.append([note('one'), note('two')]);
    clock.sleep(DAY);
    await journal.append([note('three')]);
    await reopen();
    clock.sleep(DAY);
    const [four] = await journal.append([note('four')]);
    expect(await texts()).toEqual(['one', 'two', 'three', 'four']);
    expect(four?.seq).toBe(4);
    expect((await readdir(dir)).filter((name) => name.endsWith('.jsonl'))).toHaveLength(3);
    expect(journal.problem).toBeNull();
  });

  it('gives appends that wait together one fsync', async () => {
    let syncs = 0;
    await journal.close();
    const counting = async (path: string): Promise<JournalFile> => {
      const file = await open(path, 'a');
      return {
        appendFile: (data) => file.appendFile(data),
        datasync: () => {
          syncs += 1;
          return file.datasync();
        },
        truncate: (length) => file.truncate(length),
        stat: () => file.stat(),
        close: () => file.close(),
      };
    };
    journal = await openJournal({ dir, clock, openFile: counting });
    const all = Array.from({ length: 1_000 }, (_, n) => journal.append([note(`${n}`)]));
    await Promise.all(all);
    expect(await texts()).toHaveLength(1_000);
    expect(syncs).toBeLessThanOrEqual(2);
  });

  it('moves a line torn by a crash to a side file and goes on', async () => {
    await journal.append([note('whole')]);
    await journal.close();
    const torn = '{"hash":"0123';
    await writeFile(today(), torn, { flag: 'a' });
    journal = await openJournal({ dir, clock });
    const side = (await readdir(dir)).find((name) => name.includes('.torn-'));
    expect(await readFile(join(dir, side ?? ''), 'utf8')).toBe(torn);
    expect(journal.notes.join()).toContain(side);
    await journal.append([note('after')]);
    expect(await texts()).toEqual(['whole', 'after']);
    expect(journal.problem).toBeNull();
  });

  it('finds any changed byte, names file and line, and reads the entry from the copy', async () => {
    await journal.append([note('first'), note('second'), note('third')]);
    await journal.close();
    const bytes = await readFile(today());
    for (let at = 0; at < bytes.length - 1; at += 7) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ 0x01;
      await writeFile(today(), changed);
      journal = await openJournal({ dir, clock });
      const read = await texts();
      expect(journal.problem, `byte ${at}`).toContain(today().slice(dir.length + 1));
      expect(read, `byte ${at}`).toEqual(['first', 'second', 'third']);
      await journal.close();
    }
    await writeFile(today(), bytes);
    journal = await openJournal({ dir, clock });
    expect(await texts()).toHaveLength(3);
    expect(journal.problem).toBeNull();
  });

  it('says so when an entry is gone from the file and from the copy', async () => {
    await journal.append([note('first'), note('second'), note('third')]);
    await journal.close();
    const lines = (await readFile(today(), 'utf8')).split('\n');
    const without = [lines[0], ...lines.slice(2)].join('\n');
    await writeFile(today(), without);
    await writeFile(copyOf(today()), without);
    journal = await openJournal({ dir, clock });
    expect(await texts()).toEqual(['first', 'third']);
    expect(journal.problem).toContain('missing');
  });

  it.each([0, 0.5, 0.9])(
    'loses nothing when the file is truncated to %f of its length (R9)',
    async (part) => {
      const written = Array.from({ length: 50 }, (_, n) => `${n}`);
      await journal.append(written.map(note));
      await journal.close();
      const { size } = await stat(today());
      await truncate(today(), Math.floor(size * part));
      journal = await openJournal({ dir, clock });
      expect(journal.problem).toContain('restored from its copy');
      expect(await texts()).toEqual(written);
      await journal.append([note('after')]);
      await reopen();
      expect(await texts()).toEqual([...written, 'after']);
      expect(journal.problem).toBeNull();
    },
  );

  it('refuses what does not fit on a full disk, keeps what it confirmed, and recovers (R9)', async () => {
    await journal.append([note('before')]);
    await journal.close();
    let full = true;
    const openFile = async (path: string): Promise<JournalFile> => {
      const file = await open(path, 'a');
      const refuse = async (data: string): Promise<void> => {
        // As a file system does: some of it is written before there is no space left.
        await file.appendFile(data.slice(0, 40));
        throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
      };
      return {
        appendFile: (data) => (full ? refuse(data) : file.appendFile(data)),
        datasync: () => file.datasync(),
        truncate: (length) => file.truncate(length),
        stat: () => file.stat(),
        close: () => file.close(),
      };
    };
    journal = await openJournal({ dir, clock, openFile });
    await expect(journal.append([note('lost')])).rejects.toThrow('no space left');
    expect(journal.problem).toContain('disk is full');
    expect(await texts()).toEqual(['before']);
    full = false;
    await journal.append([note('again')]);
    expect(journal.problem).toBeNull();
    await reopen();
    expect(await texts()).toEqual(['before', 'again']);
    expect(journal.notes).toEqual([]);
  });

  it('belongs to one process; a lock left behind by a dead one is taken over at once', async () => {
    await expect(openJournal({ dir, clock })).rejects.toBeInstanceOf(LockedError);
    await journal.close();
    // Beyond the kernel's highest process id: nobody.
    await writeFile(join(dir, 'lock'), JSON.stringify({ pid: 4_194_305, started: '1' }));
    journal = await openJournal({ dir, clock });
    await reopen();
    await journal.close();
    await writeFile(join(dir, 'lock'), JSON.stringify({ pid: process.pid, started: 'other' }));
    journal = await openJournal({ dir, clock });
    await journal.append([note('x')]);
  });

  it('keeps 90 days', async () => {
    await journal.append([note('old')]);
    clock.sleep(60 * DAY);
    await journal.append([note('middle')]);
    clock.sleep(60 * DAY);
    await reopen();
    await journal.append([note('new')]);
    expect(await texts()).toEqual(['middle', 'new']);
    expect(journal.problem).toBeNull();
  });

  it('replays 20,000 entries within seconds', async () => {
    await journal.append(Array.from({ length: 20_000 }, (_, n) => note(`${n}`)));
    const began = performance.now();
    expect(await texts()).toHaveLength(20_000);
    expect(performance.now() - began).toBeLessThan(5_000);
  });

  it('does not go back to a finished day when the clock is set back', async () => {
    await journal.append([note('one')]);
    clock.sleep(-2 * DAY);
    await journal.append([note('two')]);
    expect(await texts()).toEqual(['one', 'two']);
    expect(clock.now()).toBe(START - 2 * DAY);
  });
});
