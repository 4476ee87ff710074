import { describe, expect, it } from 'vitest';
import type { MetricWidget } from '../../../src/shared/dashboards/dashboard';
import { defaultLabels } from '../../../src/shared/dashboards/labels';
import { planWidget, planWidgetFully } from '../../../src/shared/dashboards/plan';
import type { PlanContext } from '../../../src/shared/dashboards/plan';
import { readDashboardFile } from '../../../src/shared/dashboards/read-dashboard';
import { queryGroupSchema } from '../../../src/shared/metrics/query';

const now = Date.UTC(2026, 0, 31, 12, 3, 20);
const hour = 3_600_000;

const context = (changes: Partial<PlanContext> = {}): PlanContext => ({
  connectionId: 'main',
  region: 'eu-west-1',
  connections: [
    { id: 'main', accountId: '111111111111', regions: ['eu-west-1'] },
    { id: 'other', accountId: '222222222222', regions: ['eu-west-1', 'us-east-1'] },
  ],
  startMs: now - 3 * hour,
  endMs: now,
  nowMs: now,
  periodOverride: 'inherit',
  labelOffset: '+0000',
  maxPoints: 1_000,
  ...changes,
});

function widget(properties: object): MetricWidget {
  const text = JSON.stringify([{ type: 'metric', properties }]);
  const result = readDashboardFile(text, 'a.json', {});
  const found = result.kind === 'read' ? result.dashboards[0]?.widgets[0] : undefined;
  if (found?.kind !== 'metric') throw new Error('no metric widget');
  return found;
}

const m = (name: string, options: object = {}) => ['A', name, options];

describe('where queries go', () => {
  it('makes a group for each connection and region', () => {
    const groups = planWidget(
      widget({
        metrics: [
          m('a'),
          m('b', { region: 'us-east-1' }),
          m('c', { accountId: '222222222222' }),
          m('d', { accountId: '333333333333' }),
        ],
      }),
      context(),
    );
    expect(
      groups.map(({ group }) => [
        group.connectionId,
        group.region,
        group.queries.map(({ metric, accountId }) => [metric?.metricName, accountId]),
      ]),
    ).toEqual([
      [
        'main',
        'eu-west-1',
        [
          ['a', null],
          ['d', '333333333333'],
        ],
      ],
      ['main', 'us-east-1', [['b', null]]],
      ['other', 'eu-west-1', [['c', null]]],
    ]);
  });

  it('takes expressions to their inputs, with hidden inputs and nothing unused', () => {
    const groups = planWidget(
      widget({
        metrics: [
          [{ expression: 'e2 * 2', id: 'e1' }],
          [{ expression: 'm1 + m2', id: 'e2', visible: false }],
          m('one', { id: 'm1', visible: false, region: 'us-east-1' }),
          m('two', { id: 'm2', region: 'us-east-1' }),
          m('idle', { id: 'm3', visible: false }),
        ],
      }),
      context(),
    );
    expect(groups).toHaveLength(1);
    const [only] = groups;
    expect(only?.group.region).toBe('us-east-1');
    expect(only?.group.queries.map(({ id, returnData }) => [id, returnData])).toEqual([
      ['e1', true],
      ['e2', false],
      ['m1', false],
      ['m2', true],
    ]);
    expect(only?.series.map(({ queryId, index }) => [queryId, index])).toEqual([
      ['e1', 0],
      ['m2', 3],
    ]);
  });

  it('tells what CloudWatch cannot do', () => {
    const { groups, unplanned } = planWidgetFully(
      widget({
        metrics: [
          [{ expression: 'm1 + m2', id: 'e1' }],
          m('one', { id: 'm1', region: 'us-east-1' }),
          m('two', { id: 'm2', region: 'eu-west-2' }),
          ['A', 'open', 'D', '${name}'],
        ],
      }),
      context(),
    );
    expect(groups).toHaveLength(2);
    expect(unplanned.map(({ index, sentence }) => [index, sentence])).toEqual([
      [0, expect.stringContaining('several regions')],
      [3, 'Waits for a value of name.'],
    ]);
  });

  it('makes ids that CloudWatch takes and rewrites expressions', () => {
    const [planned] = planWidget(
      widget({ metrics: [[{ expression: 'A + "A"', id: 'E-1' }], m('x', { id: 'A' })] }),
      context(),
    );
    const [math, metric] = planned?.group.queries ?? [];
    expect(math?.expression).toBe(`${metric?.id} + "A"`);
    expect(queryGroupSchema.safeParse(planned?.group).success).toBe(true);
  });

  it('brings what METRICS() takes in', () => {
    const [planned] = planWidget(
      widget({
        metrics: [
          [{ expression: 'SUM(METRICS("err"))', id: 'e1' }],
          m('x', { id: 'err1', visible: false }),
          m('y', { id: 'ok1', visible: false }),
        ],
      }),
      context(),
    );
    expect(planned?.group.queries.map(({ id }) => id)).toEqual(['e1', 'err1']);
  });

  it('splits more than one call takes', () => {
    const wide = widget({ metrics: [m('a')] });
    const [one] = wide.series;
    if (one === undefined) throw new Error('no series');
    const series = Array.from({ length: 1_200 }, (_, at) => ({ ...one, id: `s${at}` }));
    const groups = planWidget({ ...wide, series }, context());
    expect(groups.map(({ group }) => group.queries.length)).toEqual([500, 500, 200]);
  });
});

