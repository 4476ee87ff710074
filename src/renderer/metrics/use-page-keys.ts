/** What the console's keys mean on this page, and two of its own: Ctrl Z takes back, Ctrl Y does again. */
import { useEffect, useLayoutEffect } from 'react';
import { refreshNow } from '../dashboards/page-clock';
import { registerPageCommands } from '../shell/page-commands';
import { searchFieldId } from './Browser';
import { useMetrics } from './store';

function typing(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches('input:not([type="color"]), textarea, select'))
  );
}

function covered(): boolean {
  return document.querySelector('[role="dialog"][aria-modal="true"], [role="menu"]') !== null;
}

/** What the key does here; null: it is somebody else's. Fields and the editor take back their own letters. */
function stepFor(event: KeyboardEvent): (() => void) | null {
  if (!event.ctrlKey && !event.metaKey) return null;
  const { undo, redo } = useMetrics.getState();
  switch (event.key.toLowerCase()) {
    case 'z':
      return event.shiftKey ? redo : undo;
    case 'y':
      return redo;
    default:
      return null;
  }
}

export function usePageKeys(): void {
  useLayoutEffect(() => {
    const { shift, back } = useMetrics.getState();
    return registerPageCommands({
      filter: () => document.getElementById(searchFieldId)?.focus(),
      'range-back': back,
      'range-earlier': () => shift(-1),
      'range-later': () => shift(1),
      'refresh-page': refreshNow,
    });
  }, []);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.isComposing || typing(event.target) || covered()) return;
      const run = stepFor(event);
      if (run === null) return;
      event.preventDefault();
      run();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
}
