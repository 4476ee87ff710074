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

interface Row {
  element: HTMLElement;
  swatch: HTMLElement;
  label: HTMLElement;
  value: HTMLElement;
}

interface Box {
  element: HTMLElement;
  head: HTMLElement;
  rows: Row[];
  rest: HTMLElement;
}

let box: Box | null = null;
let owner: string | null = null;
let width = 0;
let height = 0;
/** What the size was measured for; the hair moves far more often than the list changes its size. */
let measured = '';

function make(name: string, parent: HTMLElement): HTMLElement {
  const element = document.createElement(name);
  parent.append(element);
  return element;
}

function boxElement(): Box {
  if (box !== null) return box;
  const element = make('div', document.body);
  element.className = styles.tooltip ?? '';
  // The chart itself says the same to a screen reader.
  element.setAttribute('aria-hidden', 'true');
  const head = make('time', element);
  const rows = Array.from({ length: MOST_LINES }, (): Row => {
    const row = make('div', element);
    return {
      element: row,
      swatch: make('i', row),
      label: make('span', row),
      value: make('b', row),
    };
  });
  box = { element, head, rows, rest: make('em', element) };
  return box;
}

/** Writes only what differs: every write costs a layout. */
function setText(element: HTMLElement, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

function fill(row: Row, line: TooltipLine | undefined): void {
  row.element.hidden = line === undefined;
  if (line === undefined) return;
  row.element.className = (line.nearest ? styles.tooltipNearest : styles.tooltipRow) ?? '';
  row.swatch.style.background = line.color;
  setText(row.label, line.label);
  setText(row.value, line.value);
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
  const target = boxElement();
  const { lines, more } = tooltipLines(values, plan, nearest);
  setText(target.head, formatFull(at, plan.model.zone));
  target.rows.forEach((row, index) => fill(row, lines[index]));
  const rest = lines.length === 0 ? 'no datapoints' : more > 0 ? `+ ${more} more` : '';
  setText(target.rest, rest);
  target.element.style.display = 'block';
  owner = id;
  const longest = Math.max(0, ...lines.map(({ label, value }) => label.length + value.length));
  const shape = `${id} ${lines.length} ${longest} ${rest.length}`;
  if (shape !== measured) {
    measured = shape;
    width = target.element.offsetWidth;
    height = target.element.offsetHeight;
  }
  const x = point.x + 16 + width > window.innerWidth ? point.x - 16 - width : point.x + 16;
  const y = Math.min(window.innerHeight - height - 8, Math.max(8, point.y - height / 2));
  target.element.style.transform = `translate(${Math.max(4, Math.round(x))}px, ${Math.round(y)}px)`;
}

/** Hides it where it shows chart `id`. */
export function hideTooltip(id: string): void {
  if (owner !== id || box === null) return;
  box.element.style.display = 'none';
  owner = null;
}
