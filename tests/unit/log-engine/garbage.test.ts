import { afterEach, describe, expect, it } from 'vitest';
import { startEngine } from './engine-rig';

let rig: ReturnType<typeof startEngine>;
afterEach(() => rig.close());

async function filled(lines: string[]) {
  rig = startEngine();
  await rig.open();
  await rig.append(lines);
  return rig;
}

/** A frame whose one message is these bytes. */
async function appendBytes(bytes: number[]): Promise<void> {
  const { frameOf } = await import('./engine-rig');
  const frame = frameOf(['\u0001'.repeat(bytes.length)]);
  frame.set(bytes, frame.length - bytes.length);
  await rig.client.ask('append', { dataset: 'd', frame });
}

describe('garbage in the logs', () => {
  it('keeps bytes that are no text, byte by byte', async () => {
    const { client, look } = await filled(['fine']);
    const bytes = [0xff, 0xfe, 0x00, 0x80, 0xc3, 0x28, 0xed, 0xa0, 0x80, 0x41];
    await appendBytes(bytes);
    await look('');
    const line = await client.ask('line', { dataset: 'd', seq: 1 });
    expect([...line.raw]).toEqual(bytes);
    expect(line.text).toContain('\ufffd');
    expect(await rig.found('fine')).toEqual(['fine']);
    expect(await rig.found('\ufffd')).toHaveLength(1);
    expect(await rig.found('-fine')).toHaveLength(1);
  });

  it('takes NUL, empty and blank lines, and lone surrogates', async () => {
    const lines = ['', ' ', '\u0000\u0000', 'a\u0000b', 'x\ud800y', '\r\n', '\ufeffbom'];
    await filled(lines);
    expect(await rig.found('')).toEqual(lines.map((line) => line.toWellFormed()));
    expect(await rig.found('a\u0000b')).toEqual(['a\u0000b']);
    expect(await rig.found('{}')).toEqual([]);
  });

  it('takes lines of 256 KB and longer ones, which it cuts and counts', async () => {
    const long = `${'é'.repeat(128 * 1_024)}needle`;
    await filled(['short', long, 'after']);
    expect(await rig.found('needle')).toEqual([long]);
    const appended = await rig.append([`start ${'z'.repeat(3 * 2 ** 20)} end`, 'next']);
    expect(appended).toMatchObject({ added: 2, cut: 1 });
    await rig.look('start');
    const page = await rig.page({ maxBytes: 100 });
    expect(page.text).toBe(`start ${'z'.repeat(94)}`);
    expect(await rig.found('next')).toEqual(['next']);
    expect(await rig.client.ask('stats', { dataset: 'd' })).toMatchObject({ rows: 5, cut: 1 });
  });

  it('is not caught by a line that makes expressions explode', async () => {
    await filled([`${'a'.repeat(60_000)}!`, `${'x'.repeat(5_000)}`, 'aaab']);
    const started = performance.now();
    expect(await rig.found('/(a+)+$/')).toEqual([]);
    expect(await rig.found('/(?:x+x+)+y/')).toEqual([]);
    expect(await rig.found('/(a|aa)+b$/')).toEqual(['aaab']);
    expect(await rig.found('/a.*a.*a.*b/')).toEqual(['aaab']);
    expect(performance.now() - started).toBeLessThan(3_000);
  });

  it('holds a million lines of a byte', async () => {
    rig = startEngine();
    await rig.open();
    for (let page = 0; page < 10; page += 1) {
      await rig.append(Array.from({ length: 100_000 }, (_, i) => (i % 1_000 === 0 ? 'x' : 'y')));
    }
    expect(await rig.look('x')).toMatchObject({ count: 1_000, total: 1_000_000, complete: true });
    expect((await rig.page({ from: 999, count: 5 })).text).toBe('x');
  }, 30_000);

  it('reads JSON as far as it goes', async () => {
    const lines = [
      '{"level":"error"',
      '{"level":"error","a":{"b":',
      '{"level":',
      '{{{{',
      '{"a":[1,{"level":"error"}]}',
      `${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`,
      '{"__proto__":{"level":"error"}}',
      '{"constructor":{"prototype":{"x":"error"}}}',
    ];
    await filled(lines);
    expect(await rig.found('level:error')).toEqual([
      '{"level":"error"',
      '{"level":"error","a":{"b":',
    ]);
    expect(await rig.found('a.level:error')).toEqual(['{"a":[1,{"level":"error"}]}']);
    expect(await rig.found('constructor.prototype.x:error')).toHaveLength(1);
    expect(await rig.found('toString:*')).toEqual([]);
  });
});
