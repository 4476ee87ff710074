import { describe, expect, it } from 'vitest';
import type { MetricWidget, Widget } from '../../../src/shared/dashboards/dashboard';
import { parseJson } from '../../../src/shared/dashboards/json-source';
import type { InputValues, ReadResult } from '../../../src/shared/dashboards/read-result';
import { localRuleSchema } from '../../../src/shared/local-rules/local-rule';
import { isGrafana, readGrafana } from '../../../src/shared/dashboards/grafana/grafana';

type Read = Extract<ReadResult, { kind: 'read' }>;

function read(board: unknown, values: InputValues = {}): Read {
  const parsed = parseJson(JSON.stringify(board));
  if (!parsed.ok) throw new Error(parsed.problem.message);
  const result = readGrafana(parsed.source, values);
  if (result.kind === 'failed') throw new Error(result.problem.message);
  return result;
}

function widgets(board: unknown, values: InputValues = {}): Widget[] {
  return read(board, values).dashboards[0]?.widgets ?? [];
}

function metricOf(panel: object, board: object = {}, values: InputValues = {}): MetricWidget {
  const [widget] = widgets({ ...board, panels: [{ type: 'timeseries', ...panel }] }, values);
  if (widget?.kind !== 'metric') throw new Error(`not drawn: ${JSON.stringify(widget)}`);
  return widget;
}

const alb = {
  refId: 'A',
  namespace: 'AWS/ApplicationELB',
  metricName: 'TargetResponseTime',
  dimensions: { LoadBalancer: 'app/crm' },
};

describe('queries', () => {
  it('makes one series per statistic of the old form', () => {
    const { series } = metricOf({
      type: 'graph',
      targets: [{ ...alb, statistics: ['Average', 'p99.9'], period: '5m', region: 'default' }],
    });
    expect(
      series.map(({ stat, periodSeconds, region }) => ({ stat, periodSeconds, region })),
    ).toEqual([
      { stat: 'Average', periodSeconds: 300, region: null },
      { stat: 'p99.9', periodSeconds: 300, region: null },
    ]);
    expect(new Set(series.map(({ id }) => id)).size).toBe(2);
  });

  it('searches for wildcards, and without the schema where the match need not be exact', () => {
    const star = { ...alb, dimensions: { LoadBalancer: '*', Zone: 'a' }, statistic: 'Sum' };
    expect(metricOf({ targets: [star] }).series[0]?.expression).toBe(
      `REMOVE_EMPTY(SEARCH('{AWS/ApplicationELB,LoadBalancer,Zone} MetricName="TargetResponseTime" "Zone"="a"', 'Sum'))`,
    );
    const loose = { ...star, matchExact: false, period: '60' };
    expect(metricOf({ targets: [loose] }).series[0]?.expression).toBe(
      `REMOVE_EMPTY(SEARCH('Namespace="AWS/ApplicationELB" MetricName="TargetResponseTime" "Zone"="a" "LoadBalancer"', 'Sum', 60))`,
    );
  });

  it('gives math the ids that CloudWatch will see, but leaves functions and quoted text alone', () => {
    const { series } = metricOf({
      targets: [
        { ...alb, refId: 'A', hide: true },
        { ...alb, refId: 'B', id: 'errors', hide: true },
        {
          refId: 'C',
          expression: `A / MAX([errors, B]) + SUM(SEARCH('{A} B', 'Sum'))`,
          queryMode: 'Metrics',
        },
      ],
    });
    expect(series.map(({ id, visible }) => [id, visible])).toEqual([
      ['a', false],
      ['errors', false],
      ['c', true],
    ]);
    expect(series[2]?.expression).toBe(`a / MAX([errors, errors]) + SUM(SEARCH('{A} B', 'Sum'))`);
  });

  it('turns aliases into dynamic labels and leaves dynamic labels as they are', () => {
    const alias = metricOf({ targets: [{ ...alb, alias: '{{LoadBalancer}} {{stat}} {{label}}' }] });
    expect(alias.series[0]?.label).toBe("${PROP('Dim.LoadBalancer')} ${PROP('Stat')} ${LABEL}");
    const label = metricOf({ targets: [{ ...alb, label: "${PROP('Region')} ${MAX}" }] });
    expect(label.series[0]?.label).toBe("${PROP('Region')} ${MAX}");
  });

  it('reads Metrics Insights and math of Grafana’s own', () => {
    const { series } = metricOf({
      type: 'stat',
      targets: [
        {
          refId: 'A',
          queryMode: 'Metrics',
          metricQueryType: 1,
          sqlExpression: 'SELECT SUM(X) FROM "AWS/EC2"',
          hide: true,
        },
        { refId: 'B', datasource: { type: '__expr__' }, type: 'math', expression: '$A / 1000' },
      ],
    });
    expect(series.map(({ expression }) => expression)).toEqual([
      'SELECT SUM(X) FROM "AWS/EC2"',
      'a / 1000',
    ]);
  });
});

