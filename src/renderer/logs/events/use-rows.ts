/** Rows in sight, asked for as one scrolls; the row on top stays where it is when others arrive above it. */
import { useEffect, useMemo, useReducer, useRef, useState } from 'react';
import { EngineError } from '../../../shared/logs/engine-client';
import type { LogSource } from '../../../shared/logs/log-event';
import { usePane, usePaneClient, usePaneStore } from './pane';
import { RowPages } from './row-pages';
import type { EventRow } from './row-pages';

/** Rows asked for beyond those in sight, above and below. */
const AHEAD_ROWS = 150;
/** While one scrolls on: so many times the last step are asked for ahead. */
const AHEAD_STEPS = 6;
const MOST_AHEAD_ROWS = 1_500;

export interface Rows {
  at(place: number): EventRow | undefined;
  /** All rows of a stretch are there, the ends included. */
  has(from: number, to: number): boolean;
  sources: readonly LogSource[];
}

/**
 * @param first first place in sight
 * @param last last place in sight
 * @param moved the row that was first in sight is now so many places further down
 */
export function useRows(first: number, last: number, moved: (by: number) => void): Rows {
  const pane = usePaneStore();
  const client = usePaneClient();
  const revision = usePane(({ state }) => state?.revision ?? 0);
  const count = usePane(({ state }) => state?.count ?? 0);
  const [, redraw] = useReducer((turn: number) => turn + 1, 0);
  const pages = useMemo(() => {
    const { dataset, view, failed } = pane.getState();
    return new RowPages({
      client,
      dataset,
      view,
      changed: redraw,
      failed: (error) => {
        if (error instanceof EngineError && error.failure.kind === 'not-found') return;
        failed(error instanceof Error ? error.message : String(error));
      },
    });
  }, [client, pane]);
  const before = useRef(first);
  useEffect(() => {
    pages.open();
    return () => pages.close();
  }, [pages]);
  useEffect(() => {
    if (count === 0) return;
    const step = first - before.current;
    before.current = first;
    // A leap leads anywhere; a pace goes on.
    const ahead = Math.abs(step) * AHEAD_STEPS;
    const pace = ahead > MOST_AHEAD_ROWS ? 0 : ahead;
    const from = Math.max(0, first - AHEAD_ROWS - (step < 0 ? pace : 0));
    const to = Math.min(count - 1, last + AHEAD_ROWS + (step > 0 ? pace : 0));
    // What is in sight is asked for first.
    pages.want(first, Math.min(count - 1, last), revision);
    pages.want(from, to, revision);
  }, [pages, first, last, revision, count]);
  useAnchor(first, pages, moved);
  return {
    at: (place) => pages.at(place),
    has: (from, to) => pages.has(from, to),
    sources: useSources(revision),
  };
}

/** Keeps the row that is first in sight there while others arrive above it; at the very top one follows. */
function useAnchor(first: number, pages: RowPages, moved: (by: number) => void): void {
  const pane = usePaneStore();
  const client = usePaneClient();
  const revision = usePane(({ state }) => state?.revision ?? 0);
  const anchor = useRef<{ seq: number; place: number } | null>(null);
  const latest = useRef({ moved, asking: false });
  useEffect(() => {
    latest.current.moved = moved;
    const row = pages.at(first);
    if (row !== undefined) anchor.current = { seq: row.seq, place: first };
  });
  useEffect(() => {
    const { current } = anchor;
    if (revision === 0 || current === null || current.place === 0 || latest.current.asking) return;
    const { dataset, view } = pane.getState();
    latest.current.asking = true;
    client
      .ask('placeOf', { dataset, view, at: { seq: current.seq } })
      .then((place) => {
        if (place !== -1 && anchor.current?.seq === current.seq && place !== anchor.current.place) {
          const by = place - anchor.current.place;
          anchor.current = { seq: current.seq, place };
          latest.current.moved(by);
        }
      })
      // Whoever asks for the rows tells why there are none.
      .catch(() => undefined)
      .finally(() => {
        latest.current.asking = false;
      });
  }, [client, pane, revision]);
}

/** The dataset's sources: few, and they only grow. */
function useSources(revision: number): readonly LogSource[] {
  const pane = usePaneStore();
  const client = usePaneClient();
  const [sources, setSources] = useState<readonly LogSource[]>([]);
  useEffect(() => {
    let current = true;
    client
      .ask('sources', { dataset: pane.getState().dataset })
      .then((told) => {
        if (current) setSources((before) => (told.length === before.length ? before : told));
      })
      // The rows' own question fails as well, and says so.
      .catch(() => undefined);
    return () => {
      current = false;
    };
  }, [client, pane, revision]);
  return sources;
}
