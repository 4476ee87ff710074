/** A time chart as a person meets it: picture, overlay, pointer, keys, and the group's hair. */
import { finestPeriod, snap, valuesAt } from './at-moment';
import type { ValueAt } from './at-moment';
import type { ChartColors } from './chart-colors';
import { cursorGroup } from './cursor';
import type { Cursor } from './cursor';
import { momentAt, paintOverlay, pixelOf } from './overlay';
import type { Plot } from './trace';
import type { Plan } from './plan';
import { momentWords } from './moment-words';
import { createTimePicture } from './time-chart';
import { hideTooltip, showTooltip } from './tooltip';

/** A drag shorter than this is a click (px). */
const DRAG_PX = 5;
/** Shift with an arrow moves this many datapoints. */
const LEAP = 10;

export interface TimeSurface {
  show(plan: Plan, colors: ChartColors): void;
  destroy(): void;
}

export interface SurfaceParts {
  id: string;
  canvas: HTMLCanvasElement;
  overlay: HTMLCanvasElement;
  stage: HTMLElement;
  group: string;
  plan: Plan;
  colors: ChartColors;
  onZoom(from: number, to: number): void;
}

function nearestTo(values: ValueAt[], y: number, plot: Plot): ValueAt | null {
  let best: ValueAt | null = null;
  let distance = Infinity;
  for (const each of values) {
    const axis = each.planned.series.axis === 'left' ? plot.leftAxis : plot.rightAxis;
    const away = Math.abs(axis.zero - each.drawn * axis.perUnit - y);
    if (away < distance) [best, distance] = [each, away];
  }
  return best;
}

/** Brings the chart to life on its elements until destroyed. */
export function createTimeSurface(parts: SurfaceParts): TimeSurface {
  const { id, canvas, overlay, stage } = parts;
  let { plan, colors } = parts;
  let plot: Plot | null = null;
  let dirty = false;
  let size = { width: 0, height: 0 };
  let drag: { from: number; to: number } | null = null;
  /** Last place of the pointer, for the nearest series and the list of values; null by keyboard. */
  let pointer: { x: number; y: number } | null = null;
  const group = cursorGroup(parts.group);
  const context = overlay.getContext('2d');
  const listening = new AbortController();

  const fit = (): void => {
    const ratio = window.devicePixelRatio;
    const { clientWidth: width, clientHeight: height } = overlay;
    const [wide, high] = [Math.round(width * ratio), Math.round(height * ratio)];
    if (overlay.width !== wide || overlay.height !== high) {
      overlay.width = wide;
      overlay.height = high;
      context?.scale(ratio, ratio);
    }
    size = { width, height };
  };

  const repaint = (cursor: Cursor): void => {
    if (context === null || plot === null) return;
    const source = cursor.source === id;
    const { at, pinned } = cursor;
    if (!dirty && at === null && drag === null) return;
    const state = { plan, plot, colors, at, pinned, source, drag };
    dirty = paintOverlay(context, size.width, size.height, state, dirty);
    tell(cursor, plot);
  };

  const tell = ({ at, source }: Cursor, on: Plot): void => {
    if (source !== id || at === null || drag !== null) return hideTooltip(id);
    const values = valuesAt(plan, at);
    if (pointer === null) {
      // Only who moves the hair by keyboard is read to.
      stage.setAttribute('aria-valuenow', String(at));
      stage.setAttribute('aria-valuetext', momentWords(plan, values, at));
    }
    const bounds = stage.getBoundingClientRect();
    const y = pointer?.y ?? on.top;
    const point = { x: bounds.left + pixelOf(on, at), y: bounds.top + y };
    showTooltip(id, at, plan, values, pointer === null ? null : nearestTo(values, y, on), point);
  };

  const picture = createTimePicture(canvas, plan, colors, (next) => {
    plot = next;
    fit();
    dirty = true;
    repaint(group.get());
  });
  const leave = group.subscribe(repaint);

  const moveTo = (at: number, pinned = false): void => {
    group.set({ at: snap(plan, at), source: id, pinned });
  };

  const at = (event: PointerEvent): { x: number; y: number } => {
    const bounds = stage.getBoundingClientRect();
    return { x: event.clientX - bounds.left, y: event.clientY - bounds.top };
  };
  const on = <N extends keyof HTMLElementEventMap>(
    name: N,
    heard: (event: HTMLElementEventMap[N]) => void,
  ): void => stage.addEventListener(name, heard, { signal: listening.signal });

  on('pointermove', (event) => {
    if (plot === null) return;
    pointer = at(event);
    if (drag !== null) {
      drag.to = pointer.x;
      repaint(group.get());
      return;
    }
    if (group.get().pinned) return;
    const inside = pointer.x >= plot.left - 4 && pointer.x <= plot.right + 4;
    if (inside) moveTo(momentAt(plot, pointer.x));
    else group.set({ at: null, source: null, pinned: false });
  });
  on('pointerleave', () => {
    pointer = null;
    if (!group.get().pinned) group.set({ at: null, source: null, pinned: false });
  });
  on('pointerdown', (event) => {
    const place = at(event);
    if (plot === null || event.button !== 0 || place.x < plot.left || place.x > plot.right) return;
    stage.setPointerCapture(event.pointerId);
    drag = { from: place.x, to: place.x };
  });
  const endDrag = (): { from: number; to: number } | null => {
    const ended = drag;
    drag = null;
    repaint(group.get());
    return ended;
  };
  on('pointerup', () => {
    const ended = endDrag();
    if (ended === null || plot === null) return;
    if (Math.abs(ended.to - ended.from) < DRAG_PX) {
      // A click lets go of a pinned hair.
      if (group.get().pinned) group.set({ at: null, source: null, pinned: false });
      return;
    }
    const inPlot = (x: number): number => Math.min(plot?.right ?? x, Math.max(plot?.left ?? x, x));
    const one = momentAt(plot, inPlot(Math.min(ended.from, ended.to)));
    const other = momentAt(plot, inPlot(Math.max(ended.from, ended.to)));
    parts.onZoom(Math.round(one), Math.round(other));
  });
  on('pointercancel', () => void endDrag());
  on('blur', () => {
    if (!group.get().pinned) group.set({ at: null, source: null, pinned: false });
  });
  on('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const cursor = group.get();
    const { startMs, endMs } = plan.model;
    const step = (finestPeriod(plan) ?? 60_000) * (event.shiftKey ? LEAP : 1);
    const from = cursor.at ?? endMs;
    switch (event.key) {
      case 'ArrowLeft':
        moveTo(from - step, cursor.pinned);
        break;
      case 'ArrowRight':
        moveTo(from + step, cursor.pinned);
        break;
      case 'Home':
        moveTo(startMs, cursor.pinned);
        break;
      case 'End':
        moveTo(endMs, cursor.pinned);
        break;
      case 'Enter':
        if (cursor.at !== null) group.set({ at: cursor.at, source: id, pinned: !cursor.pinned });
        break;
      case 'Escape':
        if (drag === null && cursor.at === null) return;
        if (drag !== null) endDrag();
        else group.set({ at: null, source: null, pinned: false });
        break;
      default:
        return;
    }
    pointer = null;
    event.preventDefault();
    event.stopPropagation();
  });

  return {
    show(nextPlan, nextColors) {
      if (nextPlan === plan && nextColors === colors) return;
      plan = nextPlan;
      colors = nextColors;
      picture.show(plan, colors);
    },
    destroy() {
      listening.abort();
      leave();
      hideTooltip(id);
      picture.destroy();
    },
  };
}
