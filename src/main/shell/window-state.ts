/** Where the window stood, kept between starts and never off the displays that are there now. */
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { z } from 'zod';

export interface Rectangle {
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface WindowState extends Rectangle {
  maximized: boolean;
}

export const MIN_WIDTH = 960;
export const MIN_HEIGHT = 600;
const DEFAULT_SIZE = { width: 1280, height: 800 };

const coordinate = z.number().int().min(-100_000).max(100_000);
const stateSchema = z.strictObject({
  x: coordinate,
  y: coordinate,
  width: coordinate,
  height: coordinate,
  maximized: z.boolean(),
});

/** @returns null when nothing usable was kept: a lost window position is not worth a word. */
export function readWindowState(file: string): WindowState | null {
  try {
    const parsed = stateSchema.safeParse(JSON.parse(readFileSync(file, 'utf8')));
    return parsed.success ? parsed.data : null;
  } catch (cause) {
    if (cause instanceof SyntaxError || (cause instanceof Error && 'code' in cause)) return null;
    throw cause;
  }
}

/** Writes beside and renames, so that a crash leaves the old or the new state. Throws on a full disk. */
export function writeWindowState(file: string, state: WindowState): void {
  const beside = `${file}.new`;
  writeFileSync(beside, JSON.stringify(state));
  renameSync(beside, file);
}

/**
 * Fits a kept state to the work areas of the displays that are there: sized to fit the display it
 * overlaps most and moved wholly inside; centred on the first one where it overlaps none.
 */
export function clampToDisplays(
  state: WindowState | null,
  workAreas: readonly Rectangle[],
): WindowState {
  const first = workAreas[0] ?? { x: 0, y: 0, ...DEFAULT_SIZE };
  if (state === null) return { ...centred(first, DEFAULT_SIZE), maximized: false };
  const best = workAreas.reduce((a, b) => (overlap(state, b) > overlap(state, a) ? b : a), first);
  if (overlap(state, best) === 0) return { ...centred(first, state), maximized: state.maximized };
  const { width, height } = fitted(best, state);
  return {
    width,
    height,
    x: Math.min(Math.max(state.x, best.x), best.x + best.width - width),
    y: Math.min(Math.max(state.y, best.y), best.y + best.height - height),
    maximized: state.maximized,
  };
}

type Size = Pick<Rectangle, 'width' | 'height'>;

const fitted = (area: Rectangle, size: Size): Size => ({
  width: Math.min(Math.max(size.width, MIN_WIDTH), area.width),
  height: Math.min(Math.max(size.height, MIN_HEIGHT), area.height),
});

function centred(area: Rectangle, size: Size): Rectangle {
  const { width, height } = fitted(area, size);
  return {
    width,
    height,
    x: area.x + Math.round((area.width - width) / 2),
    y: area.y + Math.round((area.height - height) / 2),
  };
}

function overlap(a: Rectangle, b: Rectangle): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return width > 0 && height > 0 ? width * height : 0;
}
