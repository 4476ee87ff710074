/** State of the connection editor: draft, problems, test and saving. */
import { useEffect, useRef, useState } from 'react';
import type { Connection, ConnectionTest } from '../../shared/connections/connection';
import type { Failure } from '../../shared/failure';
import { ask, askCancellable, toFailure } from '../bridge';
import { useSettings } from '../stores/settings';
import { validateDraft } from './connection-form';
import type { ConnectionDraft, FieldErrors } from './connection-form';

export type TestState =
  | { kind: 'idle' }
  | { kind: 'testing' }
  | { kind: 'tested'; test: ConnectionTest }
  | { kind: 'failed'; failure: Failure };

const noConnections: Connection[] = [];

export function useConnectionForm(initial: ConnectionDraft, onDone: () => void) {
  const existing = useSettings((state) => state.settings?.connections ?? noConnections);
  const [draft, setDraft] = useState(initial);
  const [errors, setErrors] = useState<FieldErrors>({});
  const [test, setTest] = useState<TestState>({ kind: 'idle' });
  const [saving, setSaving] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);

  function change(part: Partial<ConnectionDraft>): void {
    setDraft((before) => ({ ...before, ...part }));
    // A changed field is no longer wrong, and a test of something else proves nothing.
    setErrors((before) => {
      const left = { ...before };
      for (const field of Object.keys(part)) Reflect.deleteProperty(left, field);
      return left;
    });
    setTest({ kind: 'idle' });
    running.current?.abort();
  }

  function validated(): Connection | null {
    const result = validateDraft(draft, existing);
    setErrors(result.ok ? {} : result.errors);
    return result.ok ? result.connection : null;
  }

  async function runTest(): Promise<void> {
    const connection = validated();
    if (connection === null) return;
    running.current?.abort();
    const controller = new AbortController();
    running.current = controller;
    setTest({ kind: 'testing' });
    let next: TestState;
    try {
      const found = await askCancellable(
        'connections.test',
        (requestId) => ({ connection, requestId }),
        controller.signal,
      );
      next = { kind: 'tested', test: found };
    } catch (error) {
      next = { kind: 'failed', failure: toFailure(error, 'connections.test') };
    }
    if (!controller.signal.aborted) setTest(next);
  }

  async function save(): Promise<void> {
    const connection = validated();
    if (connection === null) return;
    setSaving(true);
    setFailure(null);
    try {
      await ask('connections.save', connection);
      onDone();
    } catch (error) {
      setFailure(toFailure(error, 'connections.save'));
    } finally {
      setSaving(false);
    }
  }

  return { draft, errors, test, saving, failure, change, runTest, save };
}
