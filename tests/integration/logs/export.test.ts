import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { open as openHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CRM_ACCOUNT, REALTECHEE_ACCOUNT, startDemo } from '../../../src/demo';
import type { DemoAws } from '../../../src/demo';
import type { LogExportsParts } from '../../../src/main/logs/export/log-exports';
import { FileExports } from '../../../src/main/logs/export/log-exports';
import { Searches } from '../../../src/main/logs/search/searches';
import { systemClock } from '../../../src/shared/clock';
import type { ExportFormat } from '../../../src/shared/logs/engine-protocol';
import type { ExportProgress, LogExport } from '../../../src/shared/logs/export';
import type { LogSearch } from '../../../src/shared/logs/search';
import { demoConnection } from '../../support/alarm-service';
import { localEngine } from './local-engine';
import type { LocalEngine } from './local-engine';
import { openSessions, until } from './sessions';
import type { LogSessions } from './sessions';

const MINUTE = 60_000;
const AUTH = '/ecs/crm/auth';
const CORE = '/ecs/crm/crm-core';
const AMPLIFY = '/aws/amplify/RealTechee-Gen2';
const crm = { connectionId: 'crm', region: 'us-east-1', groups: [AUTH, CORE] };
const rt = { connectionId: 'rt', region: 'us-west-1', groups: [AMPLIFY] };

let demo: DemoAws;
let sessions: LogSessions;
let local: LocalEngine;
let dir: string;
let told: ExportProgress[];
let problems: string[];
let endMs: number;
let target: string | null;
const made: FileExports[] = [];

function exporter(change: Partial<LogExportsParts> = {}): FileExports {
  const exports = new FileExports({
    apiOf: sessions.apiOf,
    engine: local.engine,
    askPath: async () => target,
    clock: systemClock,
    stateDir: join(dir, 'state'),
    report: (problem) => void problems.push(problem),
    ...change,
  });
  exports.onProgress((progress) => void told.push(progress));
  made.push(exports);
  return exports;
}

async function open(logsPerMinute = 600): Promise<void> {
  demo = await startDemo({ evaluateEveryMs: Infinity, logsPerMinute });
  sessions = openSessions([
    demoConnection(demo.endpoint, { id: 'crm', regions: ['us-east-1'] }),
    demoConnection(demo.endpoint, { id: 'rt', regions: ['us-west-1'] }),
  ]);
  endMs = Math.floor(demo.now() / MINUTE) * MINUTE - 10 * MINUTE;
}

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'nightdesk-export-'));
  mkdirSync(join(dir, 'state'));
  mkdirSync(join(dir, 'out'));
  target = join(dir, 'out', 'found.ndjson');
  told = [];
  problems = [];
  local = localEngine();
});
afterEach(async () => {
  for (const exports of made.splice(0)) await exports.stopAll();
  sessions.stop();
  local.stop();
  await demo.stop();
  rmSync(dir, { recursive: true, force: true });
});

const search = (change: Partial<LogSearch> = {}): LogSearch => ({
  searchId: 's1',
  targets: [crm, rt],
  startMs: endMs - 30 * MINUTE,
  endMs,
  pattern: '',
  newestFirst: false,
  maxEvents: 100,
  ...change,
});
const order = (
  of: LogSearch,
  format: ExportFormat = 'ndjson',
  columns: string[] = [],
): LogExport => ({
  exportId: 'e1',
  what: { kind: 'search', search: of },
  format,
  columns,
});
const ended = (phase: ExportProgress['phase'] = 'done') =>
  until(
    () => told.at(-1),
    (progress) => progress?.phase === phase,
  );
const text = (path = target): string => readFileSync(path ?? '', 'utf8');
const files = (): string[] => readdirSync(join(dir, 'out')).sort();

/** What the demo makes, read from its own store. */
function expected({ startMs, endMs: to, targets }: LogSearch): string[] {
  const all: string[] = [];
  for (const { connectionId, region, groups } of targets) {
    const account = connectionId === 'crm' ? CRM_ACCOUNT : REALTECHEE_ACCOUNT;
    for (const name of groups) {
      const group = demo.world.region(account, region).logs.groups.get(name);
      for (let at = Math.floor(startMs / MINUTE) * MINUTE; at <= to; at += MINUTE) {
        for (const { timestamp, message } of group?.minute(at, demo.now()) ?? []) {
          if (timestamp < startMs || timestamp > to) continue;
          all.push(JSON.stringify([timestamp, name, message]));
        }
      }
    }
  }
  return all.sort();
}
interface Line {
  timestamp: number;
  logGroup: string;
  message: string;
}
const linesOf = (ndjson: string): Line[] =>
  ndjson
    .trimEnd()
    .split('\n')
    .map((line): Line => JSON.parse(line));
