import { describe, expect, it } from 'vitest';
import {
  graphModel,
  numberRows,
  pointsOf,
  timeTicks,
} from '../../../src/renderer/alarm-detail/graph-model';
import type { AlarmSeries } from '../../../src/shared/metrics/series';

const minute = 60_000;
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
  threshold: 10,
  bandIds: null,
  alarmBands: [{ from: 4 * minute, to: 30 * minute }],
  ...over,
});

describe('graph model', () => {
  it('adds no point where datapoints are missing and marks those that stand alone', () => {
    const points = pointsOf(Float64Array.of(0, 1, minute, 2, 5 * minute, 3), 1.5 * minute);
    expect(points).toEqual([
      { x: 0, y: 1, alone: false },
      { x: minute, y: 2, alone: false },
      { x: 5 * minute, y: 3, alone: true },
    ]);
    expect(graphModel(data()).gapMs).toBe(1.5 * minute);
  });

  it('ignores a dangling time without its value', () => {
    expect(pointsOf(Float64Array.of(0, 1, minute), minute)).toEqual([{ x: 0, y: 1, alone: true }]);
  });

  it('counts datapoints, not gaps, and scales by the largest of values and threshold', () => {
    const model = graphModel(data());
    expect(model.count).toBe(3);
    expect(model.scale).toEqual({ divisor: 1000, suffix: ' k' });
    expect(graphModel(data({ series: [], threshold: 5e6 })).scale.divisor).toBe(1e6);
  });

  it('clips the bands in ALARM to the window and drops those outside', () => {
    expect(
      graphModel(
        data({
          alarmBands: [
            { from: -minute, to: minute },
            { from: 20 * minute, to: 30 * minute },
          ],
        }),
      ).alarmBands,
    ).toEqual([{ from: 0, to: minute }]);
  });

  it('knows the anomaly band from the watched line', () => {
    const line = (id: string) => ({ id, label: id, unit: null, points: Float64Array.of(0, 1) });
    const model = graphModel(
      data({ series: [line('m1'), line('lo'), line('hi')], bandIds: ['lo', 'hi'] }),
    );
    expect(model.lines.map((entry) => entry.role)).toEqual(['value', 'band-lower', 'band-upper']);
    expect(model.count).toBe(1);
  });

  it('lists the same numbers, newest first, marked where in ALARM', () => {
    expect(numberRows(graphModel(data()))).toEqual([
      { at: 5 * minute, values: [20_000], inAlarm: true },
      { at: minute, values: [2], inAlarm: false },
      { at: 0, values: [1], inAlarm: false },
    ]);
  });

  it('puts ticks on round times of the zone', () => {
    const threeHours = 3 * 60 * minute;
    expect(timeTicks(minute, threeHours, 6, 0)).toEqual(
      [30, 60, 90, 120, 150, 180].map((at) => at * minute),
    );
    const india = 5.5 * 60 * minute;
    for (const tick of timeTicks(minute, 24 * 60 * minute, 8, india)) {
      expect((tick + india) % (3 * 60 * minute)).toBe(0);
    }
  });
});
