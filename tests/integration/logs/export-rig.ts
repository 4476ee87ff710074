/** A demo, sessions, an engine and a folder for the tests of exports. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CRM_ACCOUNT, REALTECHEE_ACCOUNT, startDemo } from '../../../src/demo';
import type { DemoAws } from '../../../src/demo';
import type { LogExportsParts } from '../../../src/main/logs/export/log-exports';
import { FileExports } from '../../../src/main/logs/export/log-exports';
import { systemClock } from '../../../src/shared/clock';
import type { ExportFormat } from '../../../src/shared/logs/engine-protocol';
import type { ExportProgress, LogExport } from '../../../src/shared/logs/export';
import type { LogSearch } from '../../../src/shared/logs/search';
import { demoConnection } from '../../support/alarm-service';
import { localEngine } from './local-engine';
import type { LocalEngine } from './local-engine';
import { openSessions, until } from './sessions';
import type { LogSessions } from './sessions';

export const MINUTE = 60_000;
export const AUTH = '/ecs/crm/auth';
const CORE = '/ecs/crm/crm-core';
export const AMPLIFY = '/aws/amplify/RealTechee-Gen2';
export const crm = { connectionId: 'crm', region: 'us-east-1', groups: [AUTH, CORE] };
export const rt = { connectionId: 'rt', region: 'us-west-1', groups: [AMPLIFY] };

/** What one test works with; `openRig` makes it anew. */
export interface Rig {
  demo: DemoAws;
  sessions: LogSessions;
  local: LocalEngine;
  /** A folder of its own, with `state` and `out` in it. */
  dir: string;
  told: ExportProgress[];
  problems: string[];
  /** Old enough that nothing arrives late, ms. */
  endMs: number;
  /** What the save dialog answers. */
  target: string | null;
}
export let rig: Rig;
const made: FileExports[] = [];

export function exporter(change: Partial<LogExportsParts> = {}): FileExports {
  const exports = new FileExports({
    apiOf: rig.sessions.apiOf,
    engine: rig.local.engine,
    askPath: async () => rig.target,
    clock: systemClock,
    stateDir: join(rig.dir, 'state'),
    report: (problem) => void rig.problems.push(problem),
    ...change,
  });
  exports.onProgress((progress) => void rig.told.push(progress));
  made.push(exports);
  return exports;
}

/** Everything one test needs; `closeRig` takes it down. */
export async function openRig(logsPerMinute = 600): Promise<void> {
  const demo = await startDemo({ evaluateEveryMs: Infinity, logsPerMinute });
  const dir = mkdtempSync(join(tmpdir(), 'nightdesk-export-'));
  mkdirSync(join(dir, 'state'));
  mkdirSync(join(dir, 'out'));
  rig = {
    demo,
    dir,
    sessions: openSessions([
      demoConnection(demo.endpoint, { id: 'crm', regions: ['us-east-1'] }),
      demoConnection(demo.endpoint, { id: 'rt', regions: ['us-west-1'] }),
    ]),
    local: localEngine(),
    told: [],
    problems: [],
    endMs: Math.floor(demo.now() / MINUTE) * MINUTE - 10 * MINUTE,
    target: join(dir, 'out', 'found.ndjson'),
  };
}

export async function closeRig(): Promise<void> {
  for (const exports of made.splice(0)) await exports.stopAll();
  rig.sessions.stop();
  rig.local.stop();
  await rig.demo.stop();
  rmSync(rig.dir, { recursive: true, force: true });
}

export const search = (change: Partial<LogSearch> = {}): LogSearch => ({
  searchId: 's1',
  targets: [crm, rt],
  startMs: rig.endMs - 30 * MINUTE,
  endMs: rig.endMs,
  pattern: '',
  newestFirst: false,
  maxEvents: 100,
  ...change,
});
export const order = (
  of: LogSearch,
  format: ExportFormat = 'ndjson',
  columns: string[] = [],
): LogExport => ({
  exportId: 'e1',
  what: { kind: 'search', search: of },
  format,
  columns,
});
export const ended = (phase: ExportProgress['phase'] = 'done') =>
  until(
    () => rig.told.at(-1),
    (progress) => progress?.phase === phase,
  );
export const text = (path = rig.target): string => readFileSync(path ?? '', 'utf8');
export const files = (): string[] => readdirSync(join(rig.dir, 'out')).sort();

/** What the demo makes, read from its own store. */
export function expected({ startMs, endMs: to, targets }: LogSearch): string[] {
  const all: string[] = [];
  for (const { connectionId, region, groups } of targets) {
    const account = connectionId === 'crm' ? CRM_ACCOUNT : REALTECHEE_ACCOUNT;
    for (const name of groups) {
      const group = rig.demo.world.region(account, region).logs.groups.get(name);
      for (let at = Math.floor(startMs / MINUTE) * MINUTE; at <= to; at += MINUTE) {
        for (const { timestamp, message } of group?.minute(at, rig.demo.now()) ?? []) {
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
export const linesOf = (ndjson: string): Line[] =>
  ndjson
    .trimEnd()
    .split('\n')
    .map((line): Line => JSON.parse(line));
export const asExpected = (lines: readonly Line[]): string[] =>
  lines
    .map(({ timestamp, logGroup, message }) => JSON.stringify([timestamp, logGroup, message]))
    .sort();

/** Puts events of our own into a group of the demo. */
export function put(messages: readonly string[]): LogSearch {
  const { logs } = rig.demo.world.region(CRM_ACCOUNT, 'us-east-1');
  const group = logs.add({ name: '/test/put', createdAt: rig.demo.now() - 60 * MINUTE });
  const stream = group.addStream('=cmd|calc', rig.demo.now() - 60 * MINUTE);
  const records = messages.map((message, i) => ({ timestamp: rig.endMs - 1_000 + i, message }));
  group.append(stream, records, rig.demo.now());
  return search({ targets: [{ ...crm, groups: ['/test/put'] }] });
}
