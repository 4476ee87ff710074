import { describe, expect, it } from 'vitest';
import { chartCsv, csvNumber, csvText } from '../../../src/renderer/charts/chart-csv';
import { MINUTE, modelOf, seriesOf, START } from './models';

describe('CSV', () => {
  it.each([
    ['=cmd|calc', "'=cmd|calc"],
    ['+1', "'+1"],
    ['-1+2', "'-1+2"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\tx', "'\tx"],
    ['\rx', '"\'\rx"'],
    ['=HYPERLINK("http://x","y")', '"\'=HYPERLINK(""http://x"",""y"")"'],
    ['a,b', '"a,b"'],
    ['say "x"', '"say ""x"""'],
    ['two\nlines', '"two\nlines"'],
    ['plain', 'plain'],
  ])('writes the text %j as %j', (text, cell) => {
    expect(csvText(text)).toBe(cell);
  });

  it('leaves numbers numbers, negative ones too, and gaps empty', () => {
    expect(csvNumber(-4.5)).toBe('-4.5');
    expect(csvNumber(0)).toBe('0');
    expect(csvNumber(Number.NaN)).toBe('');
    expect(csvNumber(Infinity)).toBe('');
  });

  it('has a row for each time at which any series of the window has a datapoint', () => {
    const model = modelOf([
      seriesOf('=a', [1, Number.NaN, -3, Number.NaN], { unit: 'Percent' }),
      seriesOf('b', [10, Number.NaN], { startMs: START + MINUTE, periodMs: 2 * MINUTE }),
    ]);
    expect(chartCsv(model).split('\r\n')).toEqual([
      "Time (UTC),'=a (Percent),b",
      '2026-01-15T03:00:00.000Z,1,',
      '2026-01-15T03:01:00.000Z,,10',
      '2026-01-15T03:02:00.000Z,-3,',
      '',
    ]);
  });
});
