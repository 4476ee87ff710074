/** Whether an element is in sight or within one screen of it: only then is it worth asking and drawing. */
import { useEffect, useState } from 'react';
import type { RefObject } from 'react';
import { inTurn } from '../ui/turns';

export function useNear(
  element: RefObject<HTMLElement | null>,
  scroller: RefObject<HTMLElement | null>,
): boolean {
  const [near, setNear] = useState(false);
  useEffect(() => {
    const watched = element.current;
    if (watched === null) return;
    let cancel = (): void => undefined;
    const observer = new IntersectionObserver(
      (entries) => {
        const isNear = entries.at(-1)?.isIntersecting ?? false;
        cancel();
        cancel = inTurn(() => setNear(isNear));
      },
      { root: scroller.current, rootMargin: '100% 0px' },
    );
    observer.observe(watched);
    return () => {
      cancel();
      observer.disconnect();
    };
  }, [element, scroller]);
  return near;
}
