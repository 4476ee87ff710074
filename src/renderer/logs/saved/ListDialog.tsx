/** The list of saved searches. */
import { ActionIcon, Button, Menu, Modal, TextInput } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import type { KeyboardEvent } from 'react';
import { draftOf } from '../../../shared/logs/saved-search';
import type { SavedSearch } from '../../../shared/logs/saved-search';
import { useSettings, useTimeZone } from '../../stores/settings';
import { safeMultiline, safeText } from '../../ui/safe-text';
import { found } from './fuzzy';
import { pickSaved } from './run-saved';
import { currentDraft, deleteSaved } from './saved-actions';
import { openSavedDialog, useSaved } from './saved-list';
import { detailWords, sourceWords, textWords } from './saved-words';
import classes from './saved.module.css';

const NONE: readonly SavedSearch[] = [];
const NO_COLUMNS: readonly string[] = [];

export function ListDialog({ onClose }: { onClose(): void }) {
  const list = useSaved((state) => state.list);
  const failure = useSaved((state) => state.failure);
  const columns = useSettings(({ settings }) => settings?.logs.columns) ?? NO_COLUMNS;
  const [typed, setTyped] = useState('');
  const rows = useRef<HTMLUListElement>(null);
  const shown = found(list ?? NONE, typed, (search) => ({
    name: search.name,
    more: `${search.description} ${textWords(search)} ${search.groups.map(({ glob }) => glob).join(' ')}`,
  }));
  const move = (event: KeyboardEvent): void => {
    const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (by === 0) return;
    const buttons = [...(rows.current?.querySelectorAll<HTMLButtonElement>('[data-run]') ?? [])];
    const at = buttons.findIndex((button) => button === document.activeElement);
    const next = buttons[at + by];
    if (next === undefined) return;
    event.preventDefault();
    next.focus();
  };
  const note =
    failure ??
    (list === null
      ? 'Reading the saved searches…'
      : shown.length === 0
        ? 'No saved search has these words.'
        : null);
  return (
    <Modal
      opened
      onClose={onClose}
      size="xl"
      title="Saved searches"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <div onKeyDown={move}>
        <TextInput
          data-autofocus
          size="sm"
          aria-label="Find a saved search"
          placeholder="Find by name, group or text; Enter runs the first"
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          onKeyDown={(event) => {
            const [first] = shown;
            if (event.key !== 'Enter' || first === undefined || event.nativeEvent.isComposing)
              return;
            event.preventDefault();
            pickSaved(first);
          }}
        />
        {shown.length > 0 && (
          <ul ref={rows} className={classes['list']} aria-label="Saved searches">
            {shown.map((search, at) => (
              <Row
                key={search.id}
                search={search}
                heading={typed === '' && search.source !== shown[at - 1]?.source}
              />
            ))}
          </ul>
        )}
        {note !== null && (
          <p className={classes['note']} role="status">
            {safeText(note)}
          </p>
        )}
      </div>
      <div className={classes['actions']}>
        <Button variant="default" size="xs" onClick={() => openSavedDialog({ kind: 'import' })}>
          Import from Kibana…
        </Button>
        <Button
          size="xs"
          onClick={() =>
            openSavedDialog({ kind: 'edit', id: null, source: 'own', draft: currentDraft(columns) })
          }
        >
          Save this search…
        </Button>
      </div>
    </Modal>
  );
}

function Row({ search, heading }: { search: SavedSearch; heading: boolean }) {
  const zone = useTimeZone();
  return (
    <li>
      {heading && <div className={classes['heading']}>{sourceWords(search.source)}</div>}
      <div className={classes['row']}>
        <button
          type="button"
          data-run
          className={classes['run']}
          title={safeMultiline(`${search.description}\n${textWords(search)}`.trim())}
          onClick={() => pickSaved(search)}
        >
          <span className={classes['name']}>{safeText(search.name)}</span>
          <span className={classes['detail']}>{safeText(detailWords(search, zone))}</span>
          <code className={classes['text']}>{safeText(textWords(search).slice(0, 300))}</code>
        </button>
        <RowMenu search={search} />
      </div>
    </li>
  );
}

function RowMenu({ search }: { search: SavedSearch }) {
  const { source, id } = search;
  const draft = draftOf(search);
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={`More about ${safeText(search.name)}`}
        >
          <IconDots size={16} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {source !== 'starter' && (
          <Menu.Item onClick={() => openSavedDialog({ kind: 'edit', id, source, draft })}>
            Edit…
          </Menu.Item>
        )}
        <Menu.Item
          onClick={() =>
            openSavedDialog({
              kind: 'edit',
              id: null,
              source: 'own',
              draft: { ...draft, name: `${draft.name} (copy)`.slice(0, 255) },
            })
          }
        >
          Duplicate…
        </Menu.Item>
        {source !== 'starter' && (
          <Menu.Item onClick={() => void deleteSaved(search)}>Delete</Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
