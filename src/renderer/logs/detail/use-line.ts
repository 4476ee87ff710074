/** The selected line, whole, and the lines around it, asked of the engine. */
import { useEffect, useState } from 'react';
import { EngineError } from '../../../shared/logs/engine-client';
import type { EngineClient } from '../../../shared/logs/engine-client';
import type { EngineAnswers, LineAnswer } from '../../../shared/logs/engine-protocol';
import { rowsOf } from '../events/row-pages';
import type { EventRow } from '../events/row-pages';
import { usePane, usePaneClient } from '../events/pane';

export interface Asked<T> {
  /** The last answer; it stays until the next, so that arrows through the lines do not flicker. */
  value: T | null;
  failure: string | null;
}

export function useLine(seq: number): Asked<LineAnswer> {
  const client = usePaneClient();
  const dataset = usePane((state) => state.dataset);
  const [asked, setAsked] = useState<Asked<LineAnswer>>({ value: null, failure: null });
  useEffect(
    () =>
      told(
        (signal) => client.ask('line', { dataset, seq }, signal),
        (value) => setAsked({ value, failure: null }),
        (failure) => setAsked({ value: null, failure }),
      ),
    [client, dataset, seq],
  );
  return asked;
}

export interface Surroundings {
  rows: readonly EventRow[];
  /** Which of them is the line itself. */
  at: number;
}

/** Lines of the same stream that are held here; how many each way is asked for. */
export function useSurroundings(seq: number, each: number): Asked<Surroundings> {
  const client = usePaneClient();
  const dataset = usePane((state) => state.dataset);
  // Lines that come later may belong between those that are shown.
  const total = usePane(({ state }) => (state?.complete === true ? state.total : 0));
  const [asked, setAsked] = useState<Asked<Surroundings>>({ value: null, failure: null });
  useEffect(
    () =>
      told(
        (signal) => contextOf(client, { dataset, seq, each }, signal),
        ({ page, at }) => setAsked({ value: { rows: rowsOf(page), at }, failure: null }),
        (failure) => setAsked({ value: null, failure }),
      ),
    [client, dataset, seq, each, total],
  );
  return asked;
}

/** In the list of lines around only the beginnings are shown. */
const CONTEXT_BYTES = 2_048;

const contextOf = (
  client: EngineClient,
  { dataset, seq, each }: { dataset: string; seq: number; each: number },
  signal: AbortSignal,
): Promise<EngineAnswers['context']> =>
  client.ask(
    'context',
    { dataset, seq, before: each, after: each, maxBytes: CONTEXT_BYTES },
    signal,
  );

/** Asks, and tells what came of it unless the asking was given up. Returns what gives it up. */
function told<T>(
  ask: (signal: AbortSignal) => Promise<T>,
  answered: (value: T) => void,
  failed: (message: string) => void,
): () => void {
  const abort = new AbortController();
  ask(abort.signal)
    .then((value) => {
      if (!abort.signal.aborted) answered(value);
    })
    .catch((error: unknown) => {
      if (!abort.signal.aborted) failed(lineFailure(error));
    });
  return () => abort.abort();
}

function lineFailure(error: unknown): string {
  if (!(error instanceof EngineError)) return String(error);
  return error.failure.kind === 'not-found'
    ? 'This line is no longer held here: older lines were let go to make room.'
    : error.failure.message;
}
