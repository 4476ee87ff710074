import { describe, expect, it } from 'vitest';
import { countOf, graphModel, valuesOn } from '../../../src/renderer/alarm-detail/graph-model';
import type { AlarmSeries } from '../../../src/shared/metrics/series';

const minute = 60_000;
const facts = { severity: 'critical', unit: 'Seconds', zone: 'utc', deployments: [] } as const;
const data = (over: Partial<AlarmSeries> = {}): AlarmSeries => ({
  startMs: 0,
  endMs: 10 * minute,
  periodMs: minute,
  series: [
    {
      id: 'm1',
      label: '5XX',
      unit: 'Count',
      points: Float64Array.of(0, 1, minute, 2, 5 * minute, 20_000),
    },
  ],
  threshold: 10_000,
  bandIds: null,
  alarmBands: [{ from: 4 * minute, to: 30 * minute }],
  ...over,
});

describe('graph model', () => {
  it('leaves a gap where datapoints are missing, never a zero', () => {
    const [series] = graphModel(data(), facts).series;
    expect(series?.startMs).toBe(0);
    expect([...(series?.values ?? [])]).toEqual([1, 2, Number.NaN, Number.NaN, Number.NaN, 20_000]);
  });

  it('puts all series of the alarm on one grid, wherever each begins', () => {
    const late = { id: 'm2', label: 'late', unit: null, points: Float64Array.of(2 * minute, 7) };
    const { series } = graphModel(data({ series: [...data().series, late] }), facts);
    expect(series[1]?.startMs).toBe(0);
    expect(series[1]?.values[2]).toBe(7);
    expect(series[1]?.values[0]).toBeNaN();
  });

  it('ignores a dangling time without its value', () => {
    const grid = { startMs: 0, periodMs: minute, count: 2 };
    expect([...valuesOn(grid, Float64Array.of(0, 1, minute))]).toEqual([1, Number.NaN]);
  });

  it('has the unit that a series states, else what is known of the metric', () => {
    expect(graphModel(data(), facts).left.unit).toBe('Count');
    expect(graphModel(data({ series: [] }), facts).left.unit).toBe('Seconds');
  });

  it('draws the limit with its words', () => {
    expect(graphModel(data(), facts).thresholds).toMatchObject([
      { value: 10_000, label: 'limit 10 k' },
    ]);
    expect(graphModel(data({ threshold: null }), facts).thresholds).toEqual([]);
  });

  it('clips the times in ALARM to the window and drops those outside', () => {
    const alarmBands = [
      { from: -minute, to: minute },
      { from: 20 * minute, to: 30 * minute },
    ];
    expect(graphModel(data({ alarmBands }), facts).spans).toEqual([
      { from: 0, to: minute, label: 'ALARM', severity: 'critical' },
    ]);
  });

  it('counts datapoints of what is watched: neither gaps nor the anomaly band', () => {
    const line = (id: string) => ({ id, label: id, unit: null, points: Float64Array.of(0, 1) });
    const banded = data({ series: [line('m1'), line('lo'), line('hi')], bandIds: ['lo', 'hi'] });
    expect(countOf(data())).toBe(3);
    expect(countOf(banded)).toBe(1);
    expect(graphModel(banded, facts).series.map((each) => each.bandOf)).toEqual([
      null,
      'band',
      'band',
    ]);
  });

  it('marks deployments within the window', () => {
    const { startMs, endMs } = data();
    const deployment = (at: number) => ({
      at,
      kind: 'deployment' as const,
      text: 'Deployment of crm-core-service finished (ECS)',
      connectionId: 'crm',
      region: 'us-east-1',
      alarmKey: null,
    });
    const deployments = [deployment(startMs - 1), deployment(startMs + 1), deployment(endMs + 1)];
    expect(graphModel(data(), { ...facts, deployments }).marks).toMatchObject([
      { at: startMs + 1, label: 'Deployment of crm-core-service finished (ECS)' },
    ]);
  });
});
