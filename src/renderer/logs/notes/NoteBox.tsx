/** The note on the selected line: read, written, kept. */
import { Button, Textarea } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import type { LineAnswer } from '../../../shared/logs/engine-protocol';
import type { LogNote } from '../../../shared/logs/notes';
import { safeMultiline } from '../../ui/safe-text';
import classes from './notes.module.css';
import { useNoteActions } from './notes';

const MOST_LETTERS = 4_000;

export function NoteBox({ line, note }: { line: LineAnswer; note: LogNote | undefined }) {
  const [draft, setDraft] = useState<string | null>(null);
  const [saving, setSaving] = useState(false);
  const { keep } = useNoteActions();
  const area = useRef<HTMLTextAreaElement>(null);
  const writing = draft !== null;
  useEffect(() => {
    if (writing) area.current?.focus();
  }, [writing]);
  if (draft === null) {
    return (
      <div className={classes['note']}>
        {note !== undefined && note.text !== '' && <p>{safeMultiline(note.text)}</p>}
        <button
          type="button"
          className={classes['link']}
          onClick={() => setDraft(note?.text ?? '')}
        >
          {note === undefined || note.text === '' ? 'Write a note' : 'Change the note'}
        </button>
      </div>
    );
  }
  const save = async (): Promise<void> => {
    setSaving(true);
    const kept = await keep(line, note, {
      text: draft.trim(),
      bookmarked: note?.bookmarked ?? true,
    });
    setSaving(false);
    if (kept) setDraft(null);
  };
  return (
    <form
      className={classes['note']}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <Textarea
        aria-label="Note on this line"
        autosize
        minRows={2}
        maxRows={8}
        maxLength={MOST_LETTERS}
        ref={area}
        value={draft}
        onChange={(event) => setDraft(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
            event.preventDefault();
            void save();
          }
          if (event.key !== 'Escape') return;
          event.preventDefault();
          event.stopPropagation();
          setDraft(null);
        }}
      />
      <div className={classes['buttons']}>
        <Button size="compact-xs" type="submit" loading={saving}>
          Keep
        </Button>
        <Button size="compact-xs" variant="default" onClick={() => setDraft(null)}>
          Cancel
        </Button>
      </div>
    </form>
  );
}
