import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Dataset } from '../../../src/main/logs/engine/dataset';
import { sortByTime } from '../../../src/main/logs/engine/time-order';
import { FrameError } from '../../../src/shared/logs/frame';
import { frameOf, source } from './engine-rig';

const messagesOf = (dataset: Dataset): string[] =>
  [...dataset.byTime()].map((row) => dataset.text(row));

const event = fc.record({
  timestamp: fc.integer({ min: 0, max: 20 }),
  id: fc.constantFrom('', 'a', 'b', 'c', 'd', 'e', 'f'.repeat(56)),
  message: fc.string({ unit: 'grapheme', maxLength: 12 }),
});

describe('a dataset', () => {
  it('keeps each event once, by time and then arrival', () => {
    fc.assert(
      fc.property(fc.array(fc.array(event, { maxLength: 30 }), { maxLength: 6 }), (pages) => {
        const dataset = new Dataset(2 ** 24);
        const ids = new Set<string>();
        const kept: { timestamp: number; message: string }[] = [];
        for (const page of pages) {
          const done = dataset.append(frameOf(page));
          const fresh = page.filter(({ id }) => id === '' || (!ids.has(id) && ids.add(id)));
          kept.push(...fresh);
          expect(done).toMatchObject({
            added: fresh.length,
            duplicates: page.length - fresh.length,
          });
          const sorted = kept.toSorted((a, b) => a.timestamp - b.timestamp);
          expect(messagesOf(dataset)).toEqual(sorted.map(({ message }) => message));
        }
      }),
      { numRuns: 300 },
    );
  });

  it('knows the ids of a large batch again, in it and after it', () => {
    const dataset = new Dataset(2 ** 26);
    const events = Array.from({ length: 5_000 }, (_, i) => ({
      message: `${i}`,
      id: `id ${i % 4_000}`,
    }));
    expect(dataset.append(frameOf(events))).toMatchObject({ added: 4_000, duplicates: 1_000 });
    expect(dataset.append(frameOf(events))).toMatchObject({ added: 0, duplicates: 5_000 });
    expect(messagesOf(dataset)).toEqual(events.slice(0, 4_000).map(({ message }) => message));
  });

  it('drops the oldest when it is full, and counts them', () => {
    const dataset = new Dataset(2 ** 20);
    const all: { timestamp: number; message: string; id: string }[] = [];
    for (let page = 0; page < 40; page += 1) {
      // Newest first, as a search brings them, and every tenth page older than all.
      const events = Array.from({ length: 500 }, (_, i) => ({
        timestamp: page % 10 === 9 ? i : 1_000_000 - (page * 500 + i),
        message: `${page} ${i} ${'x'.repeat((i * 7) % 200)}`,
        id: `${page}/${i}`,
      }));
      all.push(...events);
      dataset.append(frameOf(events));
      expect(dataset.bytes).toBeLessThanOrEqual(2 ** 20);
    }
    const kept = messagesOf(dataset);
    expect(dataset.totals.evicted).toBe(all.length - kept.length);
    expect(dataset.totals.evicted).toBeGreaterThan(0);
    const known = new Map(all.map(({ message, timestamp }) => [message, timestamp]));
    const times = kept.map((message) => known.get(message));
    expect(times).not.toContain(undefined);
    expect(times).toEqual(times.toSorted((a, b) => (a ?? 0) - (b ?? 0)));
    // What is left is what is newest of what was there: no older event outlived a newer one of its page.
    expect(new Set(kept).size).toBe(kept.length);
    for (const row of dataset.byTime()) {
      expect(dataset.columns.rowOf(dataset.columns.seqs[row] ?? -1)).toBe(row);
    }
    expect(dataset.columns.rowOf(all.length)).toBe(-1);
    // Still known as duplicates.
    const last = all.find(({ message }) => message === kept.at(-1));
    expect(dataset.append(frameOf(last ? [last] : []))).toMatchObject({ added: 0, duplicates: 1 });
  });

  it('drops, in a tail, exactly the first', () => {
    const dataset = new Dataset(2 ** 20);
    const message = (i: number): string => `${i} ${'y'.repeat(150)}`;
    for (let page = 0; page < 20; page += 1) {
      const events = Array.from({ length: 1_000 }, (_, i) => ({
        timestamp: page * 1_000 + i,
        message: message(page * 1_000 + i),
      }));
      dataset.append(frameOf(events));
    }
    const { evicted } = dataset.totals;
    expect(dataset.dropped).toEqual({ fromMs: 0, toMs: evicted - 1 });
    expect(messagesOf(dataset)).toEqual(
      Array.from({ length: 20_000 - evicted }, (_, i) => message(evicted + i)),
    );
  });

  it('refuses a broken frame, and takes nothing of it', () => {
    const frame = frameOf([{ message: 'one', id: '1' }, 'two', 'three'], [source()]);
    const dataset = new Dataset(2 ** 20);
    fc.assert(
      fc.property(
        fc.nat(frame.length - 1),
        fc.integer({ min: 1, max: 255 }),
        fc.nat(frame.length),
        (at, flip, end) => {
          const broken = frame.slice();
          broken[at] = (broken[at] ?? 0) ^ flip;
          const before = dataset.rows;
          try {
            dataset.append(broken);
          } catch (cause) {
            expect(cause).toBeInstanceOf(FrameError);
            expect(dataset.rows).toBe(before);
          }
          expect(() => dataset.append(frame.slice(0, Math.min(end, frame.length - 1)))).toThrow(
            FrameError,
          );
        },
      ),
      { numRuns: 500 },
    );
  });

  it('sorts by time, stable', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 200 }), (values) => {
        const times = Float64Array.from(values);
        const rows = Uint32Array.from(values.keys());
        const expected = [...values.keys()].sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0));
        expect([...sortByTime(rows, times)]).toEqual(expected);
      }),
    );
  });
});
