import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { extentOf, placesWithin, selectColumns } from '../../../src/renderer/charts/columns';
import { placesOfJob } from '../../../src/renderer/charts/places-of-job';

const value = fc.oneof(
  { weight: 6, arbitrary: fc.double({ min: -1e6, max: 1e6, noNaN: true }) },
  { weight: 1, arbitrary: fc.constant(Number.NaN) },
  { weight: 1, arbitrary: fc.constant(Infinity) },
);
const array = fc
  .array(value, { minLength: 1, maxLength: 400 })
  .map((each) => Float64Array.from(each));

function selected(values: Float64Array, perColumn: number): number[] {
  const out = new Uint32Array(values.length);
  return [...out.subarray(0, selectColumns(values, 0, values.length, perColumn, 0, out))];
}

describe('reduction to pixel columns', () => {
  it('keeps the lowest and the highest of every column, and never more places than there are', () => {
    fc.assert(
      fc.property(array, fc.double({ min: 1.5, max: 60, noNaN: true }), (values, perColumn) => {
        const places = selected(values, perColumn);
        const kept = new Map<number, number[]>();
        for (const place of places) {
          const column = Math.floor(place / perColumn);
          kept.set(column, [...(kept.get(column) ?? []), values[place] ?? Number.NaN]);
        }
        const all = new Map<number, number[]>();
        values.forEach((each, place) => {
          if (!Number.isFinite(each)) return;
          const column = Math.floor(place / perColumn);
          all.set(column, [...(all.get(column) ?? []), each]);
        });
        for (const [column, each] of all) {
          const found = (kept.get(column) ?? []).filter((one) => Number.isFinite(one));
          expect(Math.min(...found)).toBe(Math.min(...each));
          expect(Math.max(...found)).toBe(Math.max(...each));
        }
      }),
    );
  });

  it('keeps places ascending and unique, the first and the last value among them', () => {
    fc.assert(
      fc.property(array, fc.double({ min: 1.5, max: 60, noNaN: true }), (values, perColumn) => {
        const places = selected(values, perColumn);
        places.forEach((place, index) => {
          if (index > 0) expect(place).toBeGreaterThan(places[index - 1] ?? 0);
        });
        const whole = [...values.keys()].filter((at) => Number.isFinite(values[at]));
        if (whole.length === 0) return;
        expect(places).toContain(whole[0]);
        expect(places).toContain(whole.at(-1));
      }),
    );
  });

  it('joins two kept values only where no gap lay between them', () => {
    fc.assert(
      fc.property(array, fc.double({ min: 1.5, max: 60, noNaN: true }), (values, perColumn) => {
        const places = selected(values, perColumn);
        for (let index = 1; index < places.length; index += 1) {
          const from = places[index - 1] ?? 0;
          const to = places[index] ?? 0;
          if (!Number.isFinite(values[from]) || !Number.isFinite(values[to])) continue;
          expect(values.subarray(from, to + 1).every((each) => Number.isFinite(each))).toBe(true);
        }
      }),
    );
  });

  it('leaves at most four values a column where there are no gaps', () => {
    const values = Float64Array.from({ length: 10_000 }, (_, at) => Math.sin(at) * at);
    expect(selected(values, 100).length).toBeLessThanOrEqual(4 * 100);
  });

  it('selects the same in the worker as in the window', () => {
    const buffer = new Float64Array(2_000).map((_, at) => (at % 97 === 0 ? Number.NaN : at % 53));
    const series = [0, 1].map((index) => ({
      buffer: 0,
      byteOffset: index * 8_000,
      length: 1_000,
      from: 0,
      to: 1_000,
      perColumn: 25,
    }));
    const { places, ends, id } = placesOfJob({ id: 3, buffers: [buffer.buffer], series });
    expect(id).toBe(3);
    expect([...places.subarray(0, ends[0])]).toEqual(selected(buffer.subarray(0, 1_000), 25));
    expect([...places.subarray(ends[0], ends[1])]).toEqual(selected(buffer.subarray(1_000), 25));
  });
});

describe('extent', () => {
  it('is that of the finite values, or nothing', () => {
    expect(extentOf(Float64Array.of(Number.NaN, 3, -2, Infinity), 0, 4)).toEqual({
      min: -2,
      max: 3,
    });
    expect(extentOf(Float64Array.of(5), 0, 1)).toEqual({ min: 5, max: 5 });
    expect(extentOf(Float64Array.of(Number.NaN), 0, 1)).toBeNull();
  });

  it('covers the window with one neighbour at each side', () => {
    expect(placesWithin(0, 10, 100, 205, 400)).toEqual({ from: 20, to: 41 });
    expect(placesWithin(0, 10, 5, 205, 400)).toEqual({ from: 5, to: 5 });
    expect(placesWithin(300, 10, 5, 0, 200)).toEqual({ from: 0, to: 0 });
  });
});
