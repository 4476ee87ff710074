/** Keeps the end in sight while lines are followed; looking back lets go, coming to the end takes hold again. */
import { useEffect, useRef } from 'react';
import { usePane, usePaneStore } from './pane';
import type { Scroller } from './use-scroller';

/** So near the end counts as the end (px). */
const NEAR_PX = 4;

export function useFollow({ element, position, most, scrollTo }: Scroller, count: number): void {
  const pane = usePaneStore();
  const follow = usePane((state) => state.follow);
  const selected = usePane((state) => state.selected);
  const atEnd = useRef(false);
  useEffect(() => {
    atEnd.current = position >= most - NEAR_PX;
  }, [position, most]);
  useEffect(() => {
    const { current } = element;
    if (current === null || follow === null) return;
    const set = (to: boolean): void => {
      if (pane.getState().follow !== to) pane.getState().setFollow(to);
    };
    const onWheel = ({ deltaY }: WheelEvent): void => {
      if (deltaY < 0) set(false);
      else if (deltaY > 0 && atEnd.current) set(true);
    };
    // On the element itself only its scroll bar is pressed.
    const onPress = (event: PointerEvent): void => {
      if (event.target === current) set(false);
    };
    const onRelease = (): void => {
      if (atEnd.current && pane.getState().selected === null) set(true);
    };
    current.addEventListener('wheel', onWheel, { passive: true });
    current.addEventListener('pointerdown', onPress);
    window.addEventListener('pointerup', onRelease);
    return () => {
      current.removeEventListener('wheel', onWheel);
      current.removeEventListener('pointerdown', onPress);
      window.removeEventListener('pointerup', onRelease);
    };
  }, [element, pane, follow]);
  useEffect(() => {
    // Who selects a line reads it.
    if (selected !== null && pane.getState().follow === true) pane.getState().setFollow(false);
  }, [pane, selected]);
  useEffect(() => {
    if (follow === true) scrollTo(most);
  }, [follow, most, count, scrollTo]);
}
