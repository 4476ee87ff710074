/** Draws the bars: what was not read hatched, the alarm's moment marked, a selection raised. Device pixels throughout. */
import type { ChartColors } from '../../charts/chart-colors';
import type { Bars } from './buckets';
import type { Gap } from './gaps';
import type { Stacks, Tone } from './stacks';

/** CSS px. */
export const HEIGHT = 72;
const AXIS = 15;
const TOP = 12;

export interface Tick {
  at: number;
  label: string;
}

export interface Picture {
  bars: Bars;
  stacks: Stacks | null;
  /** Bars of the stacks, which may be those of the window before. */
  stackBars: Bars | null;
  gaps: readonly Gap[];
  alarmMs: number | null;
  /** First and last bar of what is being selected. */
  selection: readonly [number, number] | null;
  cursor: number | null;
  ticks: readonly Tick[];
  /** What the highest bar holds, in words. */
  scale: string;
}

interface Pen {
  context: CanvasRenderingContext2D;
  colors: ChartColors;
  /** What labels stand on, over bars and hatching. */
  ground: string;
  /** Device px per CSS px. */
  ratio: number;
  width: number;
  /** Where the bars stand and where they begin, device px. */
  floor: number;
  roof: number;
  x(ms: number): number;
}

export function paintHistogram(
  canvas: HTMLCanvasElement,
  widthPx: number,
  picture: Picture,
  colors: ChartColors,
): void {
  const ratio = window.devicePixelRatio || 1;
  const width = Math.max(1, Math.round(widthPx * ratio));
  const height = Math.round(HEIGHT * ratio);
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  const context = canvas.getContext('2d');
  if (context === null) return;
  context.clearRect(0, 0, width, height);
  const { startMs, endMs } = picture.bars;
  const pen: Pen = {
    context,
    colors,
    ground: getComputedStyle(canvas).getPropertyValue('--nd-bg').trim() || colors.panel,
    ratio,
    width,
    floor: height - Math.round(AXIS * ratio),
    roof: Math.round(TOP * ratio),
    x: (ms) => Math.round(((ms - startMs) / (endMs - startMs)) * width),
  };
  for (const gap of picture.gaps) hatch(pen, gap);
  if (picture.selection !== null) paintSelection(pen, picture.bars, picture.selection);
  if (picture.stacks !== null && picture.stackBars !== null) {
    paintBars(pen, picture.stackBars, picture.stacks);
  }
  if (picture.cursor !== null) paintCursor(pen, picture.bars, picture.cursor);
  paintAxis(pen, picture);
  if (picture.alarmMs !== null) paintAlarm(pen, picture.alarmMs);
}

export function toneColor(tone: Tone, colors: ChartColors): string {
  if (tone === 'critical') return colors.critical;
  if (tone === 'warning') return colors.severity.warning;
  // Towards the text's colour: the same steps in both themes.
  return `color-mix(in srgb, ${colors.text} ${Math.round(tone.grey * 100)}%, ${colors.panel})`;
}

function paintBars(pen: Pen, bars: Bars, { series, counts, buckets, most }: Stacks): void {
  if (most === 0) return;
  const { context, ratio, floor, roof, width } = pen;
  const gap = width / buckets >= 4 * ratio ? Math.max(1, Math.round(ratio)) : 0;
  const fills = series.map(({ tone }) => toneColor(tone, pen.colors));
  // A single error among thousands of events must be seen.
  const least = Math.max(1, Math.round(2 * ratio));
  for (let bar = 0; bar < buckets; bar += 1) {
    const left = pen.x(bars.startMs + bar * bars.stepMs);
    const right = Math.max(left + 1, pen.x(bars.startMs + (bar + 1) * bars.stepMs) - gap);
    let top = floor;
    for (const [place, { row }] of series.entries()) {
      const count = counts[row * buckets + bar] ?? 0;
      if (count === 0) continue;
      const high = Math.max(least, Math.round((count / most) * (floor - roof)));
      context.fillStyle = fills[place] ?? pen.colors.faint;
      context.fillRect(left, Math.max(roof, top - high), right - left, Math.min(high, top - roof));
      top -= high;
      if (top <= roof) break;
    }
  }
}

