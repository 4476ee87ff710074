import { describe, expect, it } from 'vitest';
import { withAlarms } from '../../../src/renderer/dashboards/use-alarm-annotations';
import { hasDatapoints, modelOf } from '../../../src/renderer/dashboards/widget-model';
import { alarm, head, metricWidget, planned, setOf } from './fixtures';

const parts = {
  window: { startMs: 0, endMs: 300_000 },
  marks: [],
  spans: [],
  zone: 'utc' as const,
};

describe('the model of a widget', () => {
  it('draws views into the answer, without copying, named by CloudWatch or else by the console', () => {
    const widget = metricWidget();
    const set = setOf(
      [
        head({ label: 'CPU b', offset: 2, count: 2 }),
        head({ key: 'm1:2', offset: 0, count: 2, status: 'partial' }),
      ],
      [1, 2, 3, Number.NaN],
    );
    const answers = [{ planned: planned(widget.series), set }];
    const model = modelOf({ ...parts, widget, answers, before: null });
    expect(model.series.map(({ label }) => label)).toEqual(['CPU b', widget.series[0]?.label]);
    expect(model.series[0]?.values.buffer).toBe(set.values.buffer);
    expect([...(model.series[0]?.values ?? [])]).toEqual([3, Number.NaN]);
    expect(model.series[1]?.note).toBe('Not all of it was answered.');
    expect(model.series[0]?.unit).toBe('Percent');
  });

  it('moves the week before onto the axis of today, pale', () => {
    const widget = metricWidget();
    const answers = [{ planned: planned(widget.series), set: setOf([head()], [1, 2]) }];
    const before = { answers, byMs: 60_000 };
    const [today, week] = modelOf({ ...parts, widget, answers, before }).series;
    expect(today).toMatchObject({ ghost: false, startMs: 0 });
    expect(week).toMatchObject({ ghost: true, startMs: 60_000 });
    expect(week?.key).not.toBe(today?.key);
  });

  it('pairs the edges of an anomaly band', () => {
    const [first] = metricWidget().series;
    if (first === undefined) throw new Error('no series');
    const band = { ...first, id: 'ad1', metric: null, expression: 'ANOMALY_DETECTION_BAND(m1, 2)' };
    const widget = metricWidget({ series: [band] });
    const heads = [
      head({ queryId: 'ad1', key: 'ad1' }),
      head({ queryId: 'ad1', key: 'ad1:2', offset: 2 }),
    ];
    const answers = [{ planned: planned([band]), set: setOf(heads, [1, 2, 3, 4]) }];
    const { series } = modelOf({ ...parts, widget, answers, before: null });
    expect(series.map(({ bandOf }) => bandOf)).toEqual(['0:ad1', '0:ad1']);
  });

  it('knows gaps from datapoints', () => {
    const widget = metricWidget();
    const gaps = setOf([head()], [Number.NaN, Number.NaN]);
    const answers = [{ planned: planned(widget.series), set: gaps }];
    expect(hasDatapoints(modelOf({ ...parts, widget, answers, before: null }))).toBe(false);
    const zero = [{ planned: planned(widget.series), set: setOf([head()], [0, Number.NaN]) }];
    expect(hasDatapoints(modelOf({ ...parts, widget, answers: zero, before: null }))).toBe(true);
  });

  it("draws an alarm's limit, and its metrics where the widget has none", () => {
    const both = withAlarms(metricWidget({ title: 'CPU' }), [alarm]);
    expect(both.thresholds).toMatchObject([{ value: 80, label: 'high limit' }]);
    const bare = withAlarms(metricWidget({ series: [], title: '' }), [alarm]);
    expect(bare.title).toBe('high');
    expect(bare.series).toMatchObject([{ region: 'us-east-1', metric: { namespace: 'AWS/ECS' } }]);
  });
});
