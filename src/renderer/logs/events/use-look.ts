/** Keeps the engine's view at what the pane asks for: filter, zoom and order. */
import { useEffect } from 'react';
import { EngineError } from '../../../shared/logs/engine-client';
import { effectiveFilter, usePane, usePaneClient, usePaneStore } from './pane';

/** @param again another value asks anew: the dataset was opened again, or the engine is another one */
export function useLook(again: string): void {
  const pane = usePaneStore();
  const client = usePaneClient();
  const filter = usePane((state) => state.filter);
  const zoom = usePane((state) => state.zoom);
  const newestFirst = usePane((state) => state.newestFirst);
  useEffect(() => {
    const { dataset, view } = pane.getState();
    return client.onView((state) => {
      if (state.dataset === dataset && state.view === view) pane.getState().took(state);
    });
  }, [client, pane]);
  useEffect(() => {
    const { dataset, view, took, failed, lost } = pane.getState();
    const abort = new AbortController();
    client
      .ask(
        'look',
        { dataset, view, filter: effectiveFilter({ filter, zoom }), newestFirst },
        abort.signal,
      )
      .then((state) => {
        if (!abort.signal.aborted) took(state);
      })
      .catch((error: unknown) => {
        if (abort.signal.aborted || isCancelled(error)) return;
        if (isUnknown(error)) lost();
        else failed(error instanceof EngineError ? error.failure.message : String(error));
      });
    return () => abort.abort();
  }, [client, pane, filter, zoom, newestFirst, again]);
}

const isCancelled = (error: unknown): boolean =>
  error instanceof EngineError && error.failure.kind === 'cancelled';

/** The search has not opened it yet, or the engine has been started again. */
const isUnknown = (error: unknown): boolean =>
  error instanceof EngineError && error.failure.kind === 'not-found';