function hatch(pen: Pen, { startMs, endMs, groups, of }: Gap): void {
  const { context, ratio, floor } = pen;
  const left = Math.max(0, pen.x(startMs));
  const right = Math.min(pen.width, pen.x(endMs));
  if (right <= left) return;
  context.save();
  context.beginPath();
  context.rect(left, 0, right - left, floor);
  context.clip();
  // The more groups are missing, the denser.
  context.globalAlpha = 0.25 + 0.5 * (groups.length / of);
  context.strokeStyle = pen.colors.faint;
  context.lineWidth = Math.max(1, Math.round(ratio * 0.75));
  const step = Math.round(6 * ratio);
  context.beginPath();
  for (let x = left - floor - (left % step); x < right; x += step) {
    context.moveTo(x, floor);
    context.lineTo(x + floor, 0);
  }
  context.stroke();
  context.restore();
}

function paintSelection(pen: Pen, bars: Bars, [from, to]: readonly [number, number]): void {
  const { context, colors, ratio, floor } = pen;
  const left = pen.x(bars.startMs + Math.min(from, to) * bars.stepMs);
  const right = pen.x(bars.startMs + (Math.max(from, to) + 1) * bars.stepMs);
  const line = Math.max(1, Math.round(ratio));
  context.save();
  context.globalAlpha = 0.16;
  context.fillStyle = colors.accent;
  context.fillRect(left, 0, right - left, floor);
  context.restore();
  context.strokeStyle = colors.accent;
  context.lineWidth = line;
  context.strokeRect(left + line / 2, line / 2, right - left - line, floor - line);
}

function paintCursor(pen: Pen, bars: Bars, bar: number): void {
  const { context, colors, floor } = pen;
  const left = pen.x(bars.startMs + bar * bars.stepMs);
  const right = pen.x(bars.startMs + (bar + 1) * bars.stepMs);
  context.save();
  context.globalAlpha = 0.1;
  context.fillStyle = colors.text;
  context.fillRect(left, 0, Math.max(1, right - left), floor);
  context.restore();
}

function paintAxis(pen: Pen, { ticks, scale }: Picture): void {
  const { context, colors, ratio, floor, width } = pen;
  context.fillStyle = colors.line;
  context.fillRect(0, floor, width, Math.max(1, Math.round(ratio)));
  context.font = `${Math.round(10 * ratio)}px ${colors.font}`;
  context.textBaseline = 'bottom';
  const below = floor + Math.round(AXIS * ratio);
  for (const { at, label } of ticks) {
    const x = pen.x(at);
    const wide = context.measureText(label).width;
    context.fillStyle = colors.line;
    context.fillRect(x, floor, Math.max(1, Math.round(ratio)), Math.round(3 * ratio));
    const left = x - wide / 2;
    if (left < 0 || left + wide > width) continue;
    context.fillStyle = colors.faint;
    context.fillText(label, Math.round(left), below);
  }
  context.textBaseline = 'top';
  if (scale === '') return;
  context.fillStyle = pen.ground;
  context.fillRect(0, 0, context.measureText(scale).width + 6 * ratio, Math.round(12 * ratio));
  context.fillStyle = colors.faint;
  context.fillText(scale, Math.round(2 * ratio), Math.round(ratio));
}

function paintAlarm(pen: Pen, at: number): void {
  const { context, colors, ratio, floor, width } = pen;
  const x = pen.x(at);
  if (x < 0 || x > width) return;
  context.save();
  context.strokeStyle = colors.critical;
  context.lineWidth = Math.max(1, Math.round(1.5 * ratio));
  context.setLineDash([3 * ratio, 2 * ratio]);
  context.beginPath();
  context.moveTo(x, 0);
  context.lineTo(x, floor);
  context.stroke();
  context.restore();
  const label = 'alarm began';
  context.font = `${Math.round(10 * ratio)}px ${colors.font}`;
  context.textBaseline = 'top';
  const wide = context.measureText(label).width;
  const space = Math.round(4 * ratio);
  const left = x + space + wide <= width ? x + space : x - space - wide;
  context.fillStyle = pen.ground;
  context.fillRect(left - 2 * ratio, 0, wide + 4 * ratio, Math.round(12 * ratio));
  context.fillStyle = colors.text;
  context.fillText(label, left, Math.round(ratio));
}
