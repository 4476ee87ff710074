/** Runbooks: what can be done, what is being done, and what was done. */
import { Button } from '@mantine/core';
import { lazy, Suspense, useLayoutEffect } from 'react';
import type { RunbookEntry } from '../../shared/runbooks/listing';
import { ErrorBoundary } from '../shell/ErrorBoundary';
import { registerPageCommands } from '../shell/page-commands';
import { useConnections } from '../stores/connections';
import { preview, placeOf, requestOf } from './actions';
import type { RunbookDraft } from './editor/drafts';
import { useEntry, useRunbookListing, useRunbookListingKept } from './listing-store';
import classes from './page/page.module.css';
import { RunbookList } from './page/RunbookList';
import { RunbookView } from './page/RunbookView';
import { RunStrip } from './run/RunStrip';
import { RunView } from './run/RunView';
import { PlanSheet } from './sheet/PlanSheet';
import { useRunbooks } from './store';
import { needsNothing } from './input-values';

const RunbookEditor = lazy(async () => ({
  default: (await import('./editor/RunbookEditor')).RunbookEditor,
}));

function focusFilter(): void {
  document.getElementById('runbook-filter')?.focus();
}

function saved(entry: RunbookEntry, options: { preview: boolean }): void {
  if (!options.preview) return;
  const { choose, alarmKey, place } = useRunbooks.getState();
  choose(entry.id);
  // What has to be typed first is asked for on its page.
  if (entry.runbook === null || !needsNothing(entry.runbook)) return;
  preview(entry.name, requestOf(entry.id, alarmKey, placeOf(alarmKey, place), {}));
}

function Writing({ draft }: { draft: RunbookDraft }) {
  return (
    <div className={classes['editor']}>
      <ErrorBoundary what="The editor" resetKey={draft.id ?? 'new'}>
        <Suspense fallback={null}>
          <RunbookEditor
            draft={draft}
            onClose={() => useRunbooks.getState().write(null)}
            onSaved={saved}
          />
        </Suspense>
      </ErrorBoundary>
    </div>
  );
}

function Nothing() {
  const listing = useRunbookListing((state) => state.listing);
  const first = listing?.entries.find(({ runbook }) => runbook !== null);
  return (
    <div className={classes['empty']}>
      <h2>No runbook chosen</h2>
      <p>
        Choose one in the list, or press r on an alarm for those that belong to it. A runbook that
        changes anything shows every step first and asks once.
      </p>
      {first !== undefined && (
        <Button size="xs" variant="default" onClick={() => useRunbooks.getState().choose(first.id)}>
          Show the first
        </Button>
      )}
    </div>
  );
}

function Middle() {
  const runId = useRunbooks((state) => state.runId);
  const entry = useEntry(useRunbooks((state) => state.chosenId));
  if (runId !== null) return <RunView key={runId} runId={runId} />;
  return entry === undefined ? <Nothing /> : <RunbookView entry={entry} />;
}

export function RunbooksPage() {
  useRunbookListingKept();
  useLayoutEffect(() => registerPageCommands({ filter: focusFilter }), []);
  const connected = useConnections((state) => state.list.length > 0);
  const draft = useRunbooks((state) => state.draft);
  const sheet = useRunbooks((state) => state.sheet);
  if (!connected) return null;
  return (
    <div className={classes['page']}>
      <h1 className="nd-visually-hidden">Runbooks</h1>
      <RunbookList />
      {draft === null ? (
        <div className={classes['main']}>
          <RunStrip />
          <div className={classes['body']}>
            <Middle />
          </div>
        </div>
      ) : (
        <Writing draft={draft} />
      )}
      {sheet !== null && <PlanSheet sheet={sheet} />}
    </div>
  );
}
