import { afterEach, describe, expect, it } from 'vitest';
import { startDemo } from '../../../src/demo';
import type { DemoAws } from '../../../src/demo';
import { Searches } from '../../../src/main/logs/search/searches';
import { systemClock } from '../../../src/shared/clock';
import { ELASTIC_REGION, elasticPlace } from '../../../src/shared/logs/elastic';
import type { SearchProgress } from '../../../src/shared/logs/search';
import { demoConnection } from '../../support/alarm-service';
import { ElasticServer } from '../../support/elastic-server';
import { elasticRig, source } from './elastic-rig';
import type { ElasticRig } from './elastic-rig';
import { openSessions, until } from './sessions';
import type { LogSessions } from './sessions';

const MINUTE = 60_000;
let demo: DemoAws;
let sessions: LogSessions;
let server: ElasticServer;
let rig: ElasticRig;

afterEach(async () => {
  rig.stop();
  sessions.stop();
  await server.stop();
  await demo.stop();
});

describe('one search of CloudWatch and of another server', () => {
  it('merges both by time, with one pattern; one that fails does not hold up the other', async () => {
    demo = await startDemo({ evaluateEveryMs: Infinity, logsPerMinute: 300 });
    sessions = openSessions([demoConnection(demo.endpoint, { id: 'crm', regions: ['us-east-1'] })]);
    const endMs = Math.floor(demo.now() / MINUTE) * MINUTE - 10 * MINUTE;
    const docs = Array.from({ length: 600 }, (_, i) => {
      const level = i % 3 === 0 ? 'error' : 'info';
      const text = JSON.stringify({ level, message: `from elsewhere ${i}` });
      return { index: 'crm-logs-1', id: String(i), time: endMs - i * 1_000 - 1, source: text };
    });
    server = await ElasticServer.start({ docs });
    rig = elasticRig([source(server.url)]);
    const told: SearchProgress[] = [];
    const searches = new Searches({
      apiOf: rig.parts.onlyAws(sessions.apiOf),
      otherWalk: rig.parts.walk,
      sink: rig.local.engine,
      clock: systemClock,
    });
    searches.onProgress((progress) => void told.push(progress));
    const elastic = { connectionId: elasticPlace('crm'), region: ELASTIC_REGION };
    await searches.start({
      searchId: 's1',
      targets: [
        { connectionId: 'crm', region: 'us-east-1', groups: ['/ecs/crm/auth'] },
        { ...elastic, groups: ['crm-logs-*', 'gone'] },
      ],
      startMs: endMs - 10 * MINUTE,
      endMs,
      pattern: '{ $.level = "info" }',
      newestFirst: true,
      maxEvents: 100_000,
    });
    const done = await until(
      () => told.at(-1),
      (progress) => progress?.phase === 'done',
    );
    expect(done?.groups.map(({ group, phase }) => [group, phase])).toEqual([
      ['/ecs/crm/auth', 'done'],
      ['crm-logs-*', 'done'],
      ['gone', 'failed'],
    ]);
    const shown = await rig.local.shown('s1', true);
    const count = (name: string): number => shown.filter(({ group }) => group === name).length;
    expect(count('crm-logs-*')).toBe(400);
    expect(count('/ecs/crm/auth')).toBeGreaterThan(0);
    expect(shown.every(({ message }) => message.includes('"info"'))).toBe(true);
    const times = shown.map(({ timestamp }) => timestamp);
    expect(times).toEqual(times.toSorted((a, b) => b - a));
    searches.stopAll();
  });
});
