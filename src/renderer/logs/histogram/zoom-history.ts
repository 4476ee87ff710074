/** Zooms that can be taken back one by one, pane by pane. */
import type { TimeWindow } from '../../../shared/dashboards/time-range';
import type { Pane } from '../events/pane';

const before = new WeakMap<Pane, (TimeWindow | null)[]>();

export function zoomIn(pane: Pane, window: TimeWindow): void {
  const { zoom, setZoom } = pane.getState();
  before.set(pane, [...(before.get(pane) ?? []), zoom]);
  setZoom(window);
}

/** False when nothing is zoomed. */
export function zoomBack(pane: Pane): boolean {
  const { zoom, setZoom } = pane.getState();
  const past = before.get(pane) ?? [];
  before.set(pane, past.slice(0, -1));
  if (zoom === null) return false;
  setZoom(past.at(-1) ?? null);
  return true;
}

export function zoomOut(pane: Pane): void {
  before.delete(pane);
  pane.getState().setZoom(null);
}
