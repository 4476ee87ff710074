import { afterEach, describe, expect, it } from 'vitest';
import { joinGroups } from '../../../src/main/logs/elastic/elastic-groups';
import { LiveTails } from '../../../src/main/logs/tail/live-tails';
import { knownGroups } from '../../../src/main/logs/known-groups';
import type { LogGroups } from '../../../src/main/logs/log-seams';
import type { ElasticSource } from '../../../src/shared/logs/elastic';
import type { GroupListing } from '../../../src/shared/logs/groups';
import type { TailState } from '../../../src/shared/logs/tail';
import { ElasticServer } from '../../support/elastic-server';
import type { ElasticServerInit } from '../../support/elastic-server';
import { docs, elasticRig, source } from './elastic-rig';
import type { ElasticRig } from './elastic-rig';

const never = (): AbortSignal => new AbortController().signal;

let server: ElasticServer;
let rig: ElasticRig;

async function open(init: ElasticServerInit = {}, change: Partial<ElasticSource> = {}) {
  server = await ElasticServer.start({ docs: docs(20), ...init });
  rig = elasticRig([source(server.url, change)]);
}

afterEach(async () => {
  rig.stop();
  await server.stop();
});

const names = ({ groupsJson }: GroupListing): string[] => {
  const groups: { name: string }[] = JSON.parse(groupsJson);
  return groups.map(({ name }) => name);
};
const ready = async (): Promise<void> => {
  await expect.poll(() => rig.parts.groups.list().sources[0]?.phase).toBe('ready');
};

describe('groups of a server of logs', () => {
  it('are its patterns, data streams, aliases and indexes', async () => {
    await open({ streams: ['crm-logs-api'], aliases: ['crm-logs-now', 'other'] });
    const told: GroupListing[] = [];
    rig.parts.groups.onListing((listing) => void told.push(listing));
    // What a person wrote is there before the server has answered.
    expect(names(rig.parts.groups.list())).toEqual(['crm-logs-*']);
    await ready();
    const expected = [
      'crm-logs-*',
      'crm-logs-api',
      'crm-logs-now',
      'crm-logs-2026.01.14',
      'crm-logs-2026.01.15',
    ];
    expect(names(rig.parts.groups.list())).toEqual(expected);
    expect(told.at(-1)?.sources).toMatchObject([
      { connectionId: 'elastic:crm', region: 'elastic', phase: 'ready', failure: null, count: 5 },
    ]);
  });

  it('come from the list of indexes where the server knows nothing better', async () => {
    await open({ kind: 'serverless' });
    rig.parts.groups.list();
    await ready();
    expect(names(rig.parts.groups.list())).toContain('crm-logs-2026.01.15');
  });

  it('say why they cannot be had, and are there again when they can', async () => {
    await open();
    server.instead.push(() => ({ status: 500, body: 'no' }));
    rig.parts.groups.list();
    await expect.poll(() => rig.parts.groups.list().sources[0]?.phase).toBe('failed');
    expect(rig.parts.groups.list().sources[0]?.failure?.message).toContain('HTTP 500');
    expect(names(rig.parts.groups.list())).toEqual(['crm-logs-*']);
    rig.parts.groups.refresh();
    await ready();
  });

  it('go with their source, and a changed one is asked anew', async () => {
    await open();
    rig.parts.groups.list();
    await ready();
    rig.sources[0] = source(server.url, { patterns: ['crm-logs-2026.01.15'] });
    rig.parts.sources.changed();
    await expect.poll(() => names(rig.parts.groups.list())).toEqual(['crm-logs-2026.01.15']);
    rig.sources.length = 0;
    rig.parts.sources.changed();
    expect(rig.parts.groups.list()).toEqual({ sources: [], groupsJson: '[]' });
  });

  it('join those of CloudWatch in one list', async () => {
    await open();
    const place = { connectionId: 'crm', region: 'us-east-1', phase: 'ready', count: 1 } as const;
    const listing: GroupListing = {
      sources: [{ ...place, failure: null, asOf: 1 }],
      groupsJson: '[{"name":"/ecs/crm/auth"}]',
    };
    const aws: LogGroups = {
      list: () => listing,
      refresh: () => undefined,
      onListing: () => () => undefined,
      setConnections: () => undefined,
    };
    const joined = joinGroups(aws, rig.parts.groups);
    expect(names(joined.list())).toEqual(['/ecs/crm/auth', 'crm-logs-*']);
    expect(joined.list().sources).toHaveLength(2);
  });
});

describe('trying a server of logs', () => {
  it('says what is there', async () => {
    await open();
    const test = await rig.parts.sources.test(source(server.url), null, never());
    expect(test).toEqual({
      ok: true,
      groups: 3,
      sentence:
        'Elasticsearch 8.15.3 (crm) answered with 2 matches for crm-logs-*; the latest event is of 2026-01-15 02:57:00 UTC.',
    });
  });

  it.each([
    [{ patterns: ['nothing-*'] }, 'no index matches nothing-*'],
    [{ timeField: 'ts' }, 'no field ts to tell times by'],
  ])('says what is missing: %j', async (change, words) => {
    await open();
    const test = await rig.parts.sources.test(source(server.url, change), null, never());
    expect(test.ok).toBe(false);
    expect(test.sentence).toContain(words);
  });

  it('says that an address is that of something else', async () => {
    await open();
    server.instead.push(() => ({ status: 200, body: '<html></html>' }));
    await expect(rig.parts.sources.test(source(server.url), null, never())).rejects.toMatchObject({
      failure: { kind: 'invalid' },
    });
  });
});

describe('what only CloudWatch can do', () => {
  it('is refused by name', async () => {
    await open();
    const apiOf = rig.parts.onlyAws(() => 'the api');
    expect(apiOf('crm', 'us-east-1')).toBe('the api');
    expect(() => apiOf('elastic:crm', 'elastic')).toThrow(/CRM logs is an Elasticsearch/);
  });
});

describe('following a server of logs', () => {
  it('searches every few seconds and tells each event once', async () => {
    await open({ kind: 'opensearch', docs: [] });
    const told: TailState[] = [];
    const tails = new LiveTails({
      apiOf: (id) => {
        const api = rig.parts.tail(id);
        if (api === null) throw new Error('Only servers of logs are followed here.');
        return api;
      },
      known: knownGroups(() => rig.parts.groups.list()),
      sink: rig.local.engine,
      clock: rig.clock,
    });
    tails.onState((state) => void told.push(state));
    const record = (id: string, level: string) => {
      const time = Date.now();
      const text = JSON.stringify({ '@timestamp': time, level, id });
      return { index: 'crm-logs-1', id, time, source: text };
    };
    await tails.start({
      tailId: 't1',
      targets: [{ connectionId: 'elastic:crm', region: 'elastic', groups: ['crm-logs-*'] }],
      pattern: 'level:error',
    });
    await expect.poll(() => told.at(-1)?.targets[0]?.phase).toBe('polling');
    expect(told.at(-1)?.targets[0]?.failure?.message).toContain('searched every few seconds');
    server.docs = [record('a', 'error'), record('b', 'info')];
    const shown = async () => (await rig.local.shown('t1')).map(({ message }) => message);
    await expect.poll(async () => (await shown()).length).toBe(1);
    server.docs = [...server.docs, record('c', 'error')];
    await expect.poll(async () => (await shown()).length).toBe(2);
    expect(server.searches().length).toBeGreaterThan(3);
    await tails.close('t1');
  });
});
