import { describe, expect, it } from 'vitest';
import type { Dashboard, MetricWidget } from '../../../src/shared/dashboards/dashboard';
import { readDashboardFile } from '../../../src/shared/dashboards/read-dashboard';
import type { InputValues, ReadResult } from '../../../src/shared/dashboards/read-result';

type Read = Extract<ReadResult, { kind: 'read' }>;

function read(body: unknown, values: InputValues = {}): Read {
  const text = typeof body === 'string' ? body : JSON.stringify(body, null, 2);
  const result = readDashboardFile(text, 'team.json', values);
  if (result.kind === 'failed') throw new Error(result.problem.message);
  return result;
}

function dashboard(result: Read): Dashboard {
  const [first] = result.dashboards;
  if (first === undefined) throw new Error('no dashboard');
  return first;
}

function metricOf(result: Read): MetricWidget {
  const widget = dashboard(result).widgets[0];
  if (widget?.kind !== 'metric') throw new Error(`not a metric widget: ${JSON.stringify(widget)}`);
  return widget;
}

const metric = (properties: object) => ({ widgets: [{ type: 'metric', properties }] });

describe('rows of metrics', () => {
  it('writes out . and ...', () => {
    const widget = metricOf(
      read(
        metric({
          metrics: [
            ['AWS/EC2', 'CPUUtilization', 'InstanceId', 'i-1', 'Zone', 'a', { stat: 'p99' }],
            ['.', 'NetworkIn', '.', '.', '.', 'b'],
            ['...', 'c'],
            [{ expression: 'm1 / 2', id: 'e1' }],
            ['...', { yAxis: 'right', visible: false }],
          ],
        }),
      ),
    );
    expect(widget.problems).toEqual([]);
    expect(widget.series.map(({ metric: id }) => id?.dimensions.map(({ value }) => value))).toEqual(
      [['i-1', 'a'], ['i-1', 'b'], ['i-1', 'c'], undefined, ['i-1', 'c']],
    );
    expect(widget.series.map(({ metric: id }) => id?.metricName)).toEqual([
      ...['CPUUtilization', 'NetworkIn', 'NetworkIn', undefined, 'NetworkIn'],
    ]);
    expect(widget.series.at(-1)).toMatchObject({ axis: 'right', visible: false });
  });

  it('keeps what can be read when one row cannot, and says which and where', () => {
    const result = read(
      metric({ metrics: [['.', 'x'], ['A', 'b'], ['A', 'b', 'only-a-name'], 7] }),
    );
    expect(metricOf(result).series).toHaveLength(1);
    expect(metricOf(result).problems).toHaveLength(3);
    const [first] = result.problems;
    expect(first?.field).toBe('widgets[0].properties.metrics[0]');
    expect(first?.line).toBeGreaterThan(1);
  });

  it('reads options, with widget defaults', () => {
    const widget = metricOf(
      read(
        metric({
          stat: 'Sum',
          period: 60,
          region: 'eu-west-1',
          accountId: '123456789012',
          metrics: [
            [
              'A',
              'b',
              { id: 'm1', label: '${AVG}', color: '#FA3', stat: 'TM(10%:90%)', period: 30 },
            ],
            ['A', 'c', { region: 'us-east-1', accountId: '210987654321' }],
          ],
        }),
      ),
    );
    expect(widget.series[0]).toMatchObject({
      id: 'm1',
      label: '${AVG}',
      color: '#ffaa33',
      stat: 'TM(10%:90%)',
      periodSeconds: 30,
    });
    expect(widget.series[1]).toMatchObject({
      stat: 'Sum',
      periodSeconds: null,
      region: 'us-east-1',
      accountId: '210987654321',
    });
    expect(widget).toMatchObject({ periodSeconds: 60, region: 'eu-west-1' });
  });
});

