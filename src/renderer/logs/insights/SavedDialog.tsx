/** Saved queries: of this computer, of the accounts, and those that ship. */
import { Button, Menu } from '@mantine/core';
import { IconBookmark } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { assertNever } from '../../../shared/assert-never';
import type { SavedQuery } from '../../../shared/logs/insights';
import { askCancellable, toFailure } from '../../bridge';
import { useConnections } from '../../stores/connections';
import { PickDialog } from './PickDialog';
import type { Pick } from './PickDialog';
import { languageNames } from './query-words';
import { openSaved, savedKey } from './saved';
import { SaveDialog } from './SaveDialog';
import { useInsights } from './store';

const FRESH_MS = 60_000;

export function SavedButton() {
  const [open, setOpen] = useState<'list' | 'save' | null>(null);
  const empty = useInsights((state) => state.text.trim() === '');
  return (
    <>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <Button size="xs" variant="default" leftSection={<IconBookmark size={14} aria-hidden />}>
            Saved
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => setOpen('list')}>Open a saved query…</Menu.Item>
          <Menu.Item disabled={empty} onClick={() => setOpen('save')}>
            Save this query…
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {open === 'list' && <SavedDialog onClose={() => setOpen(null)} />}
      {open === 'save' && <SaveDialog onClose={() => setOpen(null)} />}
    </>
  );
}

function underOf(saved: SavedQuery, labels: ReadonlyMap<string, string>): string {
  switch (saved.source) {
    case 'disk':
      return 'On this computer';
    case 'account': {
      const { connectionId, region } = saved;
      return `In ${labels.get(connectionId ?? '') ?? connectionId ?? ''} ${region ?? ''}`;
    }
    case 'starter':
      return 'To begin with';
    default:
      return assertNever(saved.source);
  }
}

function detailOf({ groups, language }: SavedQuery): string {
  const over =
    groups.length === 0
      ? []
      : [groups.length === 1 ? (groups[0] ?? '') : `${groups.length} groups`];
  return [...(language === 'CWLI' ? [] : [languageNames[language]]), ...over].join(', ');
}

function SavedDialog({ onClose }: { onClose(): void }) {
  const labels = useConnections((state) => state.labels);
  const { data, error, isFetching } = useQuery({
    queryKey: savedKey,
    staleTime: FRESH_MS,
    queryFn: ({ signal }) =>
      askCancellable('logs.savedQueries', (requestId) => ({ requestId }), signal),
  });
  const picks = (data ?? []).map((saved): Pick => ({
    id: saved.id,
    title: saved.name,
    detail: detailOf(saved),
    under: underOf(saved, labels),
    query: saved.query,
  }));
  const note =
    error !== null
      ? toFailure(error, 'logs.savedQueries').message
      : isFetching
        ? 'Asking the accounts for theirs…'
        : null;
  return (
    <PickDialog
      title="Saved queries"
      picks={picks}
      note={note}
      onPick={(id) => {
        const saved = data?.find((one) => one.id === id);
        if (saved !== undefined) openSaved(saved);
      }}
      onClose={onClose}
    />
  );
}
