/** Whether an element is in sight or within one screen of it: only then is it worth asking and drawing. */
import { useEffect, useState } from 'react';
import type { RefObject } from 'react';

export function useNear(
  element: RefObject<HTMLElement | null>,
  scroller: RefObject<HTMLElement | null>,
): boolean {
  const [near, setNear] = useState(false);
  useEffect(() => {
    const watched = element.current;
    if (watched === null) return;
    const observer = new IntersectionObserver(
      (entries) => setNear(entries.at(-1)?.isIntersecting ?? false),
      { root: scroller.current, rootMargin: '100% 0px' },
    );
    observer.observe(watched);
    return () => observer.disconnect();
  }, [element, scroller]);
  return near;
}
