/** The moment that pages of charts show, and when they ask again. One clock for all of them. */
import { useEffect } from 'react';
import { create } from 'zustand';
import { listen } from '../bridge';

export interface PageClock {
  /** What "now" means for relative ranges (ms UTC). */
  nowMs: number;
  /** Counts refreshes: whoever sees it change asks again. */
  turn: number;
  /** `now` when a person asked, else only what can be new. */
  freshness: 'due' | 'now';
}

export const usePageClock = create<PageClock>()(() => ({
  nowMs: Date.now(),
  turn: 0,
  freshness: 'due',
}));

function turnTo(freshness: PageClock['freshness']): void {
  usePageClock.setState(({ turn }) => ({ nowMs: Date.now(), turn: turn + 1, freshness }));
}

/** A person asks: everything on show is asked again. */
export function refreshNow(): void {
  turnTo('now');
}

/** The clock moves without asking for more than is due: a page was opened or its range changed. */
export function refreshDue(): void {
  turnTo('due');
}

/** Asks again every so many seconds (null: only by hand) while the window can be seen. */
export function useRefreshing(seconds: number | null): void {
  useEffect(() => {
    refreshDue();
    if (seconds === null) return;
    // Main's word counts: timers of this window are not throttled, so to the page it is always visible.
    let shown = true;
    const tick = (): void => {
      const age = Date.now() - usePageClock.getState().nowMs;
      if (shown && age >= seconds * 1_000 - 500) refreshDue();
    };
    const timer = setInterval(tick, seconds * 1_000);
    const forget = listen('app.shown', (told) => {
      shown = told.shown;
      tick();
    });
    return () => {
      clearInterval(timer);
      forget();
    };
  }, [seconds]);
}
