import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rename, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DashboardLibrary } from '../../../src/main/dashboards/dashboard-library';
import type { DashboardLibraryParts } from '../../../src/main/dashboards/dashboard-library';
import { systemClock } from '../../../src/shared/clock';
import type { DashboardEntry } from '../../../src/shared/dashboards/listing';
import { libraryIn, never, starterDir } from './library';

const BODY = '{"widgets":[]}';
let dir: string;
let files: string;
let library: DashboardLibrary;
let changed: string[];
let problems: string[];

function start(change: Partial<DashboardLibraryParts> = {}): DashboardLibrary {
  changed = [];
  problems = [];
  library = libraryIn(join(dir, 'state'), { report: (p) => void problems.push(p), ...change });
  library.onFileChanged((id) => void changed.push(id));
  return library;
}
/** Looks fifty times a second instead of once. */
const fast = { clock: { ...systemClock, after: fastAfter } };
function fastAfter(ms: number, task: () => void): () => void {
  return systemClock.after(ms / 50, task);
}
const fileOf = (path: string): DashboardEntry | undefined =>
  library.list().entries.find((entry) => entry.path === path);

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'nightdesk-library-'));
  files = join(dir, 'files');
  await mkdir(join(dir, 'state'));
  await mkdir(files);
  start();
});
afterEach(async () => {
  await library.stop();
  await rm(dir, { recursive: true });
});

async function put(name: string, content: string | Buffer): Promise<string> {
  const path = join(files, name);
  await writeFile(path, content);
  return path;
}

describe('dashboard files', () => {
  it('are listed, opened and remembered with what was picked for them', async () => {
    const path = await put('night.json', BODY);
    const entry = await library.addFile(path);
    expect(entry).toMatchObject({ source: 'file', name: 'night.json', path, sizeBytes: 14 });
    expect(entry.id).not.toContain(files);
    library.setFavourite(entry.id, true);
    library.keepValues(entry.id, { service: 'auth' });
    const opened = await library.open(entry.id, never());
    expect(opened).toMatchObject({ text: BODY, fileName: 'night.json', failure: null });
    expect(opened.values).toEqual({ service: 'auth' });
    await library.stop();
    start();
    await expect.poll(() => fileOf(path)?.sizeBytes).toBe(14);
    expect(fileOf(path)).toMatchObject({ favourite: true, id: entry.id });
    expect((await library.open(entry.id, never())).values).toEqual({ service: 'auth' });
    library.forget(entry.id);
    expect(fileOf(path)).toBeUndefined();
    await expect(library.open(entry.id, never())).rejects.toThrow('not on the list');
  });

  it('stay on the list when they are missing, and say so', async () => {
    const path = await put('gone.yaml', 'Resources: {}');
    const { id } = await library.addFile(path);
    await rm(path);
    library.refresh();
    await expect.poll(() => fileOf(path)?.sizeBytes).toBeNull();
    await expect(library.open(id, never())).rejects.toMatchObject({
      failure: { kind: 'not-found', message: 'gone.yaml is no longer where it was.' },
    });
    await put('gone.yaml', 'Resources: {}\n');
    expect((await library.open(id, never())).text).toBe('Resources: {}\n');
    await expect(library.addFile(join(files, 'never.json'))).rejects.toThrow('no longer where');
  });

  it('are at most fifty, the newest first', async () => {
    for (let index = 0; index < 53; index += 1) {
      await library.addFile(await put(`d${index}.json`, BODY));
    }
    await library.addFile(join(files, 'd20.json'));
    const names = library
      .list()
      .entries.filter(({ source }) => source === 'file')
      .map(({ name }) => name);
    expect(names).toHaveLength(50);
    expect(names.slice(0, 2)).toEqual(['d20.json', 'd52.json']);
  });

  it('are refused in a sentence when they are something else', async () => {
    const refused = async (path: string, sentence: string): Promise<void> => {
      const { id } = await library.addFile(path).catch((error: unknown) => {
        expect(String(error)).toContain(sentence);
        return { id: null };
      });
      if (id !== null) await expect(library.open(id, never())).rejects.toThrow(sentence);
    };
    await refused(await put('shadow', 'root'), 'not a dashboard or template by its name');
    await refused('relative.json', 'not the full path');
    await refused(`${files}/a\0.json`, 'not the full path');
    await mkdir(join(files, 'folder.json'));
    await refused(join(files, 'folder.json'), 'is not a file');
    await symlink('/dev/zero', join(files, 'zero.json'));
    await refused(join(files, 'zero.json'), 'zero is not a dashboard');
    await put('secret.pem', 'key');
    await symlink(join(files, 'secret.pem'), join(files, 'innocent.json'));
    await refused(join(files, 'innocent.json'), 'secret.pem is not a dashboard');
    execFileSync('mkfifo', [join(files, 'pipe.json')]);
    await refused(join(files, 'pipe.json'), 'is not a file');
    await refused(await put('huge.json', 'x'.repeat(5_000_001)), 'more than 5 million characters');
    await refused(await put('vast.json', 'x'.repeat(20_000_001)), 'more than 5 million characters');
    await refused(
      await put('binary.json', Buffer.from([0x7b, 0xff, 0xfe, 0x80])),
      'UTF-8 or UTF-16',
    );
    await refused(await put('nul.json', '{"a":"\0"}'), 'not a text file');
  });

  it('follow a link to a dashboard, and are one whatever they are called by', async () => {
    const path = await put('real.json', BODY);
    await symlink(path, join(files, 'link.json'));
    const [first, second] = [
      await library.addFile(path),
      await library.addFile(join(files, 'link.json')),
    ];
    expect(second).toEqual(first);
    // What takes the place of a listed file is checked again when it is opened.
    await rm(path);
    await put('target', 'not for opening');
    await symlink(join(files, 'target'), path);
    await expect(library.open(first.id, never())).rejects.toThrow('target is not a dashboard');
  });

  it('may be UTF-8 or UTF-16 with their mark', async () => {
    const text = '{"title":"Überblick 🌙"}';
    const utf16 = Buffer.from(`\ufeff${text}`, 'utf16le');
    const swapped = Buffer.from(utf16).swap16();
    const all = { 'a.json': `\ufeff${text}`, 'b.json': utf16, 'c.json': swapped, 'd.json': text };
    for (const [name, content] of Object.entries(all)) {
      const { id } = await library.addFile(await put(name, content));
      expect((await library.open(id, never())).text).toBe(text);
    }
  });
});