describe('annotations and axes', () => {
  const widget = metricOf(
    read(
      metric({
        metrics: [['A', 'b']],
        view: 'timeSeries',
        stacked: true,
        yAxis: { left: { min: 0, max: 100, label: 'load', showUnits: false } },
        legend: { position: 'right' },
        annotations: {
          alarms: ['arn:aws:cloudwatch:eu-west-1:123456789012:alarm:x'],
          horizontal: [
            { value: 80, label: 'high', fill: 'above', color: '#ff0000' },
            [
              { value: 10, label: 'from' },
              { value: 20, label: 'to' },
            ],
          ],
          vertical: [
            { value: '2026-01-31T12:00:00Z', label: 'deploy', fill: 'before' },
            [{ value: '2026-01-31T12:00:00Z' }, { value: '2026-01-31T13:00:00Z', label: 'end' }],
          ],
        },
      }),
    ),
  );

  it('reads lines, bands, points and spans', () => {
    expect(widget.problems).toEqual([]);
    expect(widget.thresholds).toMatchObject([
      { value: 80, to: null, fill: 'above', color: '#ff0000' },
      { value: 10, to: 20, fill: 'between', label: 'from', toLabel: 'to' },
    ]);
    const noon = Date.UTC(2026, 0, 31, 12);
    expect(widget.marks).toMatchObject([
      { at: noon, to: null, fill: 'before' },
      { at: noon, to: noon + 3_600_000, fill: 'between', toLabel: 'end' },
    ]);
    expect(widget.alarmArns).toHaveLength(1);
  });

  it('reads axis, legend and the stacked flag', () => {
    expect(widget.view).toBe('stacked');
    expect(widget.legend).toBe('right');
    expect(widget.left).toEqual({ min: 0, max: 100, label: 'load', showUnits: false, unit: null });
  });
});

describe('other widgets', () => {
  it('reads text, alarm and log widgets', () => {
    const { widgets } = dashboard(
      read({
        widgets: [
          { type: 'text', properties: { markdown: '# Hi', background: 'transparent' } },
          { type: 'alarm', properties: { title: 'State', alarms: ['arn:a'], states: ['ALARM'] } },
          {
            type: 'log',
            properties: {
              query:
                'SOURCE \'a|b\' | SOURCE logGroups(namePrefix: ["/aws/"]) | fields @message | limit 5',
              view: 'bar',
              region: 'eu-west-1',
            },
          },
        ],
      }),
    );
    expect(widgets).toMatchObject([
      { kind: 'text', markdown: '# Hi', background: 'transparent' },
      { kind: 'alarm', alarmArns: ['arn:a'], states: ['ALARM'] },
      {
        kind: 'log',
        logGroups: ['a|b', 'prefix:/aws/'],
        query: 'fields @message | limit 5',
        view: 'bar',
      },
    ]);
  });

  it('explains what it does not draw, and draws the rest', () => {
    const result = read({
      widgets: [
        { type: 'custom', properties: { endpoint: 'arn:x', title: 'Mine' } },
        { type: 'explorer', properties: {} },
        { type: 'metric', properties: { insightRule: { ruleName: 'r' } } },
        { type: 'hologram', properties: {} },
        'nonsense',
        { type: 'text', properties: { markdown: 'fine' } },
      ],
    });
    const { widgets } = dashboard(result);
    expect(widgets.map(({ kind }) => kind)).toEqual([
      ...['explained', 'explained', 'explained', 'explained', 'explained', 'text'],
    ]);
    expect(widgets[0]).toMatchObject({ what: 'custom', title: 'Mine' });
    for (const widget of widgets.slice(0, 5)) {
      expect(widget.kind === 'explained' && widget.sentence).toMatch(/^[A-Z].{15,}\.$/);
    }
  });

  it('names fields and values that it does not know', () => {
    const result = read(metric({ metrics: [['A', 'b']], view: 'cube', colour: 'red', period: 45 }));
    const fields = result.problems.map(({ field }) => field);
    expect(fields).toEqual(
      expect.arrayContaining(
        ['view', 'colour', 'period'].map((name) => `widgets[0].properties.${name}`),
      ),
    );
    expect(metricOf(result)).toMatchObject({ view: 'timeSeries', periodSeconds: 60 });
    expect(metricOf(result).problems).toHaveLength(3);
  });
});

