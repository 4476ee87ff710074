import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ROW_META, rowMeta } from '../../../src/shared/logs/engine-protocol';
import { source, startEngine, textsOf, parsed } from './engine-rig';

let rig: ReturnType<typeof startEngine>;
beforeEach(async () => {
  rig = startEngine();
  await rig.open();
});
afterEach(() => rig.close());

const record = (level: string, message: string, more: object = {}): string =>
  JSON.stringify({ level, message, ...more });

/** 1,000 events, one every 10 ms, each tenth an error, of two streams. */
async function thousand(): Promise<void> {
  await rig.append(
    Array.from({ length: 1_000 }, (_, i) => ({
      message: record(i % 10 === 0 ? 'error' : 'info', `lead ${i} saved in ${i % 7} ms`, {
        statusCode: 200 + (i % 4) * 100,
        user: { id: i, plan: i % 3 === 0 ? 'pro' : 'free' },
      }),
      timestamp: i * 10,
      source: i % 2,
      id: `e${i}`,
    })),
    [source('s1'), source('s2')],
  );
}

describe('the log engine over a port', () => {
  it('shows rows in either order, with what belongs to them', async () => {
    await thousand();
    expect(await rig.look('level:error', true)).toMatchObject({
      count: 100,
      total: 1_000,
      complete: true,
    });
    const page = await rig.page({ from: 0, count: 2 });
    expect(textsOf(page).map((text) => /lead (\d+)/.exec(text)?.[1])).toEqual(['990', '980']);
    expect(page.meta[rowMeta.timestamp]).toBe(9_900);
    expect(page.meta[rowMeta.ingestion]).toBe(9_905);
    expect(page.meta[ROW_META + rowMeta.seq]).toBe(980);
    expect(page.meta[rowMeta.source]).toBe(0);
    expect((await rig.page({ from: 99, count: 50 })).count).toBe(1);
  });

  it('finds places of times and events', async () => {
    await thousand();
    const place = (at: { timeMs: number } | { seq: number }) =>
      rig.client.ask('placeOf', { ...rig.names, at });
    await rig.look('level:error');
    expect(await place({ timeMs: 250 })).toBe(3);
    expect(await place({ seq: 990 })).toBe(99);
    expect(await place({ seq: 991 })).toBe(-1);
    await rig.look('level:error', true);
    expect(await place({ timeMs: 250 })).toBe(97);
    expect(await place({ seq: 990 })).toBe(0);
  });

  it('marks matches and goes from one to the next', async () => {
    await thousand();
    await rig.look('', true);
    const filter = parsed('level:error');
    const marks = await rig.client.ask('marks', { ...rig.names, filter, buckets: 4 });
    expect([...marks.counts]).toEqual([25, 25, 25, 25]);
    const next = (from: number, forward: boolean) =>
      rig.client.ask('findNext', { ...rig.names, filter, from, forward });
    expect(await next(0, true)).toBe(9);
    expect(await next(9, true)).toBe(9);
    expect(await next(10, true)).toBe(19);
    expect(await next(18, false)).toBe(9);
    expect(await next(5, false)).toBe(-1);
  });

  it('counts over time, whole or by a field', async () => {
    await thousand();
    await rig.look('');
    const range = { fromMs: 0, toMs: 10_000, buckets: 2 };
    const whole = await rig.client.ask('histogram', { ...rig.names, ...range, by: null });
    expect([...whole.counts]).toEqual([500, 500]);
    const levels = await rig.client.ask('histogram', { ...rig.names, ...range, by: '@level' });
    expect(levels.series).toEqual(['info', 'error', null]);
    expect([...levels.counts]).toEqual([450, 450, 50, 50, 0, 0]);
    const part = { fromMs: 0, toMs: 100, buckets: 1 };
    const plans = await rig.client.ask('histogram', { ...rig.names, ...part, by: 'user.plan' });
    expect([plans.series, [...plans.counts]]).toEqual([
      ['free', 'pro', null],
      [6, 4, 0],
    ]);
  });

  it('counts the values of fields', async () => {
    await thousand();
    await rig.look('level:error');
    const fields = ['statusCode', '@stream', 'user.id', 'absent'];
    const [status, stream, id, absent] = await rig.client.ask('facets', {
      ...rig.names,
      fields,
      top: 2,
    });
    expect(status).toMatchObject({
      values: [
        { value: '200', count: 50 },
        { value: '400', count: 50 },
      ],
      distinct: 2,
      missing: 0,
      sample: { looked: 100, of: 100 },
    });
    expect(stream?.values).toEqual([{ value: 's1', count: 100 }]);
    expect(id).toMatchObject({ distinct: 100, more: false });
    expect(absent).toMatchObject({ values: [], missing: 100 });
  });

  it('finds columns', async () => {
    await thousand();
    await rig.append(['no JSON']);
    await rig.look('');
    const { columns, sample } = await rig.client.ask('columns', rig.names);
    expect(sample).toEqual({ looked: 1_001, of: 1_001 });
    expect(columns.map(({ path, types, few }) => [path, types, few])).toEqual([
      ['level', ['string'], true],
      ['message', ['string'], false],
      ['statusCode', ['number'], true],
      ['user.id', ['number'], false],
      ['user.plan', ['string'], true],
    ]);
    expect(columns[0]?.share).toBeCloseTo(1_000 / 1_001);
  });

  it('shows a line and what stands around it in its stream', async () => {
    await thousand();
    await rig.look('level:error');
    const line = await rig.client.ask('line', { dataset: 'd', seq: 500 });
    expect(line).toMatchObject({ timestamp: 5_000, source: source('s1') });
    expect(new TextDecoder().decode(line.raw)).toBe(line.text);
    const around = await rig.client.ask('context', {
      dataset: 'd',
      seq: 500,
      before: 2,
      after: 1,
      maxBytes: 1_000,
    });
    const seqs = [0, 1, 2, 3].map((i) => around.page.meta[i * ROW_META + rowMeta.seq]);
    expect([seqs, around.at]).toEqual([[496, 498, 500, 502], 2]);
  });

  it('groups similar lines, and says which are new', async () => {
    await thousand();
    await rig.append([
      { message: record('error', 'connection to 10.0.0.1:5432 refused'), timestamp: 20_000 },
      { message: record('error', 'connection to 10.0.0.2:5432 refused'), timestamp: 21_000 },
    ]);
    await rig.look('');
    const { patterns } = await rig.client.ask('patterns', {
      ...rig.names,
      sinceMs: 15_000,
      top: 10,
    });
    expect(patterns).toEqual([
      expect.objectContaining({
        template: 'lead <num> saved in <num> ms',
        count: 1_000,
        firstMs: 0,
        lastMs: 9_990,
        isNew: false,
      }),
      expect.objectContaining({ template: 'connection to <ip> refused', count: 2, isNew: true }),
    ]);
  });

  it('writes what is found, piece by piece', async () => {
    await thousand();
    await rig.append([{ message: '=1+1', timestamp: 99_999 }]);
    await rig.look('level:error OR =1', true);
    const written = async (format: 'ndjson' | 'csv' | 'text', columns: string[] = []) => {
      const { exportId, rows } = await rig.client.ask('exportStart', {
        ...rig.names,
        format,
        columns,
      });
      expect(rows).toBe(101);
      let text = '';
      for (let done = false; !done;) {
        const chunk = await rig.client.ask('exportNext', { exportId });
        text += chunk.text;
        done = chunk.done;
      }
      return text;
    };
    const [first = '', second = '', ...rest] = (await written('csv', ['statusCode', 'user'])).split(
      '\r\n',
    );
    expect(first).toBe('time,region,group,stream,statusCode,user,message');
    expect(second).toBe("1970-01-01T00:01:39.999Z,us-east-1,g1,s1,,,'=1+1");
    expect(rest[0]).toContain('"{""id"":990,""plan"":""pro""}"');
    const lines = (await written('ndjson')).trimEnd().split('\n');
    expect(lines).toHaveLength(101);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ timestamp: 99_999, message: '=1+1' });
    expect((await written('text')).split('\n')[0]).toBe('=1+1');
  });

  it('shows what is appended where it belongs', async () => {
    await thousand();
    await rig.look('level:error');
    const before = rig.states.length;
    await rig.append([
      { message: record('error', 'early'), timestamp: 15 },
      { message: record('info', 'no'), timestamp: 16 },
      { message: record('error', 'again'), timestamp: 0, id: 'e0' },
      { message: record('error', 'late'), timestamp: 99_999 },
    ]);
    await expect.poll(() => rig.states.length).toBeGreaterThan(before);
    expect(rig.states.at(-1)).toMatchObject({ count: 102, total: 1_003, complete: true });
    const texts = textsOf(await rig.page());
    expect([texts[1], texts[101]].map((text) => JSON.parse(text ?? '').message)).toEqual([
      'early',
      'late',
    ]);
  });

  it('follows a filter that was set before there was anything', async () => {
    await rig.look('lead');
    for (let page = 1; page <= 3; page += 1) {
      const before = rig.states.length;
      await rig.append([`lead ${page}`, 'other']);
      await expect.poll(() => rig.states.length).toBeGreaterThan(before);
      expect(rig.states.at(-1)).toMatchObject({ count: page, total: page * 2, complete: true });
    }
    expect(textsOf(await rig.page())).toEqual(['lead 1', 'lead 2', 'lead 3']);
    expect(await rig.found('lead 2')).toEqual(['lead 2']);
  });

  it('ends an older question for a newer one', async () => {
    const lines = Array.from({ length: 20_000 }, (_, i) => `${'ab '.repeat(200)}${i}`);
    for (let page = 0; page < 5; page += 1) await rig.append(lines);
    const older = rig.look('/(a|b)+ (b|a)+ 1{3}$/');
    const started = performance.now();
    const newer = rig.look('19999');
    await expect(older).rejects.toMatchObject({ failure: { kind: 'cancelled' } });
    // The older one alone would take many seconds.
    expect(performance.now() - started).toBeLessThan(1_000);
    expect((await newer).count).toBe(5);
    const stop = new AbortController();
    const slow = rig.client.ask(
      'look',
      { ...rig.names, filter: parsed('/(a|b)+ 2{3}$/'), newestFirst: false },
      stop.signal,
    );
    stop.abort();
    await expect(slow).rejects.toMatchObject({ failure: { kind: 'cancelled' } });
  }, 30_000);

  it('says what is wrong with a question', async () => {
    const nothing = { dataset: 'nothing', view: 'v' };
    await expect(rig.client.ask('columns', nothing)).rejects.toMatchObject({
      failure: { kind: 'not-found' },
    });
    await expect(rig.client.ask('columns', rig.names)).rejects.toMatchObject({
      failure: { kind: 'not-found' },
    });
    await expect(rig.client.ask('line', { dataset: 'd', seq: 9 })).rejects.toMatchObject({
      failure: { kind: 'not-found' },
    });
    await expect(
      rig.client.ask('rows', { ...rig.names, from: -1, count: 5, maxBytes: 100 }),
    ).rejects.toMatchObject({ failure: { kind: 'invalid' } });
    await expect(
      rig.look({ kind: 'regex', source: '(?=a)', ignoreCase: false }),
    ).rejects.toMatchObject({ failure: { kind: 'invalid' } });
    await rig.append(['still there']);
    expect(await rig.found('')).toEqual(['still there']);
  });
});
