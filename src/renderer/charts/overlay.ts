/** The canvas over a chart: hair, dots, values of linked charts and the selection of a zoom. */
import { formatClock, formatClockSeconds } from '../ui/time';
import { safeText } from '../ui/safe-text';
import { valuesAt } from './at-moment';
import type { ValueAt } from './at-moment';
import type { ChartColors } from './chart-colors';
import type { Plot } from './trace';
import type { Plan } from './plan';
import { formatValue } from './units';

/** More dots than these hide each other. */
const MOST_DOTS = 40;
const LINKED_LINES = 3;

export interface OverlayState {
  plan: Plan;
  plot: Plot;
  colors: ChartColors;
  at: number | null;
  pinned: boolean;
  /** The chart under the pointer lists its values beside it; the others write a few on themselves. */
  source: boolean;
  /** From and to of a drag, px. */
  drag: { from: number; to: number } | null;
}

/** Pixel of a moment. */
export function pixelOf(plot: Plot, at: number): number {
  return plot.left + ((at - plot.startMs) / (plot.endMs - plot.startMs)) * (plot.right - plot.left);
}

/** Moment at a pixel. */
export function momentAt(plot: Plot, x: number): number {
  return plot.startMs + ((x - plot.left) / (plot.right - plot.left)) * (plot.endMs - plot.startMs);
}

function shortLabel(text: string): string {
  const safe = safeText(text);
  return safe.length > 28 ? `${safe.slice(0, 27)}…` : safe;
}

function valueText({ planned, value }: ValueAt, plan: Plan): string {
  const axis = planned.series.axis === 'left' ? plan.left : plan.right;
  return formatValue(value, planned.series.unit ?? axis.unit);
}

function drawDots(context: CanvasRenderingContext2D, values: ValueAt[], state: OverlayState): void {
  const { plot, plan } = state;
  if (values.length > MOST_DOTS) return;
  for (const { planned, drawn, at } of values) {
    const axis = planned.series.axis === 'left' ? plot.leftAxis : plot.rightAxis;
    const y = axis.zero - drawn * axis.perUnit;
    if (at < plan.model.startMs || at > plan.model.endMs || y < plot.top - 1 || y > plot.bottom + 1)
      continue;
    context.fillStyle = planned.color;
    context.fillRect(pixelOf(plot, at) - 2.5, y - 2.5, 5, 5);
  }
}

function drawLinkedValues(
  context: CanvasRenderingContext2D,
  values: ValueAt[],
  x: number,
  state: OverlayState,
): void {
  const { plot, colors, plan } = state;
  const lines = values
    .slice(0, LINKED_LINES)
    .map((each) => `${valueText(each, plan)}  ${shortLabel(each.planned.series.label)}`);
  if (values.length > LINKED_LINES) lines.push(`+ ${values.length - LINKED_LINES} more`);
  if (lines.length === 0) return;
  context.font = `10px ${colors.font}`;
  const right = x > (plot.left + plot.right) / 2;
  context.textAlign = right ? 'right' : 'left';
  context.textBaseline = 'top';
  const textX = right ? x - 6 : x + 6;
  const width = Math.max(...lines.map((line) => line.length)) * 5.6 + 6;
  // A plain ground: outlined letters would cost more than all the rest of the overlay.
  context.fillStyle = `${colors.panel}cc`;
  context.fillRect(
    right ? textX - width + 3 : textX - 3,
    plot.top + 1,
    width,
    lines.length * 13 + 2,
  );
  lines.forEach((line, index) => {
    context.fillStyle =
      index < LINKED_LINES ? (values[index]?.planned.color ?? colors.dim) : colors.dim;
    context.fillText(line, textX, plot.top + 3 + index * 13);
  });
}

function drawTime(context: CanvasRenderingContext2D, at: number, x: number, state: OverlayState) {
  const { plot, colors, plan } = state;
  const { zone } = plan.model;
  const text = at % 60_000 === 0 ? formatClock(at, zone) : formatClockSeconds(at, zone);
  context.font = `10px ${colors.font}`;
  context.textAlign = 'center';
  context.textBaseline = 'top';
  const width = text.length * 6.2 + 8;
  const centre = Math.min(plot.right - width / 2, Math.max(plot.left + width / 2, x));
  context.fillStyle = state.pinned ? colors.accent : colors.raise;
  context.fillRect(centre - width / 2, plot.bottom + 1, width, 14);
  context.fillStyle = state.pinned ? colors.panel : colors.text;
  context.fillText(text, centre, plot.bottom + 3);
}

/** Repaints the overlay; `dirty` says whether something is on it already. Answers whether something is now. */
export function paintOverlay(
  context: CanvasRenderingContext2D,
  width: number,
  height: number,
  state: OverlayState,
  dirty: boolean,
): boolean {
  if (dirty) context.clearRect(0, 0, width, height);
  const { plot, at, drag, colors } = state;
  if (drag !== null) {
    context.fillStyle = `${colors.accent}33`;
    const from = Math.max(plot.left, Math.min(drag.from, drag.to));
    const to = Math.min(plot.right, Math.max(drag.from, drag.to));
    context.fillRect(from, plot.top, to - from, plot.bottom - plot.top);
  }
  if (at === null || at < plot.startMs || at > plot.endMs) return drag !== null;
  const x = Math.round(pixelOf(plot, at)) + 0.5;
  context.strokeStyle = state.pinned ? colors.accent : colors.faint;
  context.lineWidth = 1;
  context.beginPath();
  context.moveTo(x, plot.top);
  context.lineTo(x, plot.bottom);
  context.stroke();
  const values = valuesAt(state.plan, at);
  drawDots(context, values, state);
  if (!state.source) drawLinkedValues(context, values, x, state);
  // The time is the same in every chart of the group: it is said once.
  if (state.source) drawTime(context, at, x, state);
  return true;
}
