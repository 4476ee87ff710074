import { describe, expect, it } from 'vitest';
import type { EngineClient } from '../../../src/shared/logs/engine-client';
import { columnsOf, placed } from '../../../src/renderer/logs/events/grid-columns';
import { finderOf, stretches, wantedTexts } from '../../../src/renderer/logs/events/highlight';
import { linesOf, MOST_LINES } from '../../../src/renderer/logs/events/row-layout';
import { LONGEST_PX, scaleOf, topOf } from '../../../src/renderer/logs/events/scroll-scale';
import { PAGE_ROWS, RowPages } from '../../../src/renderer/logs/events/row-pages';
import { fieldText, wordsOf } from '../../../src/renderer/logs/events/event-words';
import { parseFilter } from '../../../src/shared/logs/filter/parse';
import { encodeBatch } from '../../../src/shared/logs/frame';
import { startEngine } from '../log-engine/engine-rig';

const ROW = 22;

describe('the scroll bar', () => {
  it.each([0, 1, 1_000, 681_000, 1_000_000, 50_000_000])('reaches the last of %i rows', (rows) => {
    const viewport = 600;
    const { height, factor } = scaleOf(rows, ROW, viewport, 0);
    expect(height).toBeLessThanOrEqual(LONGEST_PX);
    const atEnd = Math.max(0, height - viewport) * factor;
    expect(atEnd).toBeCloseTo(Math.max(0, rows * ROW - viewport), 3);
    // What is in sight at the end ends with the last row.
    const inSight = Math.ceil(viewport / ROW);
    if (rows > inSight) expect(topOf(atEnd, ROW, rows).row + inSight).toBeGreaterThanOrEqual(rows);
  });

  it('moves a pixel for a pixel up to the bound', () => {
    expect(scaleOf(600_000, ROW, 600, 0).factor).toBe(1);
    expect(scaleOf(1_000_000, ROW, 600, 0).factor).toBeGreaterThan(1);
  });

  it('says the first row and how much of it is scrolled away', () => {
    expect(topOf(22 * 7 + 11, ROW, 100)).toEqual({ row: 7, part: 0.5 });
    expect(topOf(1e9, ROW, 100)).toEqual({ row: 99, part: 0 });
    expect(topOf(0, ROW, 0)).toEqual({ row: 0, part: 0 });
  });
});

describe('rows by page', () => {
  async function filled(rows: number): Promise<EngineClient> {
    const { client } = startEngine();
    await client.ask('open', { dataset: 'd', capBytes: 2 ** 26 });
    const events = Array.from({ length: rows }, (_, i) => ({
      timestamp: 1_700_000_000_000 + i,
      ingestion: 1_700_000_000_000 + i,
      source: 0,
      id: `e${i}`,
      message: `line ${i} ü`,
    }));
    const source = { connectionId: 'c', region: 'r', group: 'g', stream: 's' };
    await client.ask('append', { dataset: 'd', frame: encodeBatch([source], events) });
    await client.ask('look', {
      dataset: 'd',
      view: 'v',
      filter: { kind: 'all' },
      newestFirst: false,
    });
    return client;
  }

  const opened = (client: EngineClient, changed: () => void): RowPages => {
    const pages = new RowPages({
      client,
      dataset: 'd',
      view: 'v',
      changed,
      failed: (error) => {
        throw error;
      },
    });
    pages.open();
    return pages;
  };

  it('holds what was asked for, each in its place', async () => {
    const client = await filled(1_000);
    let left = 3;
    let settle = (): void => undefined;
    const told = new Promise<void>((resolve) => void (settle = resolve));
    const pages = opened(client, () => {
      left -= 1;
      if (left === 0) settle();
    });
    pages.want(150, 399, 1);
    expect(pages.has(150, 399)).toBe(false);
    await told;
    expect(pages.has(150, 399)).toBe(true);
    expect(pages.at(150)?.text).toBe('line 150 ü');
    expect(pages.at(399)?.text).toBe('line 399 ü');
    expect(pages.at(99)).toBeUndefined();
  });

  it('lets far pages go', async () => {
    const client = await filled(10_000);
    let pending: (() => void) | null = null;
    const pages = opened(client, () => pending?.());
    for (let page = 0; page < 100; page += 1) {
      const came = new Promise<void>((resolve) => void (pending = resolve));
      pages.want(page * PAGE_ROWS, page * PAGE_ROWS + 10, 1);
      await came;
    }
    pages.want(99 * PAGE_ROWS, 99 * PAGE_ROWS, 1);
    expect(pages.at(0)).toBeUndefined();
    expect(pages.at(99 * PAGE_ROWS)?.text).toBe('line 9900 ü');
  });
});

describe('wrapped rows', () => {
  it('are as high as their text needs', () => {
    expect(linesOf('', 80)).toBe(1);
    expect(linesOf('x'.repeat(80), 80)).toBe(1);
    expect(linesOf('x'.repeat(81), 80)).toBe(2);
    expect(linesOf('a\nb\nc\n', 80)).toBe(3);
    expect(linesOf('漢'.repeat(41), 80)).toBe(2);
    expect(linesOf('x'.repeat(100_000), 80)).toBe(MOST_LINES);
  });
});

describe('words of a row', () => {
  const row = (text: string) => ({ seq: 1, timestamp: 0, ingestion: 0, source: 0, bytes: 0, text });

  it('are read from JSON', () => {
    const line = row('{"level":"warn","message":"slow","http":{"status":504},"tags":["a","b"]}');
    expect(wordsOf(line)).toMatchObject({ level: 'warn', message: 'slow', mended: false });
    expect(fieldText(line, 'http.status')).toBe('504');
    expect(fieldText(line, 'tags')).toBe('a, b');
    expect(fieldText(line, 'nothing')).toBe('');
  });

  it('are read from plain text, colours left out', () => {
    expect(wordsOf(row('\u001b[31mERROR\u001b[0m disk full'))).toMatchObject({
      level: 'error',
      message: 'ERROR disk full',
    });
  });

  it('mend garbled text', () => {
    expect(
      wordsOf(row('{"msg":"Khách hàng đã hủy"}'.replace('á', 'Ã¡').replace('à', 'Ã '))),
    ).toMatchObject({
      mended: true,
    });
  });
});

describe('marks', () => {
  it('stand where the filter is met, whatever its letters', () => {
    const parsed = parseFilter('time.out [x] -gone');
    if (!parsed.ok) throw new Error(parsed.mistake.message);
    const finder = finderOf(wantedTexts(parsed.filter));
    const marked = stretches('Time.Out of [x]; gone; timeXout', finder).filter((one) => one.marked);
    expect(marked.map(({ text }) => text)).toEqual(['Time.Out', '[x]']);
  });
});

describe('columns', () => {
  it('put pinned ones first and give the message what is left', () => {
    const columns = placed(
      columnsOf(['requestId', 'a.b'], true),
      { widths: {}, pinned: new Set(['field a.b']) },
      2_000,
    );
    expect(columns[0]?.id).toBe('field a.b');
    const last = columns.at(-1);
    expect(last?.kind).toBe('message');
    expect((last?.left ?? 0) + (last?.width ?? 0)).toBe(2_000);
  });
});
