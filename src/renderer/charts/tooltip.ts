/** The list of values beside the pointer: one element for the window, filled with text and nothing else. */
import { safeText } from '../ui/safe-text';
import { formatFull } from '../ui/time';
import type { ValueAt } from './at-moment';
import type { Plan } from './plan';
import { formatValue } from './units';
import styles from './charts.module.css';

export const MOST_LINES = 12;

export interface TooltipLine {
  color: string;
  label: string;
  value: string;
  nearest: boolean;
}

/** The lines to show: highest first, the nearest always among them. */
export function tooltipLines(
  values: ValueAt[],
  plan: Plan,
  nearest: ValueAt | null,
): { lines: TooltipLine[]; more: number } {
  const kept = values.slice(0, MOST_LINES);
  if (nearest !== null && values.length > MOST_LINES && !kept.includes(nearest)) {
    kept[MOST_LINES - 1] = nearest;
  }
  const lines = kept.map((each) => {
    const { series, color } = each.planned;
    const axis = series.axis === 'left' ? plan.left : plan.right;
    return {
      color,
      label: safeText(series.label),
      value: formatValue(each.value, series.unit ?? axis.unit),
      nearest: each === nearest,
    };
  });
  return { lines, more: values.length - lines.length };
}

let box: HTMLDivElement | null = null;
let owner: string | null = null;

function element(): HTMLDivElement {
  if (box !== null) return box;
  box = document.createElement('div');
  box.className = styles.tooltip ?? '';
  // The chart itself says the same to a screen reader.
  box.setAttribute('aria-hidden', 'true');
  document.body.append(box);
  return box;
}

function rowOf(line: TooltipLine): HTMLElement {
  const row = document.createElement('div');
  row.className = (line.nearest ? styles.tooltipNearest : styles.tooltipRow) ?? '';
  const swatch = document.createElement('i');
  swatch.style.background = line.color;
  const label = document.createElement('span');
  label.textContent = line.label;
  const value = document.createElement('b');
  value.textContent = line.value;
  row.append(swatch, label, value);
  return row;
}

/** Shows the values of chart `id` beside a point of the window (CSS px). */
export function showTooltip(
  id: string,
  at: number,
  plan: Plan,
  values: ValueAt[],
  nearest: ValueAt | null,
  point: { x: number; y: number },
): void {
  const target = element();
  owner = id;
  const { lines, more } = tooltipLines(values, plan, nearest);
  const head = document.createElement('time');
  head.textContent = formatFull(at, plan.model.zone);
  const rows = lines.map(rowOf);
  if (lines.length === 0 || more > 0) {
    const rest = document.createElement('em');
    rest.textContent = lines.length === 0 ? 'no datapoints' : `+ ${more} more`;
    rows.push(rest);
  }
  target.replaceChildren(head, ...rows);
  target.style.display = 'block';
  const { offsetWidth, offsetHeight } = target;
  const x =
    point.x + 16 + offsetWidth > window.innerWidth ? point.x - 16 - offsetWidth : point.x + 16;
  const y = Math.min(
    window.innerHeight - offsetHeight - 8,
    Math.max(8, point.y - offsetHeight / 2),
  );
  target.style.transform = `translate(${Math.max(4, Math.round(x))}px, ${Math.round(y)}px)`;
}

/** Hides it where it shows chart `id`. */
export function hideTooltip(id: string): void {
  if (owner !== id || box === null) return;
  box.style.display = 'none';
  owner = null;
}
