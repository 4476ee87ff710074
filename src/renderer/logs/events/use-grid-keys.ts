/** Arrows, pages, Home and End in the grid move the selection; it never leaves sight. */
import type { KeyboardEvent } from 'react';
import { usePane, usePaneClient, usePaneStore } from './pane';
import { ROW_PX } from './row-layout';
import type { Rows } from './use-rows';

interface Init {
  count: number;
  /** Rows in sight. */
  page: number;
  /** First place in sight. */
  first: number;
  rows: Rows;
  scrollTo(position: number): void;
}

export function useGridKeys({
  count,
  page,
  first,
  rows,
  scrollTo,
}: Init): (event: KeyboardEvent) => void {
  const pane = usePaneStore();
  const client = usePaneClient();
  const at = usePane((state) => state.selectedAt);
  const selectAt = (place: number): void => {
    const known = rows.at(place);
    if (place < first) scrollTo(place * ROW_PX);
    else if (place >= first + page) scrollTo((place - page + 1) * ROW_PX);
    if (known !== undefined) {
      pane.getState().select(known.seq, place);
      return;
    }
    const { dataset, view, select, failed } = pane.getState();
    client
      .ask('rows', { dataset, view, from: place, count: 1, maxBytes: 16 })
      .then(({ meta, count: found }) => {
        if (found > 0) select(meta[0] ?? 0, place);
      })
      .catch((error: unknown) => failed(String(error)));
  };
  return (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const to = target(event.key, at ?? first - 1, { count, page, first, selected: at !== null });
    if (to === null) return;
    event.preventDefault();
    event.stopPropagation();
    selectAt(Math.max(0, Math.min(count - 1, to)));
  };
}

function target(
  key: string,
  at: number,
  {
    count,
    page,
    first,
    selected,
  }: { count: number; page: number; first: number; selected: boolean },
): number | null {
  switch (key) {
    case 'ArrowDown':
    case 'j':
      return at + 1;
    case 'ArrowUp':
    case 'k':
      return at - 1;
    case 'PageDown':
      return selected ? at + page : first + page;
    case 'PageUp':
      return selected ? at - page : first - page;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    case 'Enter':
    case ' ':
      return selected ? at : first;
    default:
      return null;
  }
}
