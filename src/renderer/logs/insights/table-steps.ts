/** Which cell a key leads to. */

interface Cell {
  place: number;
  column: number;
}

interface Size {
  /** Rows of one screen. */
  page: number;
  rows: number;
  columns: number;
}

interface Press {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
}

/** Null for a key that moves nothing. Home and End go along the row, with Ctrl to the first and last row. */
export function step(press: Press, at: Cell, { page, rows, columns }: Size): Cell | null {
  const whole = press.ctrlKey || press.metaKey;
  const { place, column } = at;
  switch (press.key) {
    case 'ArrowDown':
    case 'j':
      return whole ? null : inside({ place: place + 1, column }, rows, columns);
    case 'ArrowUp':
    case 'k':
      return whole ? null : inside({ place: place - 1, column }, rows, columns);
    case 'ArrowRight':
      return inside({ place, column: column + 1 }, rows, columns);
    case 'ArrowLeft':
      return inside({ place, column: column - 1 }, rows, columns);
    case 'PageDown':
      return inside({ place: place + page, column }, rows, columns);
    case 'PageUp':
      return inside({ place: place - page, column }, rows, columns);
    case 'Home':
      return whole ? { place: 0, column } : { place, column: 0 };
    case 'End':
      return whole ? { place: rows - 1, column } : { place, column: columns - 1 };
    default:
      return null;
  }
}

const inside = ({ place, column }: Cell, rows: number, columns: number): Cell => ({
  place: Math.max(0, Math.min(rows - 1, place)),
  column: Math.max(0, Math.min(columns - 1, column)),
});
