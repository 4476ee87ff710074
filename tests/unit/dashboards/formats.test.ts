import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readDashboardFile } from '../../../src/shared/dashboards/read-dashboard';

const widgets = [{ type: 'text', properties: { markdown: 'x' } }];

describe('what a file is', () => {
  it.each([
    ['a body', { widgets }],
    ['a list of widgets', widgets],
    ['one widget', widgets[0]],
    [
      'what GetDashboard answers',
      { DashboardName: 'n', DashboardBody: JSON.stringify({ widgets }) },
    ],
    ['a body within an object', { DashboardBody: { widgets } }],
  ])('reads %s', (_name, value) => {
    const result = readDashboardFile(JSON.stringify(value), 'a.json', {});
    expect(result).toMatchObject({ kind: 'read', format: 'cloudwatch' });
    expect(result.kind === 'read' && result.dashboards[0]?.widgets).toHaveLength(1);
  });

  it('reads alarms wherever they are nested', () => {
    const alarm = {
      AlarmName: 'cpu',
      MetricName: 'CPUUtilization',
      Namespace: 'AWS/EC2',
      Dimensions: [{ Name: 'InstanceId', Value: 'i-1' }],
      Statistic: 'Average',
      Period: 300,
      EvaluationPeriods: 2,
      Threshold: 80,
    };
    const composite = { AlarmName: 'both', AlarmRule: 'ALARM(cpu)' };
    const text = JSON.stringify({ MetricAlarms: [alarm], CompositeAlarms: [composite] });
    const result = readDashboardFile(text, 'alarms.json', {});
    expect(result).toMatchObject({
      kind: 'read',
      format: 'alarms',
      alarms: [
        { name: 'cpu', kind: 'metric', metric: { threshold: 80, datapointsToAlarm: 2 } },
        { name: 'both', kind: 'composite', compositeRule: 'ALARM(cpu)' },
      ],
    });
  });

  it('says line, column and reason of what is malformed', () => {
    const result = readDashboardFile('{\n  "widgets": [\n    {,}\n  ]\n}', 'a.json', {});
    expect(result).toMatchObject({ kind: 'failed', problem: { line: 3, column: 6 } });
    const inner = { DashboardBody: '{"widgets": [}' };
    expect(readDashboardFile(JSON.stringify(inner), 'a.json', {})).toMatchObject({
      kind: 'failed',
      problem: { line: 1 },
    });
  });
});

describe('placeholders', () => {
  const template = [
    '{ "widgets": [ { "type": "metric", "properties": {',
    '  "period": ${period}, "region": "${region}", "title": "${upper("x")}",',
    '  "metrics": [["AWS/Lambda", "Errors", "FunctionName", "${fn}", { "label": "${LABEL} $${AVG}" }]]',
    '%{ if extra }',
    '} } ] }',
  ].join('\n');

  it('become inputs, bare or quoted; labels stay', () => {
    const result = readDashboardFile(template, 'a.json.tpl', {});
    if (result.kind === 'failed') throw new Error(result.problem.message);
    expect(result.inputs.map(({ id }) => id).sort()).toEqual(
      ['period', 'region', "upper('x')", 'fn'].sort(),
    );
    expect(result.inputs.find(({ id }) => id === 'fn')?.from).toMatchObject({
      namespace: 'AWS/Lambda',
      dimension: 'FunctionName',
    });
    const widget = result.dashboards[0]?.widgets[0];
    expect(widget).toMatchObject({ kind: 'metric', region: null, periodSeconds: null });
    expect(widget?.kind === 'metric' && widget.series[0]?.label).toBe('${LABEL} ${AVG}');
    expect(widget?.problems).toEqual(['Waits for a value of fn.']);
    expect(result.problems[0]).toMatchObject({ line: 4, column: 1 });
  });

  it('take the values that were picked', () => {
    const result = readDashboardFile(template, 'a.json.tpl', {
      period: '300',
      fn: 'a"b',
      region: 'x',
    });
    if (result.kind === 'failed') throw new Error(result.problem.message);
    const widget = result.dashboards[0]?.widgets[0];
    if (widget?.kind !== 'metric') throw new Error('no metric widget');
    expect(widget.periodSeconds).toBe(300);
    expect(widget.series[0]?.metric?.dimensions[0]?.value).toBe('a"b');
  });

  it('are read in double braces too, as guides write them', () => {
    const text = JSON.stringify([
      { type: 'metric', properties: { region: '{{YOUR_REGION}}', metrics: [['A', '{{NAME}}']] } },
    ]);
    const open = readDashboardFile(text, 'a.json', {});
    expect(open.kind === 'read' && open.inputs.map(({ id }) => id)).toEqual([
      'YOUR_REGION',
      'NAME',
    ]);
    expect(open.kind === 'read' && open.problems).toEqual([]);
    const filled = readDashboardFile(text, 'a.json', { NAME: 'b', YOUR_REGION: 'eu-west-1' });
    expect(filled.kind === 'read' && filled.dashboards[0]?.widgets[0]).toMatchObject({
      region: 'eu-west-1',
      series: [{ metric: { metricName: 'b' } }],
    });
  });

  it('keep the places of the original text', () => {
    const broken = template.replace('"metrics": [[', '"metrics": [[,');
    const result = readDashboardFile(broken, 'a.json.tpl', {});
    expect(result).toMatchObject({ kind: 'failed', problem: { line: 3, column: 16 } });
  });
});

