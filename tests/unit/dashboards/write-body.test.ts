import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type {
  Dashboard,
  LogWidget,
  MetricWidget,
  Widget,
} from '../../../src/shared/dashboards/dashboard';
import { readDashboardFile } from '../../../src/shared/dashboards/read-dashboard';
import { writeBody } from '../../../src/shared/dashboards/write-body';

/** Names without `${` and `‹`, which stand for something else. */
const name = fc
  .stringMatching(/^[A-Za-z0-9/_. -]{1,20}$/)
  .filter((text) => !/^\.{1,3}$/.test(text));
const maybe = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(value);
const color = maybe(fc.stringMatching(/^#[0-9a-f]{6}$/));
const number = fc.integer({ min: -1_000_000, max: 1_000_000 });
const period = maybe(fc.constantFrom(1, 5, 10, 30, 60, 300, 3_600));
const region = maybe(fc.constantFrom('eu-west-1', 'us-east-1'));
const account = maybe(fc.constantFrom('111111111111', '222222222222'));
const stat = fc.constantFrom('Average', 'Sum', 'p99', 'TM(10%:90%)');
const side = fc.constantFrom<'left' | 'right'>('left', 'right');
const moment = fc.integer({ min: 0, max: 4_000_000_000 }).map((seconds) => seconds * 1000);

const dimension = fc.record({ name, value: name });
const metricId = fc.record({
  namespace: name,
  metricName: name,
  dimensions: fc.array(dimension, { maxLength: 3 }),
});

const line = fc
  .record({
    metric: maybe(metricId),
    expression: fc.constantFrom('m1 + m2', 'SELECT AVG(x) FROM y'),
    label: maybe(name),
    color,
    axis: side,
    visible: fc.boolean(),
    stat,
    periodSeconds: period,
    region,
    accountId: account,
    unit: maybe(fc.constantFrom('Bytes', 'Percent')),
  })
  .map((each) => ({
    ...each,
    expression: each.metric === null ? each.expression : null,
    drawAs: null,
  }));

const axis = fc.record({
  min: maybe(fc.integer({ min: -100, max: 0 })),
  max: maybe(fc.integer({ min: 1, max: 100 })),
  label: maybe(name),
  showUnits: fc.boolean(),
  unit: fc.constant(null),
});

const threshold = fc
  .record({
    value: number,
    to: maybe(number),
    label: maybe(name),
    toLabel: maybe(name),
    color,
    fill: fc.constantFrom<'none' | 'above' | 'below'>('none', 'above', 'below'),
    axis: side,
    visible: fc.boolean(),
  })
  .map((each) =>
    each.to === null ? { ...each, toLabel: null } : { ...each, fill: 'between' as const },
  );

const mark = fc
  .record({
    at: moment,
    to: maybe(moment),
    label: maybe(name),
    toLabel: maybe(name),
    color,
    fill: fc.constantFrom<'none' | 'before' | 'after'>('none', 'before', 'after'),
    visible: fc.boolean(),
  })
  .map((each) =>
    each.to === null ? { ...each, toLabel: null } : { ...each, fill: 'between' as const },
  );

const metricWidget = fc
  .record({
    title: fc.oneof(fc.constant(''), name),
    view: fc.constantFrom<MetricWidget['view']>(
      ...(['timeSeries', 'stacked', 'singleValue', 'bar', 'pie', 'table'] as const),
    ),
    series: fc.array(line, { minLength: 1, maxLength: 5 }),
    region,
    accountId: account,
    periodSeconds: period,
    stat,
    left: axis,
    right: axis,
    thresholds: fc.array(threshold, { maxLength: 3 }),
    marks: fc.array(mark, { maxLength: 3 }),
    alarmArns: fc.array(name, { maxLength: 2 }),
    liveData: fc.boolean(),
    legend: fc.constantFrom<MetricWidget['legend']>('bottom', 'right', 'hidden'),
    sparkline: fc.boolean(),
    setPeriodToTimeRange: fc.boolean(),
    fullPrecision: fc.boolean(),
    trend: fc.boolean(),
    ownRange: maybe(fc.constant({ start: '-PT1H', end: null })),
  })
  .map((each) => ({
    ...each,
    kind: 'metric' as const,
    reduce: 'last' as const,
    steps: [],
    series: each.series.map((one, at) => ({
      ...one,
      id: at % 2 === 0 ? `m${at}` : `nd${(at + 1) / 2}`,
    })),
  }));

const otherWidget = fc.oneof(
  fc.record({
    kind: fc.constant('text' as const),
    title: fc.constant(''),
    markdown: name,
    background: fc.constantFrom('solid' as const, 'transparent' as const),
  }),
  fc.record({
    kind: fc.constant('alarm' as const),
    title: name,
    alarmArns: fc.array(name, { minLength: 1, maxLength: 3 }),
    sortBy: fc.constantFrom('default' as const, 'timestamp' as const),
    states: fc.constantFrom<('OK' | 'ALARM')[]>([], ['OK'], ['ALARM', 'OK']),
  }),
  fc.record({
    kind: fc.constant('log' as const),
    title: name,
    query: fc.constant('fields @message | limit 5'),
    language: fc.constantFrom<LogWidget['language']>('CWLI', 'PPL'),
    logGroups: fc.constantFrom<string[]>(['/aws/a'], ['/a', 'prefix:/b/'], ['prefix:/x']),
    region,
    accountId: account,
    view: fc.constantFrom<LogWidget['view']>('table', 'stacked', 'pie'),
  }),
);

const dashboard = fc
  .record({
    widgets: fc.array(fc.oneof(metricWidget, otherWidget), { maxLength: 6 }),
    range: maybe(fc.constantFrom({ start: '-PT3H', end: null }, { start: '-P2D', end: '-P1D' })),
    periodOverride: fc.constantFrom('auto' as const, 'inherit' as const),
  })
  .map(({ widgets, ...rest }): Dashboard => {
    const placed = widgets.map((widget, at): Widget => {
      const place = { x: (at % 2) * 12, y: Math.floor(at / 2) * 5, width: 12, height: 5 };
      return { ...widget, ...place, id: `w${at + 1}`, problems: [] };
    });
    return { ...rest, name: 'mine', widgets: placed, refreshSeconds: null };
  });

describe('writing a body', () => {
  it('gives the same dashboard when it is read again', () => {
    fc.assert(
      fc.property(dashboard, (given) => {
        const result = readDashboardFile(writeBody(given), 'mine.json', {});
        if (result.kind === 'failed') throw new Error(result.problem.message);
        expect(result.problems).toEqual([]);
        expect(result.dashboards).toEqual([given]);
      }),
      { numRuns: 300 },
    );
  });

  it('writes back what is not drawn', () => {
    const custom = { type: 'custom', properties: { endpoint: 'arn:x', params: { a: [1] } } };
    const read = readDashboardFile(JSON.stringify([custom]), 'mine.json', {});
    const [first] = read.kind === 'read' ? read.dashboards : [];
    if (first === undefined) throw new Error('no dashboard');
    expect(JSON.parse(writeBody(first))).toMatchObject({ widgets: [custom] });
  });
});
