/** Keeps the end in sight while lines are followed; scrolling up lets go, coming back to the end takes hold again. */
import { useEffect, useRef } from 'react';
import { usePane, usePaneStore } from './pane';
import type { Scroller } from './use-scroller';

export function useFollow({ position, most, scrollTo }: Scroller, count: number): void {
  const pane = usePaneStore();
  const follow = usePane((state) => state.follow);
  const before = useRef(position);
  useEffect(() => {
    const { follow: now, setFollow } = pane.getState();
    const movedUp = position < before.current - 1;
    before.current = position;
    if (now === null) return;
    if (now && movedUp) setFollow(false);
    else if (!now && !movedUp && position >= most - 2) setFollow(true);
    // The end moves as lines come: only one's own scrolling lets go of it.
    // Positions are compared, so the end itself is no reason to look again.
  }, [pane, position, most]);
  useEffect(() => {
    if (follow === true) scrollTo(most);
  }, [follow, most, count, scrollTo]);
}
