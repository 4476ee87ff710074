/** Places widgets on the 24-column grid. */
import type { GridPlace } from './dashboard';

export const COLUMNS = 24;
const DEFAULT_SIZE = 6;
const MAX_HEIGHT = 1_000;
/** Beyond it overlaps are not looked for: CloudWatch itself stops at 500 widgets. */
const MAX_COMPARED = 1_000;

/** As the file has it; null where it says nothing. */
export interface WantedPlace {
  x: number | null;
  y: number | null;
  width: number | null;
  height: number | null;
}

export interface Placed {
  place: GridPlace;
  /** What was changed, one sentence; null when nothing was. */
  note: string | null;
}

/**
 * Manual places stay, as far as they fit the grid and do not cover each other; the rest go to the next
 * free one: highest first, then leftmost.
 */
export function placeWidgets(wanted: readonly WantedPlace[]): Placed[] {
  const skyline = new Array<number>(COLUMNS).fill(0);
  const results = new Array<Placed | null>(wanted.length).fill(null);
  const manual: GridPlace[] = [];
  wanted.forEach((want, index) => {
    if (want.x === null || want.y === null) return;
    const placed = manualPlace(want, want.x, want.y, manual);
    manual.push(placed.place);
    raise(skyline, placed.place);
    results[index] = placed;
  });
  return wanted.map((want, index) => {
    const known = results[index];
    if (known !== null && known !== undefined) return known;
    const place = nextFree(skyline, size(want.width, COLUMNS), size(want.height, MAX_HEIGHT));
    raise(skyline, place);
    return { place, note: null };
  });
}

function size(value: number | null, most: number): number {
  return Math.min(most, Math.max(1, Math.round(value ?? DEFAULT_SIZE)));
}

function manualPlace(want: WantedPlace, x: number, y: number, others: GridPlace[]): Placed {
  const width = size(want.width, COLUMNS);
  const place = {
    x: Math.min(COLUMNS - width, Math.max(0, Math.round(x))),
    y: Math.min(1_000_000, Math.max(0, Math.round(y))),
    width,
    height: size(want.height, MAX_HEIGHT),
  };
  const fits = place.x === x && place.y === y && (want.width === null || want.width === width);
  const note = fits ? null : 'Its place does not fit the 24 columns, so it was moved.';
  const free = pushedDown(place, others);
  if (free.y === place.y) return { place, note };
  return { place: free, note: 'Its place is taken by another widget, so it was moved down.' };
}

function pushedDown(place: GridPlace, others: readonly GridPlace[]): GridPlace {
  if (others.length > MAX_COMPARED) return place;
  let { y } = place;
  const below = others
    .filter((other) => other.x < place.x + place.width && place.x < other.x + other.width)
    .sort((a, b) => a.y - b.y);
  for (const other of below) {
    if (other.y < y + place.height && y < other.y + other.height) y = other.y + other.height;
  }
  return { ...place, y };
}

function nextFree(skyline: readonly number[], width: number, height: number): GridPlace {
  let best = { x: 0, y: Number.POSITIVE_INFINITY };
  for (let x = 0; x + width <= COLUMNS; x += 1) {
    const y = Math.max(...skyline.slice(x, x + width));
    if (y < best.y) best = { x, y };
  }
  return { ...best, width, height };
}

function raise(skyline: number[], { x, y, width, height }: GridPlace): void {
  for (let column = x; column < x + width; column += 1) {
    skyline[column] = Math.max(skyline[column] ?? 0, y + height);
  }
}
