/** Where among all lines the ones looked for are. */
import { useEffect } from 'react';
import { EngineError } from '../../../shared/logs/engine-client';
import { parseFilter } from '../../../shared/logs/filter/parse';
import { useFind } from './find-store';
import { usePane, usePaneClient, usePaneStore } from './pane';

/** A mark is never thinner than this share of the bar. */
const BUCKETS = 400;
const TYPING_MS = 120;

/** Looks for what the find bar asks; once for each events pane. */
export function useMarkSearch(): void {
  const pane = usePaneStore();
  const client = usePaneClient();
  const open = useFind((state) => state.open);
  const text = useFind((state) => state.text);
  const revision = usePane(({ state }) => state?.revision ?? 0);
  const wanted = open && text.trim() !== '';
  useEffect(() => {
    const parsed = parseFilter(text);
    if (!wanted || !parsed.ok) return;
    const { dataset, view } = pane.getState();
    const { setMarks } = useFind.getState();
    const abort = new AbortController();
    const timer = setTimeout(() => {
      client
        .ask('marks', { dataset, view, filter: parsed.filter, buckets: BUCKETS }, abort.signal)
        .then((found) => {
          if (!abort.signal.aborted) setMarks(found);
        })
        .catch((error: unknown) => {
          // A newer question took its place; any other failure shows where the lines are asked for.
          if (!(error instanceof EngineError)) throw error;
        });
    }, TYPING_MS);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [client, pane, wanted, text, revision]);
}
