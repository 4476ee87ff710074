/** A search is given a name, or changed. */
import { Button, Modal } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { searchDraftSchema } from '../../../shared/logs/saved-search';
import type { SearchDraft } from '../../../shared/logs/saved-search';
import { ask, toFailure } from '../../bridge';
import { showToast } from '../../stores/toasts';
import { safeText } from '../../ui/safe-text';
import { formOf, searchOf, searchProblem } from './edit-form';
import type { EditForm } from './edit-form';
import { CommonFields, ParameterFields, TextFields } from './EditFields';
import { openSavedDialog } from './saved-list';
import classes from './saved.module.css';

interface Props {
  id: string | null;
  source: 'own' | 'imported';
  draft: SearchDraft;
  onClose(): void;
}

export function EditDialog({ id, source, draft, onClose }: Props) {
  const [form, setForm] = useState<EditForm>(() => formOf(draft));
  const [problem, setProblem] = useState<string | null>(null);
  const change = (to: Partial<EditForm>): void => {
    setProblem(null);
    setForm((before) => ({ ...before, ...to }));
  };
  const save = useMutation({
    mutationFn: (search: SearchDraft) => ask('logs.saveSearch', { id, source, search }),
    onSuccess: ({ name }) => {
      showToast({ level: 'done', text: `Saved ${safeText(name)}`, detail: null, action: null });
      openSavedDialog(null);
    },
  });
  const submit = (): void => {
    const search = searchOf(form, draft);
    const wrong = searchProblem(search);
    setProblem(wrong);
    if (wrong === null) save.mutate(searchDraftSchema.parse(search));
  };
  const failure = save.error === null ? null : toFailure(save.error, 'logs.saveSearch');
  const said = problem ?? (failure === null ? null : `${failure.message} ${failure.advice}`);
  return (
    <Modal
      opened
      onClose={onClose}
      size="xl"
      title={id === null ? 'Save this search' : 'Edit the saved search'}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <form
        className={classes['fields']}
        onSubmit={(event) => {
          event.preventDefault();
          // The search bar, in which the dialog is opened, is a form too.
          event.stopPropagation();
          submit();
        }}
      >
        <CommonFields form={form} change={change} />
        <TextFields form={form} kind={draft.kind} change={change} />
        <ParameterFields form={form} kind={draft.kind} change={change} />
        {said !== null && (
          <p className={classes['warn']} role="alert">
            {safeText(said)}
          </p>
        )}
        <div className={classes['actions']}>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={save.isPending}>
            Save
          </Button>
        </div>
      </form>
    </Modal>
  );
}
