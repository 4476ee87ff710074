/** Hands the reduction of large charts to a worker, so that the window keeps answering. */
import { placesWithin, REDUCE_FROM_PER_COLUMN } from './columns';
import type { Plot, Selection } from './trace';
import type { Plan, PlannedSeries } from './plan';
import type { PlacesAnswer, PlacesJob } from './place-messages';

/** Values in one chart from which its reduction leaves the main thread; below, asking costs more than doing. */
export const WORKER_FROM_POINTS = 1_000_000;

let worker: Worker | null = null;
let broken = false;
let lastId = 0;
const waiting = new Map<number, (answer: PlacesAnswer) => void>();

function theWorker(): Worker | null {
  if (worker !== null || broken) return worker;
  worker = new Worker(new URL('./places.worker.ts', import.meta.url), { type: 'module' });
  worker.addEventListener('message', (event: MessageEvent<PlacesAnswer>) => {
    const { data } = event;
    waiting.get(data.id)?.(data);
    waiting.delete(data.id);
  });
  worker.addEventListener('error', (event) => {
    console.warn('charts are reduced in the window:', event.message);
    broken = true;
    worker = null;
    const unanswered = [...waiting.values()];
    waiting.clear();
    const none = { id: 0, places: new Uint32Array(), ends: new Uint32Array() };
    for (const answer of unanswered) answer(none);
  });
  return worker;
}

function jobOf(planned: PlannedSeries[], plot: Plot, id: number): PlacesJob {
  const buffers: ArrayBuffer[] = [];
  const known = new Map<ArrayBufferLike, number>();
  const perMs = (plot.right - plot.left) / (plot.endMs - plot.startMs);
  const series = planned.map(({ top, startMs, periodMs }) => {
    let buffer = known.get(top.buffer);
    if (buffer === undefined) {
      buffer = buffers.length;
      known.set(top.buffer, buffer);
      buffers.push(top.buffer instanceof ArrayBuffer ? top.buffer : top.slice().buffer);
    }
    return {
      buffer,
      byteOffset: top.byteOffset,
      length: top.length,
      ...placesWithin(startMs, periodMs, top.length, plot.startMs, plot.endMs),
      perColumn: 1 / (periodMs * perMs),
    };
  });
  return { id, buffers, series };
}

/**
 * Asks for the places to draw; `done` hears them later. False where there is nothing to ask: no worker, or
 * no more values than pixels.
 */
export function selectPlaces(
  plan: Plan,
  plot: Plot,
  done: (selection: Selection) => void,
): boolean {
  const perMs = (plot.right - plot.left) / (plot.endMs - plot.startMs);
  const dense = plan.series.filter(
    (each) =>
      !each.hidden && each.shape !== 'bar' && each.periodMs * perMs * REDUCE_FROM_PER_COLUMN <= 1,
  );
  const to = dense.length === 0 ? null : theWorker();
  if (to === null) return false;
  lastId += 1;
  waiting.set(lastId, ({ places, ends }) => {
    const selection = new Map<string, Uint32Array>();
    if (ends.length === dense.length) {
      dense.forEach((each, index) => {
        const from = index === 0 ? 0 : (ends[index - 1] ?? 0);
        selection.set(each.series.key, places.subarray(from, ends[index]));
      });
    }
    done(selection);
  });
  to.postMessage(jobOf(dense, plot, lastId));
  return true;
}
