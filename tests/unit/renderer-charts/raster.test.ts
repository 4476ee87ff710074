import { describe, expect, it } from 'vitest';
import { rasterColor, rasterLine } from '../../../src/renderer/charts/raster';

function drawn(values: number[], width = 20, height = 20, step = 1) {
  const pixels = new Uint32Array(width * height);
  rasterLine(
    { pixels, width, height },
    {
      values: Float64Array.from(values),
      places: null,
      from: 0,
      to: values.length,
      x0: 0.5,
      step,
      zero: height,
      perUnit: 1,
      color: 0x0000ff,
    },
    1,
  );
  const alpha = (x: number, y: number): number => (pixels[y * width + x] ?? 0) >>> 24;
  return { pixels, alpha };
}

describe('lines as pixels', () => {
  it('lie where the values are, covered by share', () => {
    const { alpha } = drawn(Array.from({ length: 20 }, () => 9.5));
    expect(alpha(5, 10)).toBe(255);
    expect(alpha(5, 9)).toBe(0);
    expect(alpha(5, 11)).toBe(0);
    const between = drawn(Array.from({ length: 20 }, () => 10));
    expect(between.alpha(5, 9)).toBe(127);
    expect(between.alpha(5, 10)).toBe(127);
  });

  it('are connected however steep they are', () => {
    const { alpha } = drawn([0, 20, 0, 20]);
    for (let y = 1; y < 19; y += 1) {
      expect(alpha(0, y) + alpha(1, y)).toBeGreaterThan(0);
    }
  });

  it('leave gaps open and show lone points', () => {
    const { alpha } = drawn([5, 5, Number.NaN, Number.NaN, Number.NaN, 9, Number.NaN, Number.NaN]);
    const column = (x: number): number =>
      Array.from({ length: 20 }, (_, y) => alpha(x, y)).reduce((sum, each) => sum + each, 0);
    expect(column(0)).toBeGreaterThan(0);
    expect(column(3)).toBe(0);
    expect(column(5)).toBeGreaterThan(255);
  });

  it('write nothing for what lies outside, and do not come in again at the other side', () => {
    const beyond = [...drawn([1e9, 9e8, 1e9]).pixels, ...drawn([-5, -1e9, -7]).pixels];
    expect(beyond.every((pixel) => pixel === 0)).toBe(true);
    // 40 values on 20 columns: the second half has no column.
    const values = Array.from({ length: 40 }, (_, at) => (at < 21 ? 4.5 : 12.5));
    const { alpha } = drawn(values);
    for (let x = 0; x < 20; x += 1) expect(alpha(x, 7)).toBe(0);
  });

  it('read colours as the screen stores them', () => {
    expect(rasterColor('#123456')).toBe(0x563412);
    expect(rasterColor('url(x)')).toBe(0x888888);
  });
});
