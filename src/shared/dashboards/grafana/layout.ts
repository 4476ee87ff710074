/** From Grafana's grid to CloudWatch's: the same 24 columns, rows of 60 px instead of 38. */
import type { GridPlace } from '../dashboard';
import type { SourcePlace } from './sections';

const ROW_RATIO = 38 / 60;

/**
 * Places of the same panels on the grid, in order. Edges keep their order and panels that did not
 * overlap do not overlap afterwards.
 * @param leastHeights the least rows each panel needs here
 */
export function toGrid(
  places: readonly SourcePlace[],
  leastHeights: readonly number[],
): GridPlace[] {
  const edges = [...new Set(places.flatMap((place) => [place.y, place.y + place.h]))].sort(
    (a, b) => a - b,
  );
  const ending = new Map<number, number[]>();
  places.forEach((place, index) => {
    const edge = place.y + place.h;
    ending.set(edge, [...(ending.get(edge) ?? []), index]);
  });
  const rows = new Map<number, number>();
  let row = 0;
  for (const edge of edges) {
    for (const index of ending.get(edge) ?? []) {
      const place = places[index];
      if (!place) continue;
      const height = Math.max(leastHeights[index] ?? 1, Math.round(place.h * ROW_RATIO));
      row = Math.max(row, (rows.get(place.y) ?? 0) + height);
    }
    rows.set(edge, row);
  }
  return places.map((place) => {
    const y = rows.get(place.y) ?? 0;
    const height = Math.max(1, (rows.get(place.y + place.h) ?? y + 1) - y);
    return { x: place.x, y, width: place.w, height };
  });
}
