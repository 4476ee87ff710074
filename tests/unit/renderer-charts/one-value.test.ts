import { describe, expect, it } from 'vitest';
import {
  oneValueText,
  reduceSeries,
  stepColor,
  trendOf,
} from '../../../src/renderer/charts/one-value';
import { MINUTE, seriesOf, START } from './models';

const end = START + 10 * MINUTE;

describe('one value of a series', () => {
  const series = seriesOf('a', [4, Number.NaN, 1, 7]);

  it.each([
    ['last', 7],
    ['avg', 4],
    ['min', 1],
    ['max', 7],
    ['sum', 12],
  ] as const)('%s is %d', (reduce, value) => {
    expect(reduceSeries(series, reduce, START, end)).toBe(value);
  });

  it('counts the window only and is nothing where it is empty', () => {
    expect(reduceSeries(series, 'sum', START + 2 * MINUTE, START + 2 * MINUTE)).toBe(1);
    expect(reduceSeries(series, 'sum', end, end + MINUTE)).toBeNaN();
    expect(oneValueText(Number.NaN, 'Count', false)).toBe('no data');
  });

  it('is written in full where the widget wants it', () => {
    expect(oneValueText(1234.56789, 'Bytes', true)).toBe('1,234.56789 Bytes');
    expect(oneValueText(1234.56789, 'Bytes', false)).toBe('1.21 KiB');
    expect(oneValueText(99.123456, 'Percent', true)).toBe('99.123456 %');
  });

  it('has the colour of the step that it reached', () => {
    const steps = [
      { from: null, color: '#00ff00' },
      { from: 80, color: '#ff0000' },
    ];
    expect(stepColor(steps, 79.9)).toBe('#00ff00');
    expect(stepColor(steps, 80)).toBe('#ff0000');
    expect(stepColor(steps, Number.NaN)).toBeNull();
    expect(stepColor([], 1)).toBeNull();
  });

  it('moved against the datapoint before', () => {
    expect(trendOf(seriesOf('a', [1, 2, 3]), START, end)).toBe(0.5);
    expect(trendOf(seriesOf('a', [0, 3]), START, end)).toBeNull();
    expect(trendOf(seriesOf('a', [0, 0]), START, end)).toBe(0);
    expect(trendOf(seriesOf('a', [3]), START, end)).toBeNull();
  });
});
