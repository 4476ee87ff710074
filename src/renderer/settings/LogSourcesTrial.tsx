import { useEffect, useState } from 'react';
import type { ElasticSource, ElasticTest } from '../../shared/logs/elastic';
import { askCancellable, toFailure } from '../bridge';
import { safeText } from '../ui/safe-text';
import styles from './settings.module.css';

interface Props {
  source: ElasticSource;
  /** What was typed; null takes the one that is kept. */
  secret: string | null;
}

type State =
  { kind: 'asking' } | { kind: 'told'; test: ElasticTest } | { kind: 'failed'; text: string };

/**
 * Asks the server once and says what it said; ask again with another key. No query cache: it would hold on to what
 * was typed.
 */
export function LogSourceTrial({ source, secret }: Props) {
  const [asked] = useState({ source, secret });
  const [state, setState] = useState<State>({ kind: 'asking' });
  useEffect(() => {
    const abort = new AbortController();
    askCancellable('logs.testSource', (requestId) => ({ ...asked, requestId }), abort.signal)
      .then((test) => {
        if (!abort.signal.aborted) setState({ kind: 'told', test });
      })
      .catch((error: unknown) => {
        if (abort.signal.aborted) return;
        const { kind, message, advice } = toFailure(error, 'logs.testSource');
        // Where to enter it is where one is.
        const here = kind === 'credentials-missing';
        setState({ kind: 'failed', text: here ? message : `${message} ${advice}` });
      });
    return () => abort.abort();
  }, [asked]);
  if (state.kind === 'asking') return <p className={styles.dim}>Asking the server …</p>;
  if (state.kind === 'failed') return <p className={styles.problem}>{safeText(state.text)}</p>;
  const { ok, sentence } = state.test;
  return <p className={ok ? undefined : styles.problem}>{safeText(sentence)}</p>;
}
