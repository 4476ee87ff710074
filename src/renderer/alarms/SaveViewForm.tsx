/** Names the filter in use, or renames a view. */
import { Button, Group, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { FormEvent } from 'react';
import type { SavedView } from '../../shared/settings/settings';
import { toFailure } from '../bridge';
import { useList } from '../stores/list';
import { saveSettings, useSettings } from '../stores/settings';
import { viewFromFilter } from './filter';
import classes from './Forms.module.css';

const LONGEST_NAME = 60;

function withView(view: SavedView | null, name: string): { views: SavedView[]; id: string } {
  const views = useSettings.getState().settings?.views ?? [];
  if (view !== null) {
    return {
      views: views.map((one) => (one.id === view.id ? { ...one, name } : one)),
      id: view.id,
    };
  }
  const id = crypto.randomUUID();
  return { views: [...views, viewFromFilter(useList.getState().filter, id, name)], id };
}

export function SaveViewForm({ view, onDone }: { view: SavedView | null; onDone: () => void }) {
  const [name, setName] = useState(view?.name ?? '');
  const [problem, setProblem] = useState<string | null>(null);
  const save = async (): Promise<void> => {
    const next = withView(view, name.trim());
    try {
      await saveSettings({ views: next.views });
      if (view === null) useList.getState().useView(next.id, useList.getState().filter);
      onDone();
    } catch (error) {
      setProblem(toFailure(error, 'settings.update').message);
    }
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (name.trim() === '') setProblem('Give the view a name');
    else void save();
  };
  return (
    <form className={classes['form']} onSubmit={submit}>
      <TextInput
        label="Name"
        data-autofocus
        maxLength={LONGEST_NAME}
        value={name}
        error={problem}
        onChange={(event) => {
          setName(event.currentTarget.value);
          setProblem(null);
        }}
      />
      <Group justify="flex-end">
        <Button variant="default" onClick={onDone}>
          Cancel
        </Button>
        <Button type="submit">{view === null ? 'Save' : 'Rename'}</Button>
      </Group>
    </form>
  );
}
