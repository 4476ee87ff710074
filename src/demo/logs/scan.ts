import { compareEvents, type LogEvent, MINUTE, type Position } from './event';
import type { LogGroup } from './log-group';
import { minuteOf } from './source';

export interface Window {
  /** Inclusive, ms. */
  from: number;
  /** Inclusive, ms. */
  to: number;
}

const SLICE_MS = 8;

/** Gives other requests a turn whenever one has computed for a while. */
export class Breather {
  private since = performance.now();

  async turn(): Promise<void> {
    if (performance.now() - this.since < SLICE_MS) return;
    await new Promise<void>((resolve) => setImmediate(resolve));
    this.since = performance.now();
  }
}

/**
 * Events of a group in a window minute by minute, in the direction asked: ascending, or descending when `backwards`.
 * Starts behind `after`, if given. Empty minutes are passed on as empty lists, so that a reader can count its scan.
 */
export async function* minutesOf(
  group: LogGroup,
  window: Window,
  options: { now: () => number; backwards?: boolean; after?: Position | null },
): AsyncGenerator<{ minute: number; events: LogEvent[] }> {
  const backwards = options.backwards === true;
  const breather = new Breather();
  const after = options.after ?? null;
  const from = Math.max(window.from, group.since(options.now()));
  // Two hours ahead is as far as events may be put.
  const to = Math.min(window.to, options.now() + 120 * MINUTE);
  const first = minuteOf(
    backwards ? Math.min(to, after?.timestamp ?? to) : Math.max(from, after?.timestamp ?? from),
  );
  const last = minuteOf(backwards ? from : to);
  const step = backwards ? -MINUTE : MINUTE;
  for (let minute = first; backwards ? minute >= last : minute <= last; minute += step) {
    const all = group.minute(minute, options.now());
    const inside =
      minute >= from && minute + MINUTE <= to && minute !== first
        ? all
        : all.filter((event) => isInside(event, from, to, after, backwards));
    yield { minute, events: backwards ? inside.reverse() : inside };
    await breather.turn();
  }
}

function isInside(
  event: LogEvent,
  from: number,
  to: number,
  after: Position | null,
  backwards: boolean,
): boolean {
  if (event.timestamp < from || event.timestamp > to) return false;
  if (after === null) return true;
  const order = compareEvents(event, after);
  return backwards ? order < 0 : order > 0;
}