describe('periods', () => {
  const period = (properties: object, changes: Partial<PlanContext> = {}) => {
    const [planned] = planWidget(widget({ metrics: [m('a')], ...properties }), context(changes));
    return planned?.group.queries[0]?.periodSeconds;
  };
  const days = (count: number) => ({ startMs: now - count * 24 * hour });

  it('obeys what is stated', () => {
    expect(period({ period: 60 }, days(10))).toBe(900);
    expect(period({ period: 60 }, { ...days(10), maxPoints: 20_000 })).toBe(60);
    expect(period({ period: 10 })).toBe(20);
  });

  it('adapts to what CloudWatch keeps under auto', () => {
    expect(period({ period: 60 }, { ...days(20), periodOverride: 'auto', maxPoints: 1e6 })).toBe(
      300,
    );
    expect(period({ period: 60 }, { ...days(100), periodOverride: 'auto', maxPoints: 1e6 })).toBe(
      3_600,
    );
    expect(period({ period: 300 }, { periodOverride: 'auto' })).toBe(300);
  });

  it('picks by range where nothing is stated', () => {
    expect(period({}, { startMs: now - hour })).toBe(60);
    expect(period({})).toBe(300);
    expect(period({}, days(7))).toBe(900);
    expect(period({}, days(455))).toBe(86_400);
  });

  it('aligns the window to the period', () => {
    const [planned] = planWidget(widget({ metrics: [m('a')], period: 300 }), context());
    expect((planned?.group.startMs ?? 1) % 300_000).toBe(0);
    expect((planned?.group.endMs ?? 1) % 300_000).toBe(0);
    expect(planned?.group.startMs).toBeLessThanOrEqual(now - 3 * hour);
    expect(planned?.group.endMs).toBeGreaterThanOrEqual(now);
  });

  it('makes the whole range one period', () => {
    const [planned] = planWidget(
      widget({
        metrics: [m('a', { period: 60 })],
        view: 'singleValue',
        setPeriodToTimeRange: true,
      }),
      context(),
    );
    const { startMs = 0, endMs = 0, queries = [] } = planned?.group ?? {};
    expect((queries[0]?.periodSeconds ?? 0) * 1000).toBe(endMs - startMs);
  });

  it('leaves the period of math and of SEARCH as written', () => {
    const [planned] = planWidget(
      widget({
        metrics: [
          [{ expression: `SEARCH('{A}', 'Sum', 60)`, id: 's1' }],
          [{ expression: `SEARCH('{A}', 'Sum')`, id: 's2' }],
          [{ expression: 'SELECT AVG(x) FROM y', id: 'q1' }],
          [{ expression: 's1 * 2', id: 'e1' }],
        ],
      }),
      context(),
    );
    const periods = planned?.group.queries.map(({ periodSeconds }) => periodSeconds);
    expect(periods).toEqual([null, 300, 300, null]);
  });
});

describe('labels', () => {
  const labels = (metrics: unknown[], extra: object = {}) =>
    defaultLabels(
      widget({ metrics, ...extra }).series.map((spec) => ({
        spec,
        periodSeconds: spec.periodSeconds ?? 300,
        region: spec.region,
      })),
    );

  it('say the least that tells lines apart', () => {
    expect(labels([m('Errors')])).toEqual(['Errors']);
    expect(labels([m('Errors'), m('Calls')])).toEqual(['Errors', 'Calls']);
    expect(
      labels([
        ['A', 'x', 'Id', 'one', 'Zone', 'z'],
        ['...', 'Id', 'two', 'Zone', 'z'],
      ]),
    ).toEqual(['one', 'two']);
    expect(labels([m('x', { stat: 'p50' }), m('x', { stat: 'p99' })])).toEqual(['p50', 'p99']);
    expect(labels([m('x', { region: 'eu-west-1' }), m('x', { region: 'us-east-1' })])).toEqual([
      'eu-west-1',
      'us-east-1',
    ]);
    expect(labels([m('x', { label: 'Mine' }), [{ expression: '1+1', id: 'e1' }]])).toEqual([
      'Mine',
      'e1',
    ]);
  });
});
