import { describe, expect, it } from 'vitest';
import { askable } from '../../../src/renderer/metrics/askable';
import { checkMath } from '../../../src/renderer/metrics/math-check';
import { mathFunctions } from '../../../src/renderer/metrics/math-functions';
import { addExpression, emptyScratch } from '../../../src/renderer/metrics/scratch';
import { startingPoints } from '../../../src/renderer/metrics/starting-points';
import { statisticProblem, usualStatistics } from '../../../src/renderer/metrics/statistic';

const ids = new Set(['m1', 'm2', 'e1', 'e2']);
const check = (text: string, others: [string, string][] = []) =>
  checkMath(text, ids, 'e1', new Map(others));
const marked = (text: string): string[] => check(text).map(({ from, to }) => text.slice(from, to));

describe('what can be seen to be wrong', () => {
  it.each([
    'm1 / m2 * 100',
    'IF(m1 > 10 AND m2 <= 3, m1, 0)',
    'FILL(METRICS("m"), REPEAT)',
    "SUM(SEARCH('{AWS/EC2,InstanceId} MetricName=\"CPU)\"', 'Average', 300))",
    'SORT(METRICS(), MAX, DESC, 10)',
    'SELECT AVG(x) FROM "AWS/EC2" WHERE y = \'z\'',
    '-m1 ^ 2 && m2 != 1.5e3',
  ])('finds nothing wrong with %s', (text) => {
    expect(check(text)).toEqual([]);
  });

  it.each([
    ['m1 / mx', ['mx']],
    ['FIL(m1, 0)', ['FIL']],
    ['SUM + m1', ['SUM']],
    ['m1 m2', ['m2']],
    ['2 (m1)', ['(']],
    ['(m1 + m2', ['(']],
    ['m1 + m2)', [')']],
    ['[m1, m2)', [')']],
    ["SEARCH('abc", ['(', "'abc"]],
    ['m1 +', ['+']],
    ['m1 @ 2', ['@']],
    ['e1 * 2', ['e1']],
  ])('marks what is wrong in %s', (text, places) => {
    expect(marked(text)).toEqual(places);
  });

  it('finds circles', () => {
    expect(check('e2 + m1', [['e2', 'e1 * 2']])[0]?.message).toContain('each other');
    expect(check('e2 + m1', [['e2', 'm1 * 2']])).toEqual([]);
  });

  it('asks for something where nothing is', () => {
    expect(check('  ')).toHaveLength(1);
    expect(check(`m1${'+1'.repeat(2_000)}`)[0]?.message).toContain('2048');
  });

  it('accepts every function as its help writes it, and every starting point', () => {
    for (const { name, takes } of mathFunctions) {
      expect([name, check(`${name}(${takes.replace('…', 'x')})`)]).toEqual([name, []]);
    }
    for (const { expression } of startingPoints) expect(check(expression)).toEqual([]);
  });
});

describe('what is asked all the same', () => {
  const here = { region: 'us-east-1', accountId: null };
  const chart = (expressions: string[]) =>
    expressions.reduce((widget, each) => addExpression(widget, each, here), emptyScratch());

  it('leaves out a mistake and what needs it, and says so', () => {
    const whole = chart(['e2 * 2', 'mx', "SEARCH('a', 'Sum')", 'e1 + e3', 'e3 * 2']);
    const { widget, notes } = askable(whole);
    expect(widget.series.map(({ id }) => id)).toEqual(['e3', 'e5']);
    expect([...notes.keys()].sort()).toEqual(['e1', 'e2', 'e4']);
    expect(notes.get('e4')).toContain('it needs e1');
  });

  it('is the chart itself where nothing is wrong', () => {
    const whole = chart(["SEARCH('a', 'Sum')", 'e1 * 2']);
    expect(askable(whole).widget).toBe(whole);
  });
});

describe('statistics', () => {
  it.each([...usualStatistics, 'p0', 'p100', 'TM(:90%)', 'PR(1:)', 'TM(2:10)', 'ts99.5'])(
    'takes %s',
    (stat) => {
      expect(statisticProblem(stat)).toBeNull();
    },
  );

  it.each([
    '',
    'average',
    'p101',
    'p',
    'TM()',
    'TM(:)',
    'TM(90%:10%)',
    'TM(10%:5)',
    'PR(10%:20%)',
    'median',
  ])('says what is wrong with %j', (stat) => {
    expect(statisticProblem(stat)).toMatch(/\.$|:90%\)\.|:100\)\.$/);
  });
});