describe('layout', () => {
  const text = (place: object) => ({ type: 'text', properties: { markdown: 'x' }, ...place });
  const places = (widgets: object[]) =>
    dashboard(read({ widgets })).widgets.map(({ x, y, width, height }) => [x, y, width, height]);

  it('flows widgets without a place', () => {
    expect(
      places([text({ width: 12 }), text({ width: 12 }), text({ width: 24, height: 2 })]),
    ).toEqual([
      [0, 0, 12, 6],
      [12, 0, 12, 6],
      [0, 6, 24, 2],
    ]);
  });

  it('keeps manual places, moves what does not fit or is covered', () => {
    const widgets = [text({ x: 20, y: 0, width: 12, height: 3 }), text({ x: 12, y: 1, width: 6 })];
    expect(places(widgets)).toEqual([
      [12, 0, 12, 3],
      [12, 3, 6, 6],
    ]);
    expect(read({ widgets }).problems).toHaveLength(2);
  });
});

describe('dashboard variables', () => {
  const body = {
    variables: [
      {
        type: 'property',
        property: 'region',
        id: 'r',
        inputType: 'input',
        defaultValue: 'eu-west-1',
      },
      {
        type: 'property',
        property: 'FunctionName',
        id: 'f',
        inputType: 'select',
        search: '{AWS/Lambda,FunctionName,Resource} MetricName="Duration" Resource="x"',
        populateFrom: 'FunctionName',
        defaultValue: '__FIRST',
      },
      {
        type: 'pattern',
        pattern: 'stage-1',
        id: 's',
        inputType: 'radio',
        values: [{ value: 'prod', label: 'Production' }, { value: 'stage-1' }],
      },
    ],
    widgets: [
      {
        type: 'metric',
        properties: {
          title: 'stage-1 calls',
          region: 'us-east-1',
          metrics: [
            ['AWS/Lambda', 'Duration', 'FunctionName', 'one'],
            ['.', 'Errors', '.', '.', { region: 'us-east-1' }],
          ],
        },
      },
    ],
  };

  it('become inputs with choices', () => {
    const { inputs } = read(body);
    expect(inputs).toMatchObject([
      { id: 'r', control: 'text', value: 'eu-west-1', kind: 'variable' },
      {
        id: 'f',
        control: 'choice',
        value: null,
        from: {
          namespace: 'AWS/Lambda',
          metricName: 'Duration',
          dimension: 'FunctionName',
          filters: [{ name: 'Resource', value: 'x' }],
        },
      },
      {
        id: 's',
        control: 'radio',
        choices: [
          { value: 'prod', label: 'Production' },
          { value: 'stage-1', label: 'stage-1' },
        ],
      },
    ]);
  });

  it('change properties, dimensions behind shorthand, and text', () => {
    const widget = metricOf(read(body, { f: 'two', s: 'prod' }));
    expect(widget.title).toBe('prod calls');
    expect(widget.region).toBe('eu-west-1');
    expect(widget.series.map(({ metric: id }) => id?.dimensions[0]?.value)).toEqual(['two', 'two']);
    expect(widget.series[1]?.region).toBe('eu-west-1');
  });

  it('never runs a pattern that could take long', () => {
    const slow = {
      variables: [{ type: 'pattern', pattern: '(a+)+$', id: 'p', inputType: 'input' }],
      widgets: [{ type: 'text', properties: { markdown: `${'a'.repeat(5_000)}!` } }],
    };
    const started = performance.now();
    const result = read(slow, { p: 'x' });
    expect(performance.now() - started).toBeLessThan(500);
    expect(result.problems[0]?.message).toContain('regular expression');
  });
});

describe('the dashboard itself', () => {
  it('reads range and period rule', () => {
    const result = read({ start: '-PT6H', periodOverride: 'inherit', widgets: [] });
    expect(dashboard(result)).toMatchObject({
      name: 'team',
      range: { start: '-PT6H', end: null },
      periodOverride: 'inherit',
    });
    expect(read({ start: 'yesterday', widgets: [] }).problems[0]?.field).toBe('start');
  });
});
