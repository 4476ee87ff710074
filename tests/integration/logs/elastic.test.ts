import { afterEach, describe, expect, it } from 'vitest';
import type { ElasticSource } from '../../../src/shared/logs/elastic';
import { ElasticServer } from '../../support/elastic-server';
import type { Answer, ElasticServerInit } from '../../support/elastic-server';
import { docs, elasticRig, END_MS, only, over, search, source, START_MS } from './elastic-rig';
import type { ElasticRig } from './elastic-rig';

let server: ElasticServer;
let rig: ElasticRig;

async function open(init: ElasticServerInit = {}, change: Partial<ElasticSource> = {}) {
  server = await ElasticServer.start({ docs: docs(4_321), ...init });
  rig = elasticRig([source(server.url, change)]);
}

afterEach(async () => {
  rig.stop();
  await server.stop();
});

const sources = (): string[] => server.docs.map(({ source: text }) => text).sort();
const shown = async (): Promise<string[]> =>
  (await rig.local.shown('s1')).map(({ message }) => message).sort();
const busy = (headers: Record<string, string> = {}): Answer => ({
  status: 429,
  body: { error: { type: 'es_rejected_execution_exception', reason: 'queue is full' } },
  headers,
});

describe('search of a server of logs', () => {
  it.each([
    ['elasticsearch', true],
    ['elasticsearch', false],
    ['opensearch', true],
    ['serverless', false],
  ] as const)(
    'finds all there is, once and in order (%s, newest first: %s)',
    async (kind, newestFirst) => {
      await open({ kind });
      await rig.searches.start(search({ newestFirst }));
      const progress = await over(rig);
      expect(only(progress)).toMatchObject({
        phase: 'done',
        failure: null,
        events: 4_321,
        matching: 4_321,
        coveredFromMs: START_MS,
        coveredToMs: END_MS,
      });
      expect(only(progress).pages).toBeGreaterThan(1);
      const found = await rig.local.shown('s1', newestFirst);
      expect(found.map(({ message }) => message).sort()).toEqual(sources());
      const times = found.map(({ timestamp }) => timestamp);
      expect(times).toEqual(times.toSorted((a, b) => (newestFirst ? b - a : a - b)));
      expect(found[0]).toMatchObject({ group: 'crm-logs-*', region: 'elastic' });
      // Nothing is left open on the server.
      await expect.poll(() => server.pits.size).toBe(0);
    },
  );

  it('sends the window and what was typed, all words wanted', async () => {
    await open();
    await rig.searches.start(
      search({ pattern: 'statusCode:>=500 AND handled', startMs: START_MS + 1_800_000 }),
    );
    expect(only(await over(rig)).phase).toBe('done');
    const found = await rig.local.shown('s1');
    const expected = server.docs.filter(
      ({ time, source: text }) => time >= START_MS + 1_800_000 && text.includes('"statusCode":502'),
    );
    expect(found.length).toBe(expected.length);
    expect(found.length).toBeGreaterThan(200);
  });

  it('says what is wrong with what was typed', async () => {
    await open();
    await rig.searches.start(search({ pattern: 'level:"error' }));
    const { phase, failure } = only(await over(rig));
    expect(phase).toBe('failed');
    expect(failure).toMatchObject({ kind: 'invalid', connectionId: 'elastic:crm' });
    expect(failure?.message).toContain('Failed to parse query [level:"error]');
  });

  it('understands a pattern of CloudWatch', async () => {
    await open();
    const pattern = '{ $.level = "error" && $.statusCode >= 500 }';
    await rig.searches.start(search({ pattern }));
    expect(only(await over(rig))).toMatchObject({ phase: 'done', events: 433 });
  });

  it('does not send one that has no like', async () => {
    await open();
    await rig.searches.start(search({ pattern: '{ $.level = %err.*% }' }));
    expect(only(await over(rig)).failure?.message).toContain("CloudWatch's alone");
    expect(server.searches()).toEqual([]);
  });

  it('keeps long numbers and one long line to the letter', async () => {
    const time = START_MS + 1_000;
    const long = `{"@timestamp":"x","account":12345678901234567890,"ratio":0.12345678901234567,"text":"${'a\\n'.repeat(200_000)}9007199254740993"}`;
    await open({ docs: [{ index: 'crm-logs-1', id: '1', time, source: long }] });
    await rig.searches.start(search());
    expect(only(await over(rig)).phase).toBe('done');
    expect(await shown()).toEqual([long]);
  });

  it('asks for smaller pages where documents are long', async () => {
    const line = 'x'.repeat(60_000);
    const many = docs(400).map((doc) => ({
      ...doc,
      source: `{"line":"${line}","id":"${doc.id}"}`,
    }));
    await open({ docs: many });
    await rig.searches.start(search());
    expect(only(await over(rig))).toMatchObject({ phase: 'done', events: 400 });
    expect(await shown()).toEqual(sources());
    // A page of 24 MB is never taken in at once.
    const sizes = server.searches().map(({ body }): number => JSON.parse(body).size);
    expect(Math.min(...sizes)).toBeLessThan(120);
  });

  it('takes the message where it is the whole record', async () => {
    const inner = '{"level":"warn","message":"from a shipper"}';
    const record = JSON.stringify({ message: inner, agent: 'filebeat' });
    const time = START_MS + 5;
    await open({ docs: [{ index: 'crm-logs-1', id: '1', time, source: record }] });
    await rig.searches.start(search());
    await over(rig);
    expect(await shown()).toEqual([inner]);
  });

  it('waits as long as the server asks, and counts it', async () => {
    await open();
    server.instead.push(
      () => null,
      () => null,
      () => busy({ 'retry-after': '7' }),
      () => busy(),
    );
    await rig.searches.start(search());
    expect(only(await over(rig))).toMatchObject({ phase: 'done', throttles: 2, events: 4_321 });
    expect(rig.clock.pauses).toContain(7_000);
    expect(await shown()).toEqual(sources());
  });

  it('gives up a server that stays busy, and goes on where it was', async () => {
    await open();
    let busyNow = true;
    const answer = (): Answer | null => (busyNow ? busy() : null);
    server.instead.push(...Array.from({ length: 3 }, () => () => null), ...Array(12).fill(answer));
    await rig.searches.start(search());
    const progress = only(await over(rig));
    expect(progress).toMatchObject({ phase: 'failed', pages: 1 });
    expect(progress.failure).toMatchObject({ kind: 'throttled' });
    expect(progress.coveredToMs).toBe(END_MS);
    expect(progress.coveredFromMs).toBeGreaterThan(START_MS);
    busyNow = false;
    rig.told.length = 0;
    await rig.searches.resume('s1');
    expect(only(await over(rig)).phase).toBe('done');
    expect(await shown()).toEqual(sources());
  });

  it('tells shards that did not answer as a gap, and shows the others’ events', async () => {
    await open();
    let spoiled = 0;
    server.spoil = (answer) => {
      spoiled += 1;
      if (spoiled !== 2) return;
      const reason = { type: 'no_shard_available_action_exception', reason: 'secret doc text' };
      const failures = [{ shard: 0, index: 'crm-logs-2026.01.14', reason }];
      answer['_shards'] = { total: 5, successful: 3, skipped: 0, failed: 2, failures };
    };
    await rig.searches.start(search());
    const progress = only(await over(rig));
    expect(progress).toMatchObject({ phase: 'failed', coveredFromMs: null, coveredToMs: null });
    expect(progress.failure?.message).toMatch(/2 of 5 parts \(shards\) .*no_shard_available/);
    expect(progress.failure?.message).not.toContain('secret doc text');
    expect(await shown()).toEqual(sources());
    // Tried again, with all of them there, it is whole, and nothing is there twice.
    rig.told.length = 0;
    await rig.searches.resume('s1');
    expect(only(await over(rig))).toMatchObject({ phase: 'done', coveredFromMs: START_MS });
    expect(await shown()).toEqual(sources());
  });

  it('says that a search was given up by the server', async () => {
    await open();
    server.spoil = (answer) => void (answer['timed_out'] = true);
    await rig.searches.start(search());
    expect(only(await over(rig)).failure).toMatchObject({ kind: 'timed-out' });
  });

  it('never takes a pattern without indexes for silence', async () => {
    await open({}, { patterns: ['other-*'] });
    const [target] = search().targets;
    if (target === undefined) throw new Error('no target');
    await rig.searches.start(search({ targets: [{ ...target, groups: ['other-*'] }] }));
    expect(only(await over(rig)).failure?.message).toContain('No index matches other-*');
  });

  it('reads on from a new point in time when the server forgot the old one', async () => {
    await open();
    let searched = 0;
    server.spoil = () => {
      searched += 1;
      if (searched === 2) server.pits.clear();
    };
    await rig.searches.start(search());
    expect(only(await over(rig)).phase).toBe('done');
    expect(await shown()).toEqual(sources());
  });

  it.each([
    ['no JSON', '<html>Sign in</html>', 'it is no JSON'],
    ['no answer of a search', '{"hits":{"hits":[{"_index":1}]}}', 'is not as it must be'],
  ])('says that an answer cannot be read: %s', async (_name, body, words) => {
    await open();
    server.instead.push(
      () => null,
      () => null,
      () => ({ status: 200, body }),
    );
    await rig.searches.start(search());
    const { failure } = only(await over(rig));
    expect(failure).toMatchObject({ kind: 'invalid' });
    expect(failure?.message).toContain(words);
  });

  it('stops at once, and goes on without loss', async () => {
    await open();
    server.instead.push(
      () => null,
      () => null,
      () => null,
      () => 'hang',
    );
    await rig.searches.start(search());
    await expect.poll(() => server.searches().length).toBe(2);
    const before = performance.now();
    await rig.searches.stop('s1');
    expect(performance.now() - before).toBeLessThan(100);
    expect(only(await over(rig)).phase).toBe('stopped');
    rig.told.length = 0;
    await rig.searches.resume('s1');
    expect(only(await over(rig)).phase).toBe('done');
    expect(await shown()).toEqual(sources());
  });

  it('stops when enough was found, and resumes', async () => {
    await open();
    await rig.searches.start(search({ maxEvents: 1_500 }));
    const progress = await over(rig);
    expect(progress).toMatchObject({ phase: 'full', events: 1_500 });
    rig.told.length = 0;
    await rig.searches.resume('s1');
    expect((await over(rig)).events).toBe(3_000);
  });

  it('follows no redirect', async () => {
    await open();
    const other = await ElasticServer.start();
    server.instead.push(() => ({ status: 302, body: '', headers: { location: `${other.url}/x` } }));
    await rig.searches.start(search());
    const { failure } = only(await over(rig));
    expect(failure?.message).toContain(new URL(other.url).host);
    expect(other.asked).toEqual([]);
    await other.stop();
  });

  it('says that nobody is there', async () => {
    await open();
    await server.stop();
    await rig.searches.start(search());
    expect(only(await over(rig)).failure).toMatchObject({ kind: 'offline' });
    server = await ElasticServer.start();
  });
});
