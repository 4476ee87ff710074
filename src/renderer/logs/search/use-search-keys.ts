/** What the console's keys mean while logs are searched, and Ctrl F of this page alone. */
import { useEffect, useLayoutEffect } from 'react';
import { registerPageCommands } from '../../shell/page-commands';
import { useFind } from '../events/find-store';
import { useLogs } from '../store';
import { startSearch, useSearch } from './search-run';

export const patternFieldId = 'log-pattern';
/** The filter of the lines that are there. */
export const filterFieldId = 'log-filter';

const focus = (id: string): boolean => {
  const field = document.getElementById(id);
  const input = field?.matches('input, textarea, [contenteditable]') === true ? field : null;
  (input ?? field?.querySelector<HTMLElement>('input, textarea, [contenteditable]'))?.focus();
  return field !== null;
};

export function useSearchKeys(): void {
  useLayoutEffect(() => {
    const { shift, back } = useLogs.getState();
    return registerPageCommands({
      filter: () => {
        if (!focus(filterFieldId)) focus(patternFieldId);
      },
      'range-back': back,
      'range-earlier': () => shift(-1),
      'range-later': () => shift(1),
      'refresh-page': () => void startSearch(),
    });
  }, []);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.altKey || event.shiftKey) return;
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'f') return;
      if (useSearch.getState().run === null) return;
      event.preventDefault();
      useFind.getState().setOpen(true);
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
}
