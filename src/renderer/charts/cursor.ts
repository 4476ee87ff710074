/** The moment that all charts of one group point at. Charts hear of it once a frame and repaint only their overlay. */

export interface Cursor {
  /** ms UTC; null: nowhere. */
  at: number | null;
  /** The chart that moved it; it alone shows the whole list. */
  source: string | null;
  /** Stays where it is until it is released. */
  pinned: boolean;
}

export interface CursorGroup {
  get(): Cursor;
  set(next: Cursor): void;
  subscribe(listener: (cursor: Cursor) => void): () => void;
}

const nowhere: Cursor = { at: null, source: null, pinned: false };

/** `schedule` is requestAnimationFrame outside of tests. */
export function createCursorGroup(schedule: (run: () => void) => void): CursorGroup {
  let cursor = nowhere;
  let waiting = false;
  const listeners = new Set<(cursor: Cursor) => void>();
  return {
    get: () => cursor,
    set(next) {
      const same =
        next.at === cursor.at && next.source === cursor.source && next.pinned === cursor.pinned;
      if (same) return;
      cursor = next;
      if (waiting) return;
      waiting = true;
      schedule(() => {
        waiting = false;
        for (const listener of listeners) listener(cursor);
      });
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0) cursor = nowhere;
      };
    },
  };
}

const groups = new Map<string, CursorGroup>();

/** The group of that name; charts of one page share one. */
export function cursorGroup(name: string): CursorGroup {
  let group = groups.get(name);
  if (group === undefined) {
    group = createCursorGroup((run) => requestAnimationFrame(run));
    groups.set(name, group);
  }
  return group;
}
