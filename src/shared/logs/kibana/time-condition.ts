/** A condition on an event's time: the search's range where every event must meet it. */
import type { Filter } from '../filter/filter';
import { agoOf, momentOf } from './date-math';
import { ALL, lost, remark } from './reading';
import type { Reading, Spot } from './reading';

export interface Bounds {
  from: string | number | null;
  to: string | number | null;
  fromIncluded: boolean;
  toIncluded: boolean;
}

export function timeCondition(bounds: Bounds, reading: Reading, spot: Spot): Filter | null {
  const { nowMs } = reading;
  const from = bounds.from === null ? null : ms(bounds.from, nowMs, !bounds.fromIncluded);
  const to = bounds.to === null ? null : ms(bounds.to, nowMs, bounds.toIncluded);
  if ((bounds.from !== null && from === null) || (bounds.to !== null && to === null)) {
    return lost(
      reading,
      spot,
      `The time ${String(from === null ? bounds.from : bounds.to)} cannot be read.`,
    );
  }
  if (spot.top && from !== null && reading.range === null) {
    takeRange(bounds, from, to, reading, spot);
    return ALL;
  }
  if (isRelative(bounds.from) || isRelative(bounds.to)) {
    remark(reading, spot, 'A relative time within the query was fixed to what it means now.');
  }
  const { fromIncluded, toIncluded } = bounds;
  return {
    kind: 'field',
    path: '@time',
    test: { kind: 'range', from, to, fromIncluded, toIncluded },
  };
}

const isRelative = (bound: Bounds['from']): boolean =>
  typeof bound === 'string' && bound.startsWith('now');

const ms = (bound: string | number, nowMs: number, up: boolean): number | null =>
  typeof bound === 'number' ? bound : momentOf(bound, nowMs, up);

function takeRange(
  bounds: Bounds,
  from: number,
  to: number | null,
  reading: Reading,
  spot: Spot,
): void {
  const start = typeof bounds.from === 'string' ? agoOf(bounds.from) : null;
  const end = typeof bounds.to === 'string' ? agoOf(bounds.to) : null;
  const untilNow = bounds.to === null || bounds.to === 'now';
  const iso = (at: number): string => new Date(at).toISOString();
  if (
    (isRelative(bounds.from) && start === null) ||
    (isRelative(bounds.to) && end === null && !untilNow)
  ) {
    remark(
      reading,
      spot,
      'A time range that begins with a day, week or hour was fixed to the one it means now.',
    );
  }
  reading.range = {
    start: start ?? iso(from),
    end: untilNow ? null : (end ?? (to === null ? null : iso(to))),
  };
}
