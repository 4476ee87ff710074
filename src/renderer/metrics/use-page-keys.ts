/** Keys of this page, heard before the console's own: `/` searches here, Ctrl Z takes back. */
import { useEffect } from 'react';
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

/** What the key does here; null: it is somebody else's. */
function meaning(event: KeyboardEvent): (() => void) | null {
  const mod = event.ctrlKey || event.metaKey;
  const { undo, redo } = useMetrics.getState();
  if (mod && event.key.toLowerCase() === 'z') return event.shiftKey ? redo : undo;
  if (mod && event.key.toLowerCase() === 'y') return redo;
  if (!mod && !event.altKey && event.key === '/') {
    return () => document.getElementById(searchFieldId)?.focus();
  }
  return null;
}

export function usePageKeys(): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.isComposing || typing(event.target) || covered()) return;
      const run = meaning(event);
      if (run === null) return;
      event.preventDefault();
      run();
    };
    window.addEventListener('keydown', onKeyDown, { capture: true });
    return () => window.removeEventListener('keydown', onKeyDown, { capture: true });
  }, []);
}
