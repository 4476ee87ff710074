/** All bookmarks and notes in a panel at the side, each a way to its line. */
import { ActionIcon, Drawer } from '@mantine/core';
import { IconStar, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import type { LogNote } from '../../../shared/logs/notes';
import { useConnections } from '../../stores/connections';
import { useTimeZone } from '../../stores/settings';
import { safeMultiline, safeText } from '../../ui/safe-text';
import { formatFull } from '../../ui/time';
import { searchAround } from '../detail/wanted-line';
import { excerptWords } from './excerpt-words';
import classes from './notes.module.css';
import { useNoteActions, useNotes } from './notes';

export function NotesButton() {
  const [opened, setOpened] = useState(false);
  return (
    <>
      <button
        type="button"
        className={classes['opener']}
        aria-haspopup="dialog"
        onClick={() => setOpened(true)}
      >
        <IconStar size={14} aria-hidden /> Bookmarks
      </button>
      <Drawer
        opened={opened}
        onClose={() => setOpened(false)}
        position="right"
        title="Bookmarks and notes"
        closeButtonProps={{ 'aria-label': 'Close' }}
      >
        {opened && <NoteList onGone={() => setOpened(false)} />}
      </Drawer>
    </>
  );
}

/** Drawn at most; the words to look for narrow the rest. */
const MOST_SHOWN = 200;

function NoteList({ onGone }: { onGone(): void }) {
  const { notes, failure } = useNotes();
  const [wanted, setWanted] = useState('');
  if (failure !== null) return <p role="alert">{safeText(failure.message)}</p>;
  if (notes === undefined) return <p role="status">Reading…</p>;
  if (notes.length === 0) {
    return (
      <p className={classes['dim']}>
        None yet. Select a line and press b to bookmark it; bookmarks stay when Nightdesk is closed.
      </p>
    );
  }
  const found = notes.filter((note) => holds(note, wanted));
  return (
    <>
      <input
        className={classes['search']}
        aria-label="Look for bookmarks"
        placeholder="Words in the line, the note or the group"
        value={wanted}
        onChange={(event) => setWanted(event.currentTarget.value)}
      />
      <ul className={classes['list']}>
        {found.slice(0, MOST_SHOWN).map((note) => (
          <Item key={note.id} note={note} onGone={onGone} />
        ))}
      </ul>
      {found.length === 0 && <p className={classes['dim']}>None has these words.</p>}
      {found.length > MOST_SHOWN && (
        <p className={classes['dim']}>
          {(found.length - MOST_SHOWN).toLocaleString('en')} more: narrow them by words.
        </p>
      )}
    </>
  );
}

function holds({ excerpt, text, group }: LogNote, wanted: string): boolean {
  const all = `${excerpt}\n${text}\n${group}`.toLowerCase();
  return wanted
    .toLowerCase()
    .split(/\s+/)
    .every((word) => all.includes(word));
}

function Item({ note, onGone }: { note: LogNote; onGone(): void }) {
  const zone = useTimeZone();
  const label = useConnections((state) => state.labels.get(note.connectionId));
  const { remove } = useNoteActions();
  return (
    <li className={classes['item']}>
      <button
        type="button"
        className={classes['goTo']}
        disabled={label === undefined}
        title={
          label === undefined
            ? 'Its connection is not there any more.'
            : 'Search for the lines around it and show it'
        }
        onClick={() => {
          onGone();
          searchAround(note);
        }}
      >
        <span className={classes['dim']}>
          {formatFull(note.timestamp, zone)} · {safeText(label ?? note.connectionId)} {note.region}
        </span>
        <span className={classes['dim']}>{safeText(note.group)}</span>
        <code>{safeText(excerptWords(note.excerpt).slice(0, 240))}</code>
        {note.text !== '' && <span className={classes['words']}>{safeMultiline(note.text)}</span>}
      </button>
      <ActionIcon
        variant="subtle"
        color="gray"
        size="sm"
        aria-label={`Delete the bookmark of ${formatFull(note.timestamp, zone)}`}
        onClick={() => remove(note)}
      >
        <IconTrash size={14} aria-hidden />
      </ActionIcon>
    </li>
  );
}
