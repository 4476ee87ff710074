/**
 * The rows of a Grafana dashboard, new (`panels` with row panels, collapsed or not) and old
 * (`rows[].panels[].span`), as sections one under the other.
 */
import { asNumber, at, flag, has, isFields, number, objects, raw, text } from './fields';
import type { Fields } from './fields';

/** In Grafana's units: 24 columns, a row 30 px high and 8 px apart. */
export interface SourcePlace {
  x: number;
  y: number;
  w: number;
  h: number;
}

export interface PlacedPanel {
  panel: Fields;
  place: SourcePlace;
  /** The panel's key in the dashboard, for ids. */
  key: string;
}

export interface Section {
  /** The row's panel; null above the first row. */
  row: Fields | null;
  key: string;
  panels: PlacedPanel[];
}

const COLUMNS = 24;
const ROW_PX = 38;

function placeOf(panel: Fields): SourcePlace {
  const grid = at(panel, 'gridPos');
  const within = (value: number | null, low: number, high: number, otherwise: number): number =>
    Math.min(high, Math.max(low, Math.round(value ?? otherwise)));
  const w = within(number(grid, 'w'), 1, COLUMNS, 12);
  return {
    w,
    x: within(number(grid, 'x'), 0, COLUMNS - w, 0),
    y: within(number(grid, 'y'), 0, 100_000, 0),
    h: within(number(grid, 'h'), 1, 200, 8),
  };
}

function byPlace(a: { place: SourcePlace }, b: { place: SourcePlace }): number {
  return a.place.y - b.place.y || a.place.x - b.place.x;
}

function newSections(board: Fields): Section[] {
  const placed = objects(board, 'panels').map((panel, index) => ({
    panel,
    place: placeOf(panel),
    key: `p${index + 1}`,
  }));
  const sections: Section[] = [{ row: null, key: 'top', panels: [] }];
  for (const one of placed.sort(byPlace)) {
    if (text(one.panel, 'type') !== 'row') {
      sections.at(-1)?.panels.push(one);
      continue;
    }
    const inside = objects(one.panel, 'panels').map((panel, index) => ({
      panel,
      place: placeOf(panel),
      key: `${one.key}-${index + 1}`,
    }));
    sections.push({ row: one.panel, key: one.key, panels: inside.sort(byPlace) });
  }
  return sections;
}

/** `250px`, `250` → Grafana rows. */
function oldHeight(written: unknown): number | null {
  const pixels = asNumber(typeof written === 'string' ? written.replace(/px$/, '') : written);
  return pixels === null || pixels <= 0 ? null : Math.max(1, Math.ceil(pixels / ROW_PX));
}

function oldSections(board: Fields): Section[] {
  return objects(board, 'rows').map((row, rowIndex) => {
    const key = `r${rowIndex + 1}`;
    const rowHeight = oldHeight(raw(row, 'height')) ?? 7;
    let [x, y, tallest] = [0, 0, 0];
    const panels = objects(row, 'panels').map((panel, index) => {
      const w = Math.min(COLUMNS, Math.max(1, Math.round((number(panel, 'span') ?? 4) * 2)));
      const h = oldHeight(raw(panel, 'height')) ?? rowHeight;
      if (x + w > COLUMNS) [x, y, tallest] = [0, y + tallest, 0];
      const place = { x, y, w, h };
      x += w;
      tallest = Math.max(tallest, h);
      return { panel, place, key: `${key}-${index + 1}` };
    });
    const titled = has(row, 'title') && flag(row, 'showTitle') !== false;
    return { row: titled ? row : null, key, panels };
  });
}

export function readSections(board: Fields): Section[] {
  return isOld(board) ? oldSections(board) : newSections(board);
}

function isOld(board: Fields): boolean {
  return !Array.isArray(raw(board, 'panels')) && objects(board, 'rows').some(isFields);
}