const asExpected = (lines: readonly Line[]): string[] =>
  lines
    .map(({ timestamp, logGroup, message }) => JSON.stringify([timestamp, logGroup, message]))
    .sort();

/** Puts events of our own into a group of the demo. */
function put(messages: readonly string[]): LogSearch {
  const { logs } = demo.world.region(CRM_ACCOUNT, 'us-east-1');
  const group = logs.add({ name: '/test/put', createdAt: demo.now() - 60 * MINUTE });
  const stream = group.addStream('=cmd|calc', demo.now() - 60 * MINUTE);
  const records = messages.map((message, i) => ({ timestamp: endMs - 1_000 + i, message }));
  group.append(stream, records, demo.now());
  return search({ targets: [{ ...crm, groups: ['/test/put'] }] });
}

describe('export of everything found', () => {
  it.each([true, false])(
    'writes all of a range over two accounts by time (newest first: %s)',
    async (newestFirst) => {
      await open();
      const asked = search({ newestFirst });
      const first = await exporter().start(order(asked));
      expect(first).toMatchObject({ phase: 'running', path: target, kind: 'search' });
      const progress = await ended();
      const lines = linesOf(text());
      expect(asExpected(lines)).toEqual(expected(asked));
      const times = lines.map(({ timestamp }) => timestamp);
      expect(times).toEqual(times.toSorted((a, b) => (newestFirst ? b - a : a - b)));
      expect(progress).toMatchObject({
        rows: lines.length,
        bytes: Buffer.byteLength(text()),
        fraction: 1,
        leftOut: [],
        resumable: false,
      });
      expect(files()).toEqual(['found.ndjson']);
    },
  );

  it('goes on after a stop and after a restart to the very same bytes', async () => {
    await open(3_000);
    const asked = search({ endMs, startMs: endMs - 20 * MINUTE });
    await exporter().start(order(asked));
    await ended();
    const whole = text();
    rmSync(target ?? '');
    told = [];

    const first = exporter({ stateDir: join(dir, 'state') });
    await first.start({ ...order(asked), exportId: 'e2' });
    await until(
      () => told.at(-1),
      (progress) => (progress?.rows ?? 0) > 0,
    );
    const before = performance.now();
    await first.stop('e2');
    expect(performance.now() - before).toBeLessThan(500);
    const stopped = told.at(-1);
    expect(stopped).toMatchObject({ phase: 'stopped', resumable: true, failure: null });
    expect(stopped?.fraction).toBeLessThan(1);
    expect(files()).toEqual(['.found.ndjson.e2.part', '.found.ndjson.e2.part.json']);
    // What was cut off in the middle of a line is thrown away.
    writeFileSync(join(dir, 'out', '.found.ndjson.e2.part'), '{"half', { flag: 'a' });

    const next = exporter();
    expect(await next.list()).toMatchObject([
      { exportId: 'e2', phase: 'stopped', path: target, resumable: true, rows: stopped?.rows },
    ]);
    told = [];
    expect(await next.resume('e2')).toBe(true);
    expect(await next.resume('e2')).toBe(true);
    const done = await ended();
    expect(text()).toBe(whole);
    expect(done?.rows).toBe(linesOf(whole).length);
    expect(files()).toEqual(['found.ndjson']);
    expect(await exporter().list()).toEqual([]);
    expect(await next.resume('other')).toBe(false);
  });

  it('fails in words when AWS does, and goes on to the very same bytes', async () => {
    await open();
    const asked = search();
    await exporter().start(order(asked));
    await ended();
    const whole = text();
    rmSync(target ?? '');
    told = [];
    const exports = exporter();
    demo.faults.set({
      fault: { kind: 'expired-token' },
      operation: 'FilterLogEvents',
      region: 'us-west-1',
    });
    await exports.start({ ...order(asked), exportId: 'e2' });
    const failed = await ended('failed');
    expect(failed?.failure?.kind).toBe('credentials-expired');
    expect(failed).toMatchObject({ resumable: true, rows: 0 });
    demo.faults.clear();
    await exports.resume('e2');
    await ended();
    expect(text()).toBe(whole);
  });

  it('leaves out groups that are denied or gone, and says which', async () => {
    await open();
    demo.faults.set({
      fault: { kind: 'access-denied' },
      operation: 'FilterLogEvents',
      region: 'us-west-1',
    });
    const gone = { ...crm, groups: [AUTH, '/gone'] };
    const asked = search({ targets: [gone, rt] });
    await exporter().start(order(asked));
    const progress = await ended();
    expect(progress?.leftOut.map(({ group }) => group).sort()).toEqual([AMPLIFY, '/gone']);
    expect(progress?.leftOut.every(({ reason }) => reason !== '')).toBe(true);
    expect(asExpected(linesOf(text()))).toEqual(
      expected({ ...asked, targets: [{ ...crm, groups: [AUTH] }] }),
    );
  });

  it('is no file where none of its groups can be read', async () => {
    await open();
    const exports = exporter();
    await exports.start(order(search({ targets: [{ ...crm, groups: ['/gone'] }] })));
    const progress = await ended('failed');
    expect(progress?.failure?.message).toContain('None of the log groups');
    await exports.discard('e1');
    expect(files()).toEqual([]);
    expect(await exports.list()).toEqual([]);
  });

  it('counts throttles and survives doubled and reversed answers', async () => {
    await open();
    const operation = 'FilterLogEvents';
    demo.faults.set({ fault: { kind: 'duplicate' }, operation });
    demo.faults.set({ fault: { kind: 'reorder' }, operation });
    demo.faults.set({ fault: { kind: 'throttle', perSecond: 0 }, operation, times: 2 });
    const asked = search();
    await exporter().start(order(asked));
    const progress = await ended();
    expect(progress?.throttles).toBe(2);
    expect(asExpected(linesOf(text()))).toEqual(expected(asked));
  });

  it('holds a little of a week at a time', async () => {
    await open(60);
    const asked = search({
      startMs: endMs - 7 * 24 * 60 * MINUTE,
      targets: [{ ...crm, groups: [AUTH] }],
    });
    await exporter().start(order(asked, 'text'));
    await until(
      () => told.at(-1),
      (progress) => progress?.phase === 'done',
    );
    const slices = new Set(told.map(({ fraction }) => fraction));
    expect(slices.size).toBeGreaterThan(5);
    expect(text().trimEnd().split('\n').length).toBeGreaterThanOrEqual(
      told.at(-1)?.rows ?? Infinity,
    );
    expect(told.at(-1)?.rows).toBe(expected(asked).length);
  });

  it('keeps spreadsheets from running what a log says', async () => {
    await open();
    const payloads = [
      "=cmd|'/c calc'!A1",
      '+1+1',
      '-2+3',
      '@SUM(A1)',
      '\tTAB',
      'a,"b"\nc',
      '{"note":"=HYPERLINK(\\"http://x\\")","n":-5,"deep":{"a":"@x"}}',
    ];
    target = join(dir, 'out', 'found.csv');
    await exporter().start(order(put(payloads), 'csv', ['note', 'n', 'deep.a', '=bad']));
    await ended();
    const csv = text();
    expect(csv.startsWith("time,region,group,stream,note,n,deep.a,'=bad,message\r\n")).toBe(true);
    const cells = csv.split(/\r\n/).flatMap((line) => line.split(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/));
    for (const cell of cells) expect(cell).not.toMatch(/^"?[=+\-@\t\r]/);
    expect(csv).toContain("'=cmd|'/c calc'!A1");
    expect(csv).toContain('"a,""b""\nc"');
    expect(csv).toContain("'=cmd|calc");
    expect(csv).toContain("'-5");
    expect(csv).toContain("'@x");
  });

  it('says that the disk is full, keeps what is written for good, and goes on when there is room', async () => {
    await open(3_000);
    let room = 2_000_000;
    const exports = exporter({
      async openFile(path, flags, mode) {
        const handle = await openHandle(path, flags, mode);
        const write = handle.write.bind(handle);
        Reflect.set(handle, 'write', (bytes: Buffer, from: number, length: number, at: number) => {
          if (at + length > room) {
            return Promise.reject(Object.assign(new Error('no space left'), { code: 'ENOSPC' }));
          }
          return write(bytes, from, length, at);
        });
        return handle;
      },
    });
    const asked = search();
    await exports.start(order(asked));
    const full = await ended('failed');
    expect(full?.failure?.message).toMatch(/disk .* is full/);
    expect(full?.resumable).toBe(true);
    expect(files()).not.toContain('found.ndjson');
    room = Infinity;
    await exports.resume('e1');
    await ended();
    expect(asExpected(linesOf(text()))).toEqual(expected(asked));
  });

  it('says that a folder is gone, and that what is unfinished was cut', async () => {
    await open();
    target = join(dir, 'nowhere', 'found.ndjson');
    const exports = exporter();
    await exports.start(order(search()));
    const failed = await ended('failed');
    expect(failed?.failure?.message).toContain('is gone');
    expect(failed?.resumable).toBe(false);

    target = join(dir, 'out', 'found.ndjson');
    demo.faults.set({ fault: { kind: 'latency', ms: 400 }, operation: 'FilterLogEvents' });
    told = [];
    await exports.start({ ...order(search()), exportId: 'e2' });
    await until(
      () => told.at(-1),
      (progress) => (progress?.rows ?? 0) > 0,
    );
    await exports.stop('e2');
    truncateSync(join(dir, 'out', '.found.ndjson.e2.part'), 3);
    await exports.resume('e2');
    const cut = await until(
      () => told.at(-1),
      (progress) => progress?.phase === 'failed',
    );
    expect(cut?.failure?.message).toContain('shorter');
  });

  it('writes nothing when the dialog is closed, follows links, and is for its owner only', async () => {
    await open();
    target = null;
    const exports = exporter();
    expect(await exports.start(order(search()))).toBe(null);
    expect(await exports.list()).toEqual([]);
    writeFileSync(join(dir, 'real.ndjson'), 'old');
    target = join(dir, 'out', 'link.ndjson');
    symlinkSync(join(dir, 'real.ndjson'), target);
    const asked = search({ startMs: endMs - MINUTE });
    await exports.start(order(asked));
    await expect(exports.start(order(asked))).rejects.toMatchObject({
      failure: { kind: 'invalid' },
    });
    await ended();
    expect(asExpected(linesOf(text(join(dir, 'real.ndjson'))))).toEqual(expected(asked));
    expect(statSync(join(dir, 'real.ndjson')).mode & 0o077).toBe(0);
    expect(problems).toEqual([]);
  });
});

describe('export of what is shown', () => {
  async function shown(): Promise<LogSearch> {
    await open();
    const searches = new Searches({
      apiOf: sessions.apiOf,
      sink: local.engine,
      clock: systemClock,
    });
    const asked = search({ maxEvents: 1_000_000 });
    let phase = '';
    searches.onProgress((progress) => void ({ phase } = progress));
    await searches.start(asked);
    await until(
      () => phase,
      (now) => now === 'done',
    );
    return asked;
  }
  const look = (filter: 'all' | 'errors', newestFirst = true) =>
    local.client().ask('look', {
      dataset: 's1',
      view: 'main',
      filter:
        filter === 'all'
          ? { kind: 'all' }
          : { kind: 'text', text: '"level":"error"', exactCase: true },
      newestFirst,
    });
  const view = (format: ExportFormat): LogExport => ({
    exportId: 'v1',
    what: { kind: 'view', dataset: 's1', view: 'main' },
    format,
    columns: [],
  });

  it('writes the rows of the view in its order', async () => {
    const asked = await shown();
    await look('all');
    await exporter().start(view('ndjson'));
    const progress = await ended();
    const lines = linesOf(text());
    expect(asExpected(lines)).toEqual(expected(asked));
    const times = lines.map(({ timestamp }) => timestamp);
    expect(times).toEqual(times.toSorted((a, b) => b - a));
    expect(progress).toMatchObject({
      kind: 'view',
      rows: lines.length,
      of: lines.length,
      fraction: 1,
    });
    expect(files()).toEqual(['found.ndjson']);
  });

  it('leaves nothing behind when it is stopped, the view is gone, or the engine dies', async () => {
    await shown();
    await look('all');
    const slow = {
      async *exportView(what: Parameters<typeof local.engine.exportView>[0]) {
        for await (const chunk of local.engine.exportView(what)) {
          yield chunk;
          await new Promise((resolve) => setTimeout(resolve, 100));
        }
      },
    };
    const exports = exporter({ engine: slow });
    await exports.start(view('ndjson'));
    await until(
      () => told.at(-1)?.rows ?? 0,
      (rows) => rows > 0,
    );
    await exports.stop('v1');
    expect(told.at(-1)).toMatchObject({ phase: 'stopped', resumable: false });
    expect(files()).toEqual([]);

    await exports.start({ ...view('ndjson'), exportId: 'v2' });
    await until(
      () => told.at(-1),
      (progress) => progress?.exportId === 'v2' && progress.rows > 0,
    );
    local.kill();
    const failed = await ended('failed');
    expect(failed?.failure?.message).toContain('log engine');
    expect(files()).toEqual([]);

    await exports.start({ ...view('ndjson'), exportId: 'v3' });
    await until(
      () => told.at(-1),
      (progress) => progress?.exportId === 'v3' && progress.phase === 'failed',
    );
    expect(files()).toEqual([]);
  });
});
