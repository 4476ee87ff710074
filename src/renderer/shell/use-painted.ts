import { useEffect } from 'react';

export const PAINTED_MARK = 'nightdesk:list-painted';

/**
 * Marks the moment the list (or what stands in its place) has been painted: `data-ready` on the document
 * for whoever waits, a performance mark for whoever measures.
 */
export function usePainted(): void {
  useEffect(() => {
    if (document.documentElement.dataset['ready'] === 'true') return;
    // The frame after the next begins once this one is on the screen.
    const frame = requestAnimationFrame(() => {
      requestAnimationFrame(() => {
        document.documentElement.dataset['ready'] = 'true';
        performance.mark(PAINTED_MARK);
      });
    });
    return () => cancelAnimationFrame(frame);
  }, []);
}
