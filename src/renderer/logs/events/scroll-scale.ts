/**
 * Where a scroll bar of bounded length stands for any number of rows. Each row counts the same, however high it is
 * drawn; up to the bound a pixel scrolled is a pixel moved.
 */

/** Chromium caps an element at 33,554,428 px; well below that, places stay exact. */
export const LONGEST_PX = 15_000_000;

export interface ScrollScale {
  /** Height of the element that is scrolled (px). */
  height: number;
  /** Pixels of rows for a pixel scrolled; 1 up to the bound. */
  factor: number;
}

/** @param reserve px after the last row, so that rows higher than counted can be scrolled into sight */
export function scaleOf(
  rows: number,
  rowPx: number,
  viewport: number,
  reserve: number,
): ScrollScale {
  const whole = rows * rowPx + reserve;
  if (whole <= LONGEST_PX) return { height: whole, factor: 1 };
  // The ends of both match: the last row is in sight exactly when the bar is at its end.
  return { height: LONGEST_PX, factor: (whole - viewport) / (LONGEST_PX - viewport) };
}

/** The first row in sight and how much of it is scrolled away (0 to 1). */
export function topOf(
  position: number,
  rowPx: number,
  rows: number,
): { row: number; part: number } {
  const at = Math.max(0, Math.min(position / rowPx, Math.max(0, rows - 1)));
  const row = Math.floor(at);
  return { row, part: at - row };
}
