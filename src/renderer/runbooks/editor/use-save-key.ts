/** Ctrl S saves wherever one is in the editor, and Ctrl Shift S shows what it would do as well. */
import { useEffect, useEffectEvent } from 'react';

export function useSaveKey(save: (preview: boolean) => void): void {
  const pressed = useEffectEvent((event: KeyboardEvent) => {
    const mod = event.ctrlKey || event.metaKey;
    if (!mod || event.altKey || event.key.toLowerCase() !== 's') return;
    event.preventDefault();
    event.stopPropagation();
    // A dialog over the editor asks something first.
    if (document.querySelector('[role="dialog"]') === null) save(event.shiftKey);
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent): void => pressed(event);
    window.addEventListener('keydown', listener, { capture: true });
    return () => window.removeEventListener('keydown', listener, { capture: true });
  }, []);
}
