import { describe, expect, it } from 'vitest';
import { formatNumber, formatValue, scaleFor } from '../../../src/renderer/charts/units';

describe('units', () => {
  it.each([
    [1_500, 'Milliseconds', '1.5 s'],
    [0.25, 'Seconds', '250 ms'],
    [90, 'Seconds', '1.5 min'],
    [3 * 1024 ** 3, 'Bytes', '3 GiB'],
    [2, 'Gigabytes', '2 GiB'],
    [2048, 'Bytes/Second', '2 KiB/s'],
    [3_000_000, 'Bits/Second', '3 Mbit/s'],
    [43, 'Count', '43'],
    [12_500, 'Count', '12.5 k'],
    [7, 'Count/Second', '7/s'],
    [99.96, 'Percent', '100 %'],
    [8.25, 'Percent', '8.25 %'],
    [5, 'None', '5'],
    [5, null, '5'],
    [0, 'Milliseconds', '0 s'],
    [-2048, 'Bytes', '-2 KiB'],
  ])('shows %d %s as "%s"', (value, unit, shown) => {
    expect(formatValue(value, unit)).toBe(shown);
  });

  it('keeps one scale over an axis', () => {
    const scale = scaleFor('Bytes', 5 * 1024 ** 2);
    expect(formatValue(1024 ** 2, 'Bytes', scale)).toBe('1 MiB');
    expect(formatValue(512 * 1024, 'Bytes', scale)).toBe('0.5 MiB');
    expect(formatValue(0, 'Bytes', scale)).toBe('0 MiB');
  });

  it('never shows what is not a number as one', () => {
    expect(formatNumber(Number.NaN)).toBe('–');
  });
});
