/** The real searches over servers of logs, into the real engine. */
import { createElasticParts } from '../../../src/main/logs/elastic/elastic-parts';
import type { ElasticParts, ElasticPartsInit } from '../../../src/main/logs/elastic/elastic-parts';
import type { Vault } from '../../../src/main/logs/elastic/source-secrets';
import { Searches } from '../../../src/main/logs/search/searches';
import { systemClock } from '../../../src/shared/clock';
import type { Clock } from '../../../src/shared/clock';
import { ELASTIC_REGION, elasticPlace } from '../../../src/shared/logs/elastic';
import type { ElasticSource } from '../../../src/shared/logs/elastic';
import type { GroupProgress, LogSearch, SearchProgress } from '../../../src/shared/logs/search';
import type { Doc } from '../../support/elastic-search';
import { localEngine } from './local-engine';
import type { LocalEngine } from './local-engine';

export const END_MS = Date.UTC(2026, 0, 15, 3, 0);
export const START_MS = END_MS - 60 * 60_000;

/** Secrets in memory; what is written to a real one is tested elsewhere. */
export class MemoryVault implements Vault {
  readonly kept = new Map<string, string>();
  problem: string | null = null;
  set(name: string, secret: string): void {
    this.kept.set(name, secret);
  }
  get(name: string): string | null {
    return this.kept.get(name) ?? null;
  }
  remove(name: string): void {
    this.kept.delete(name);
  }
  names(): string[] {
    return [...this.kept.keys()];
  }
}

/** Time that does not wait: pauses end at once and are counted. */
export class HurriedClock implements Clock {
  readonly pauses: number[] = [];
  now(): number {
    return systemClock.now();
  }
  after(delayMs: number, task: () => void): () => void {
    this.pauses.push(delayMs);
    const timer = setTimeout(task, Math.min(delayMs, 5));
    return () => clearTimeout(timer);
  }
}

export const source = (url: string, change: Partial<ElasticSource> = {}): ElasticSource => ({
  id: 'crm',
  name: 'CRM logs',
  url,
  patterns: ['crm-logs-*'],
  auth: { kind: 'none' },
  timeField: '@timestamp',
  messageField: 'message',
  caFile: null,
  ...change,
});

/** `count` records over an hour, several in a millisecond, in two daily indexes. */
export function docs(count: number): Doc[] {
  return Array.from({ length: count }, (_, i) => {
    const time = START_MS + Math.floor((i * 3_600_000) / count / 50) * 50;
    const level = i % 10 === 0 ? 'error' : 'info';
    const record = {
      '@timestamp': new Date(time).toISOString(),
      level,
      statusCode: i % 10 === 0 ? 502 : 200,
      requestId: `req-${i}`,
      message: `handled ${i}`,
    };
    const index = `crm-logs-2026.01.${i % 2 === 0 ? '14' : '15'}`;
    return { index, id: `id-${i}`, time, source: JSON.stringify(record) };
  });
}

export interface ElasticRig {
  sources: ElasticSource[];
  vault: MemoryVault;
  parts: ElasticParts;
  searches: Searches;
  local: LocalEngine;
  clock: HurriedClock;
  told: SearchProgress[];
  reports: string[];
  stop(): void;
}

export function elasticRig(
  sources: ElasticSource[],
  credentialsOf: ElasticPartsInit['credentialsOf'] = () => {
    throw new Error('Nothing is signed here.');
  },
): ElasticRig {
  const vault = new MemoryVault();
  const clock = new HurriedClock();
  const told: SearchProgress[] = [];
  const reports: string[] = [];
  const report = (problem: string): void => void reports.push(problem);
  const parts = createElasticParts({ list: () => sources, vault, credentialsOf, clock, report });
  const local = localEngine();
  const apiOf = (): never => {
    throw new Error('No connection is asked here.');
  };
  const searches = new Searches({
    apiOf: parts.onlyAws(apiOf),
    otherWalk: parts.walk,
    sink: local.engine,
    clock,
  });
  searches.onProgress((progress) => void told.push(progress));
  return {
    sources,
    vault,
    parts,
    searches,
    local,
    clock,
    told,
    reports,
    stop() {
      searches.stopAll();
      parts.stop();
      local.stop();
    },
  };
}

export const search = (change: Partial<LogSearch> = {}): LogSearch => ({
  searchId: 's1',
  targets: [{ connectionId: elasticPlace('crm'), region: ELASTIC_REGION, groups: ['crm-logs-*'] }],
  startMs: START_MS,
  endMs: END_MS,
  pattern: '',
  newestFirst: true,
  maxEvents: 1_000_000,
  ...change,
});

/** The last that was told once the search is over. */
export async function over(rig: ElasticRig): Promise<SearchProgress> {
  for (let tries = 0; tries < 1_000; tries += 1) {
    const last = rig.told.at(-1);
    if (last !== undefined && last.phase !== 'searching') return last;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error(`The search did not end: ${JSON.stringify(rig.told.at(-1))}`);
}

export function only({ groups }: SearchProgress): GroupProgress {
  const [first, second] = groups;
  if (first === undefined || second !== undefined) throw new Error('There is not one group.');
  return first;
}
