/** The keyboard's way into the grid of lines. */
import { useEffect } from 'react';

export const eventGridId = 'log-events';

/** True when there are lines to go to. */
export function focusGrid(): boolean {
  const grid = document.getElementById(eventGridId);
  grid?.focus();
  return grid !== null;
}

/** Keys that mean the lines when nothing else has the focus. */
const moves: ReadonlySet<string> = new Set([
  ...['ArrowDown', 'ArrowUp', 'PageDown', 'PageUp', 'Home', 'End', 'j', 'k'],
]);

type Press = Pick<
  KeyboardEvent,
  'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey' | 'defaultPrevented'
>;

export const meansTheGrid = (press: Press, isFocusFree: boolean): boolean =>
  isFocusFree &&
  !press.defaultPrevented &&
  !(press.ctrlKey || press.metaKey || press.altKey || press.shiftKey) &&
  moves.has(press.key);

/** After a search nothing has the focus: the first key that moves is given to the lines, not lost. */
export function useWayIntoGrid(): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (!meansTheGrid(event, document.activeElement === document.body) || !focusGrid()) return;
      event.preventDefault();
      document
        .getElementById(eventGridId)
        ?.dispatchEvent(
          new KeyboardEvent('keydown', { key: event.key, bubbles: true, cancelable: true }),
        );
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
}
