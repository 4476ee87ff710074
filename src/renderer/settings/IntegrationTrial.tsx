import { useEffect, useState } from 'react';
import type { Integration, IntegrationTest } from '../../shared/runbooks/integrations';
import { askCancellable, toFailure } from '../bridge';
import { safeText } from '../ui/safe-text';
import styles from './settings.module.css';

interface Props {
  integration: Integration;
  /** What was typed; null takes the one that is kept. */
  secret: string | null;
}

type State =
  { kind: 'asking' } | { kind: 'told'; test: IntegrationTest } | { kind: 'failed'; text: string };

/** Tries it once and says what was said. No query cache: it would hold on to what was typed. */
export function IntegrationTrial({ integration, secret }: Props) {
  const [asked] = useState({ integration, secret });
  const [state, setState] = useState<State>({ kind: 'asking' });
  useEffect(() => {
    const abort = new AbortController();
    askCancellable('integrations.test', (requestId) => ({ ...asked, requestId }), abort.signal)
      .then((test) => {
        if (!abort.signal.aborted) setState({ kind: 'told', test });
      })
      .catch((error: unknown) => {
        if (abort.signal.aborted) return;
        const { message, advice } = toFailure(error, 'integrations.test');
        setState({ kind: 'failed', text: `${message} ${advice}` });
      });
    return () => abort.abort();
  }, [asked]);
  if (state.kind === 'asking') return <p className={styles.dim}>Asking …</p>;
  if (state.kind === 'failed') return <p className={styles.problem}>{safeText(state.text)}</p>;
  const { ok, sentence } = state.test;
  return <p className={ok ? undefined : styles.problem}>{safeText(sentence)}</p>;
}
