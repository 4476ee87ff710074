/** A note for the alarm's timeline. What was typed stays when saving fails. */
import { Button, Group, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { FormEvent } from 'react';
import { useAlarmRow } from '../stores/alarms';
import { safeText } from '../ui/safe-text';
import { addNote } from './actions';
import classes from './Forms.module.css';

const LONGEST = 4_000;

export function NoteForm({ alarmKey, onDone }: { alarmKey: string; onDone: () => void }) {
  const row = useAlarmRow(alarmKey);
  const [text, setText] = useState('');
  const [saving, setSaving] = useState(false);
  const save = async (): Promise<void> => {
    if (text.trim() === '' || saving) return;
    setSaving(true);
    const stored = await addNote(alarmKey, text.trim());
    setSaving(false);
    if (stored) onDone();
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void save();
  };
  return (
    <form className={classes['form']} onSubmit={submit}>
      <p className={classes['hint']}>{safeText(row?.name ?? '')}</p>
      <Textarea
        aria-label="Note"
        placeholder="What was found, what was tried"
        autosize
        minRows={4}
        maxRows={12}
        maxLength={LONGEST}
        data-autofocus
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void save();
        }}
      />
      <Group justify="flex-end">
        <Button variant="default" onClick={onDone}>
          Cancel
        </Button>
        <Button type="submit" loading={saving} disabled={text.trim() === ''}>
          Add note
        </Button>
      </Group>
    </form>
  );
}
