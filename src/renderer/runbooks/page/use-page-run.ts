/** The page's own key for running what is on show. */
import { useEffect, useRef } from 'react';
import { registerPageCommands } from '../../shell/page-commands';

export function usePageRun(run: () => void): void {
  const latest = useRef(run);
  useEffect(() => {
    latest.current = run;
  });
  useEffect(() => registerPageCommands({ 'run-runbook': () => latest.current() }), []);
}