describe('variables', () => {
  const board = {
    __inputs: [{ name: 'DS_CW', type: 'datasource', pluginId: 'cloudwatch' }],
    templating: {
      list: [
        { name: 'region', type: 'query', query: 'regions()', current: { value: 'eu-west-1' } },
        {
          name: 'db',
          type: 'query',
          query:
            'dimension_values($region, AWS/RDS, CPUUtilization, DBInstanceIdentifier, {"A":"b"})',
          multi: true,
          includeAll: true,
        },
        { name: 'period', type: 'custom', query: '60,300', current: {} },
      ],
    },
  };
  const panel = {
    datasource: { uid: '${DS_CW}' },
    title: '$db in [[region]]',
    targets: [
      {
        refId: 'A',
        namespace: 'AWS/RDS',
        metricName: 'CPUUtilization',
        dimensions: { DBInstanceIdentifier: '$db' },
        region: '$region',
        period: '${period}',
      },
    ],
  };

  it('asks the account for dimension values, in the region picked', () => {
    const { inputs } = read({ ...board, panels: [] });
    expect(inputs.find(({ id }) => id === 'db')).toMatchObject({
      multiple: true,
      from: {
        namespace: 'AWS/RDS',
        metricName: 'CPUUtilization',
        dimension: 'DBInstanceIdentifier',
        filters: [{ name: 'A', value: 'b' }],
        region: 'eu-west-1',
      },
    });
  });

  it('asks SQL for all by leaving the condition out, and says so; an open region is the connection’s', () => {
    const open = (name: string, query: string): object => ({ name, type: 'query', query });
    const list = [open('region', 'regions()'), open('db', 'dimension_values(r,AWS/RDS,X,Db)')];
    const sql = `SELECT AVG(X) FROM SCHEMA("AWS/RDS", Db, Z) WHERE Z = 'a' AND Db = '$db' GROUP BY Db`;
    const target = { refId: 'A', metricQueryType: 1, sqlExpression: sql, region: '$region' };
    const widget = metricOf({ targets: [target] }, { templating: { list } });
    expect(widget.series[0]).toMatchObject({
      expression: `SELECT AVG(X) FROM SCHEMA("AWS/RDS", Db, Z) WHERE Z = 'a' GROUP BY Db`,
      region: null,
    });
    expect(widget.problems).toEqual(['No value is picked for db, so all of them are asked for.']);
  });

  it('puts picked values in before reading', () => {
    const one = metricOf(panel, board, { db: 'orders', region: 'us-east-1', period: '300' });
    expect(one.title).toBe('orders in us-east-1');
    expect(one.series[0]).toMatchObject({ region: 'us-east-1', periodSeconds: 300 });
    expect(one.series[0]?.metric?.dimensions).toEqual([
      { name: 'DBInstanceIdentifier', value: 'orders' },
    ]);
    const two = metricOf(panel, board, { db: 'orders,users' });
    expect(two.series[0]?.expression).toContain('"DBInstanceIdentifier"=("orders" OR "users")');
  });

  it('searches for all, and a value is never read for variables again', () => {
    expect(metricOf(panel, board).series[0]?.expression).toContain(
      '{AWS/RDS,DBInstanceIdentifier}',
    );
    const twice = metricOf(panel, board, { db: '$region' });
    expect(twice.series[0]?.metric?.dimensions[0]?.value).toBe('$region');
  });

  it('repeats a panel for each picked value and moves the rest down', () => {
    const repeated = {
      ...panel,
      type: 'timeseries',
      repeat: 'db',
      gridPos: { x: 0, y: 0, w: 24, h: 8 },
    };
    const below = {
      type: 'text',
      options: { content: 'below' },
      gridPos: { x: 0, y: 8, w: 24, h: 2 },
    };
    const made = widgets({ ...board, panels: [repeated, below] }, { db: 'a,b,c,d,e' });
    expect(made.map(({ title }) => title).slice(0, 5)).toEqual(
      ['a', 'b', 'c', 'd', 'e'].map((name) => `${name} in eu-west-1`),
    );
    expect(made[5]?.y).toBe((made[4]?.y ?? 0) + (made[4]?.height ?? 0));
  });
});

