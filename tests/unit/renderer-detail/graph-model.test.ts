import { describe, expect, it } from 'vitest';
import {
  graphModel,
  nearestPoint,
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
  it('breaks the line where datapoints are missing, and does not draw zero', () => {
    const points = pointsOf(Float64Array.of(0, 1, minute, 2, 5 * minute, 3), minute);
    expect(points.map((point) => point.x)).toEqual([0, minute, 2 * minute, 5 * minute]);
    expect(points[2]?.y).toBeNaN();
    expect(points.some((point) => point.y === 0)).toBe(false);
  });

  it('ignores a dangling time without its value', () => {
    expect(pointsOf(Float64Array.of(0, 1, minute), minute)).toEqual([{ x: 0, y: 1 }]);
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

  it('finds the nearest datapoint and nothing inside a gap', () => {
    const points = graphModel(data()).lines[0]?.points ?? [];
    expect(nearestPoint(points, 1.4 * minute, minute)?.y).toBe(2);
    expect(nearestPoint(points, 4.6 * minute, minute)?.y).toBe(20_000);
    expect(nearestPoint(points, 3 * minute, minute)).toBeNull();
    expect(nearestPoint([], 0, minute)).toBeNull();
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