/** Reads a text; what is wrong with how that went, or an empty list. */
function harm(text: string, name: string): string[] {
  const started = performance.now();
  const result = readDashboardFile(text, name, {});
  const took = performance.now() - started;
  return [
    ...(result.kind === 'read' || result.kind === 'failed' ? [] : ['no result']),
    ...(took < 3_000 ? [] : [`took ${Math.round(took)} ms`]),
    ...Object.keys(Object.prototype).map((key) => `Object has got ${key}`),
    ...('polluted' in {} ? ['Object is polluted'] : []),
  ];
}

describe('hostile files', () => {
  it('survives any JSON as widgets', () => {
    const key = fc.constantFrom(
      ...['__proto__', 'constructor', 'prototype', 'polluted', 'type', 'properties', 'metrics'],
      ...['widgets', 'annotations', 'horizontal', 'variables', 'view', 'yAxis', 'legend', 'period'],
    );
    const value = fc.letrec<{ json: unknown }>((tie) => ({
      json: fc.oneof(
        { maxDepth: 5 },
        fc.constantFrom('metric', 'text', 'log', 'alarm', '${', '...', '.', null, true, -1, 1e308),
        fc.string(),
        fc.array(tie('json'), { maxLength: 4 }),
        fc.array(fc.tuple(key, tie('json')), { maxLength: 5 }).map((entries) => {
          const made: Record<string, unknown> = Object.create(null);
          for (const [name, item] of entries) made[name] = item;
          return made;
        }),
      ),
    })).json;
    fc.assert(
      fc.property(fc.array(value, { maxLength: 5 }), value, (list, variables) => {
        expect(harm(JSON.stringify({ widgets: list, variables }), 'a.json')).toEqual([]);
        expect(harm(JSON.stringify(list[0] ?? null), 'a.json')).toEqual([]);
      }),
      { numRuns: 400 },
    );
  });

  it('survives any text under any name', () => {
    const piece = fc.constantFrom(
      ...[
        '{',
        '}',
        '[',
        ']',
        '"',
        "'",
        ':',
        ',',
        '${',
        '%{',
        '}',
        '\\',
        '\n',
        '&a',
        '*a',
        '<<',
        '!Ref',
      ],
      ...['widgets', 'Resources', '__proto__', '- ', ': ', '‹', '$$', '1e999', '\u0000', '\u2028'],
    );
    const text = fc.array(fc.oneof(piece, fc.string({ maxLength: 5 })), { maxLength: 60 });
    const name = fc.constantFrom('a.json', 'a.yaml', 'a.json.tpl', 'a.template', '');
    fc.assert(
      fc.property(text, name, (pieces, fileName) => {
        expect(harm(pieces.join(''), fileName)).toEqual([]);
      }),
      { numRuns: 600 },
    );
  });

  it.each([
    ['unclosed placeholders', `{"widgets": "${'${'.repeat(400_000)}"}`],
    ['unclosed bare placeholders', '${'.repeat(400_000)],
    ['many placeholders', `{"a": [${'${a},'.repeat(200_000)}1]}`],
    ['quotes', '"'.repeat(800_000)],
    ['blanks', `{${' '.repeat(1_000_000)}`],
    ['open brackets', '['.repeat(1_000_000)],
    ['SOURCE clauses', JSON.stringify([widgetOf(`${"SOURCE 'a' | ".repeat(300_000)} x`)])],
    ['too much', 'x'.repeat(5_000_001)],
  ])('is not held up by %s', (_name, text) => {
    expect(harm(text, 'a.json')).toEqual([]);
  });
});

function widgetOf(query: string): object {
  return { type: 'log', properties: { query } };
}