describe('drawing', () => {
  it('keeps units, thresholds, steps, overrides and the reduction', () => {
    const widget = metricOf({
      type: 'timeseries',
      targets: [
        { ...alb, label: 'slow' },
        { ...alb, refId: 'B', label: 'fast' },
      ],
      options: { reduceOptions: { calcs: ['mean'] }, legend: { placement: 'right' } },
      fieldConfig: {
        defaults: {
          unit: 'ms',
          min: 0,
          thresholds: {
            mode: 'absolute',
            steps: [
              { color: 'green', value: null },
              { color: 'red', value: 80 },
            ],
          },
          custom: { thresholdsStyle: { mode: 'line' }, stacking: { mode: 'normal' } },
        },
        overrides: [
          {
            matcher: { id: 'byName', options: 'fast' },
            properties: [
              { id: 'color', value: { mode: 'fixed', fixedColor: '#00f' } },
              { id: 'custom.axisPlacement', value: 'right' },
              { id: 'custom.drawStyle', value: 'bars' },
            ],
          },
        ],
      },
    });
    expect(widget).toMatchObject({
      view: 'stacked',
      reduce: 'avg',
      legend: 'right',
      left: { unit: 'Milliseconds', min: 0 },
      steps: [
        { from: null, color: '#73bf69' },
        { from: 80, color: '#f2495c' },
      ],
    });
    expect(widget.thresholds).toEqual([expect.objectContaining({ value: 80, color: '#f2495c' })]);
    expect(widget.series[1]).toMatchObject({ color: '#0000ff', axis: 'right', drawAs: 'bar' });
  });

  it('shows fractions as percent', () => {
    const widget = metricOf({
      targets: [alb],
      fieldConfig: { defaults: { unit: 'percentunit', max: 1 } },
    });
    expect(widget.left).toMatchObject({ unit: 'Percent', max: 100 });
    expect(widget.series.map(({ visible, expression }) => [visible, expression])).toEqual([
      [false, null],
      [true, 'a * 100'],
    ]);
  });

  it('places collapsed rows’ panels under their row and the next row below them', () => {
    const made = widgets({
      panels: [
        {
          type: 'row',
          title: 'One',
          collapsed: true,
          gridPos: { x: 0, y: 0, w: 24, h: 1 },
          panels: [{ type: 'timeseries', targets: [alb], gridPos: { x: 0, y: 1, w: 12, h: 8 } }],
        },
        { type: 'row', title: 'Two', gridPos: { x: 0, y: 1, w: 24, h: 1 } },
        { type: 'timeseries', targets: [alb], gridPos: { x: 12, y: 2, w: 12, h: 8 } },
      ],
    });
    expect(made.map(({ x, y, width, height }) => [x, y, width, height])).toEqual([
      [0, 0, 24, 1],
      [0, 1, 12, 5],
      [0, 6, 24, 1],
      [12, 7, 12, 5],
    ]);
  });

  it('reads rows with spans of old dashboards', () => {
    const made = widgets({
      rows: [
        {
          title: 'Old',
          height: '250px',
          panels: [
            { type: 'graph', span: 6, targets: [alb] },
            { type: 'graph', span: 6, targets: [alb] },
          ],
        },
      ],
    });
    expect(made.map(({ kind, x, width }) => [kind, x, width])).toEqual([
      ['text', 0, 24],
      ['metric', 0, 12],
      ['metric', 12, 12],
    ]);
  });

  it('says what it does not draw', () => {
    const made = widgets({
      panels: [
        {
          type: 'timeseries',
          datasource: { type: 'prometheus' },
          targets: [{ refId: 'A', expr: 'up' }],
        },
        { type: 'alertlist' },
        {
          type: 'text',
          options: {
            mode: 'html',
            content: '<h2>Hi</h2><script>x()</script><a href="javascript:x">a</a>',
          },
        },
      ],
    });
    expect(made[0]).toMatchObject({
      kind: 'explained',
      sentence: 'This timeseries asks Prometheus; Nightdesk draws CloudWatch only.',
    });
    expect(made[1]).toMatchObject({ kind: 'explained', what: 'alertlist' });
    expect(made[2]).toMatchObject({ kind: 'text', markdown: '## Hi\n\na' });
  });
});

describe('the CRM System Overview', () => {
  const board = {
    dashboard: {
      title: 'CRM System Overview',
      refresh: '30s',
      time: { from: 'now-1h', to: 'now' },
      panels: [
        {
          title: 'API Performance',
          type: 'graph',
          targets: [alb],
          alert: {
            name: 'Slow API',
            for: '5m',
            frequency: '1m',
            noDataState: 'no_data',
            conditions: [
              {
                query: { params: ['A', '5m', 'now'] },
                reducer: { type: 'avg' },
                evaluator: { type: 'gt', params: [2000] },
              },
            ],
          },
        },
      ],
    },
  };

  it('offers the alert as a local rule', () => {
    expect(isGrafana(board)).toBe(true);
    const result = read(board);
    expect(result.dashboards[0]).toMatchObject({
      refreshSeconds: 30,
      range: { start: '-PT1H', end: null },
    });
    const [rule] = result.rules;
    expect(rule).toMatchObject({
      name: 'Slow API',
      watchedId: 'a',
      reducer: 'avg',
      windowSeconds: 300,
      comparison: '>',
      threshold: 2000,
      forSeconds: 300,
      everySeconds: 60,
      noData: 'no-data',
    });
    const added = { ...rule, connectionId: 'crm', region: 'us-east-1' };
    expect(localRuleSchema.safeParse(added).error?.message).toBeUndefined();
  });
});

describe('what is no dashboard', () => {
  it('is not taken for one', () => {
    expect(isGrafana({ widgets: [] })).toBe(false);
    expect(isGrafana([])).toBe(false);
    const parsed = parseJson('{"spec":{"elements":{"a":{}}}}');
    if (!parsed.ok) throw new Error('unreadable');
    expect(isGrafana(parsed.source.value)).toBe(true);
    expect(readGrafana(parsed.source, {})).toMatchObject({ kind: 'failed', problem: { line: 1 } });
  });
});
