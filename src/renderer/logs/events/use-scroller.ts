/** The scroll position of the grid, in pixels of rows, exact also where the bar is scaled. */
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { RefObject } from 'react';
import { scaleOf } from './scroll-scale';

export interface Scroller {
  element: RefObject<HTMLDivElement | null>;
  /** Height of what is scrolled (px). */
  height: number;
  /** Height in sight of rows (px). */
  viewport: number;
  /** Pixels of rows above the first in sight. */
  position: number;
  /** The last position. */
  most: number;
  scrollTo(position: number): void;
}

/**
 * @param headPx height of what stands above the rows and is not scrolled
 * @param reserve see scaleOf
 */
export function useScroller(
  rows: number,
  rowPx: number,
  headPx: number,
  reserve: number,
): Scroller {
  const element = useRef<HTMLDivElement>(null);
  const [viewport, setViewport] = useState(0);
  const [position, setPosition] = useState(0);
  const exact = useRef(0);
  const { height, factor } = useMemo(
    () => scaleOf(rows, rowPx, viewport, reserve),
    [rows, rowPx, viewport, reserve],
  );
  const most = Math.max(0, rows * rowPx + reserve - viewport);

  const scrollTo = useCallback(
    (to: number): void => {
      exact.current = Math.max(0, Math.min(to, most));
      setPosition(exact.current);
      if (element.current !== null) element.current.scrollTop = exact.current / factor;
    },
    [factor, most],
  );

  useLayoutEffect(() => {
    const { current } = element;
    if (current === null) return;
    const observer = new ResizeObserver(() =>
      setViewport(Math.max(0, current.clientHeight - headPx)),
    );
    observer.observe(current);
    return () => observer.disconnect();
  }, [headPx]);

  useEffect(() => {
    const { current } = element;
    if (current === null) return;
    const onScroll = (): void => {
      const told = current.scrollTop * factor;
      // What the bar can say is coarser than where we put it ourselves.
      if (factor > 1 && Math.abs(told - exact.current) < factor) return;
      exact.current = Math.min(told, most);
      setPosition(exact.current);
    };
    const onWheel = (event: WheelEvent): void => {
      if (factor === 1 || event.ctrlKey || event.deltaY === 0 || event.shiftKey) return;
      event.preventDefault();
      const px = event.deltaMode === WheelEvent.DOM_DELTA_PIXEL ? 1 : rowPx;
      scrollTo(exact.current + event.deltaY * px);
    };
    current.addEventListener('scroll', onScroll, { passive: true });
    current.addEventListener('wheel', onWheel, { passive: false });
    return () => {
      current.removeEventListener('scroll', onScroll);
      current.removeEventListener('wheel', onWheel);
    };
  }, [factor, most, rowPx, scrollTo]);

  return { element, height, viewport, position: Math.min(position, most), most, scrollTo };
}
