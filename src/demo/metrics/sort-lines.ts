import { reduceLine, type Reducer } from './reduce';
import type { Series } from './series';

/** Lines without datapoints come last either way. */
export function sortLines(lines: readonly Series[], by: Reducer, order: 'ASC' | 'DESC'): Series[] {
  const sign = order === 'ASC' ? 1 : -1;
  const keyed = lines.map((line) => {
    const empty = line.values.every((value) => Number.isNaN(value));
    return { line, key: empty ? Infinity : sign * reduceLine(by, line) };
  });
  return keyed.sort((a, b) => (a.key === b.key ? 0 : a.key - b.key)).map(({ line }) => line);
}
