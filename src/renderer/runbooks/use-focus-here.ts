/** What comes into view takes the keyboard over where nothing has it: the button that led here is gone. */
import { useEffect } from 'react';
import type { RefObject } from 'react';

/** Of an element with `tabIndex={-1}`. Whoever is at something else is left there. */
export function useFocusHere(ref: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const here = ref.current;
    // The body, or a whole of which this is a part.
    if (here !== null && document.activeElement?.contains(here) === true) {
      here.focus({ preventScroll: true });
    }
  }, [ref]);
}