describe('an open file', () => {
  it('that is saved is told of once, also when the editor renames over it', async () => {
    await library.stop();
    start(fast);
    const path = await put('watched.json', BODY);
    const { id } = await library.addFile(path);
    await library.open(id, never());
    await writeFile(path, '{"widgets":[1]}');
    await expect.poll(() => changed).toEqual([id]);
    await rename(await put('.watched.json.swp', '{"widgets":[2]}'), path);
    await expect.poll(() => changed).toEqual([id, id]);
    expect((await library.open(id, never())).text).toBe('{"widgets":[2]}');
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(changed).toHaveLength(2);
  });

  it('that vanishes is shown as missing and told of when it comes back', async () => {
    await library.stop();
    start(fast);
    const listed: (number | null | undefined)[] = [];
    const path = await put('watched.json', BODY);
    library.onListing(({ entries }) =>
      listed.push(entries.find((entry) => entry.path === path)?.sizeBytes),
    );
    const { id } = await library.addFile(path);
    await library.open(id, never());
    await rename(files, join(dir, 'elsewhere'));
    await expect.poll(() => listed.at(-1)).toBeNull();
    expect(changed).toEqual([]);
    await mkdir(files);
    await put('watched.json', '{"widgets":[3]}');
    await expect.poll(() => changed).toEqual([id]);
    expect(listed.at(-1)).toBe(15);
  });

  it('that is being written is told of when the writing is over', async () => {
    await library.stop();
    start(fast);
    const path = await put('slow.json', BODY);
    const { id } = await library.addFile(path);
    await library.open(id, never());
    for (let part = 0; part < 15; part += 1) {
      await writeFile(path, 'x'.repeat(part + 1));
      await utimes(path, new Date(), new Date(Date.now() + part));
      await new Promise((resolve) => setTimeout(resolve, 8));
    }
    await expect.poll(() => changed).toEqual([id]);
  });
});

describe('starters', () => {
  it('are listed and opened by name', async () => {
    await expect
      .poll(() => library.list().entries.map(({ name }) => name))
      .toEqual([
        'CRM System Overview (Grafana)',
        'crm-monitoring',
        'CRM-Operational-Dashboard',
        'Every-Widget-Kind',
        'RealTechee-Production-Monitoring',
      ]);
    const opened = await library.open('starter|crm-monitoring', never());
    expect(opened.fileName).toBe('crm-monitoring.yaml');
    expect(opened.text).toContain('AWS::CloudWatch::Alarm');
    for (const id of ['starter|../../package', 'starter|nobody', 'file|0', 'x', 'starter|a|b']) {
      await expect(library.open(id, never())).rejects.toMatchObject({
        failure: { kind: 'not-found' },
      });
    }
    expect(starterDir).toContain('resources');
    expect(problems).toEqual([]);
  });
});
