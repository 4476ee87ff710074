/** Asks for a search's parameters before it is run. */
import { Button, Modal, NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { SavedSearch, SearchParameter } from '../../../shared/logs/saved-search';
import { valueProblem } from '../../../shared/logs/saved-search-fill';
import { safeText } from '../../ui/safe-text';
import { runSaved } from './run-saved';
import classes from './saved.module.css';

interface FieldProps {
  parameter: SearchParameter;
  value: string;
  first: boolean;
  problem: string | null;
  onValue(value: string): void;
}

function Field({ parameter, value, first, problem, onValue }: FieldProps) {
  const common = { label: safeText(parameter.label), size: 'sm', error: problem, value } as const;
  const focus = first ? { 'data-autofocus': true } : {};
  if (parameter.type === 'choice') {
    return (
      <NativeSelect
        {...common}
        {...focus}
        data={[
          ...(parameter.choices.includes(value) ? [] : [{ value: '', label: 'Choose…' }]),
          ...parameter.choices.map((choice) => ({ value: choice, label: safeText(choice) })),
        ]}
        onChange={(event) => onValue(event.currentTarget.value)}
      />
    );
  }
  return (
    <TextInput
      {...common}
      {...focus}
      inputMode={parameter.type === 'number' ? 'decimal' : 'text'}
      maxLength={1_000}
      spellCheck={false}
      onChange={(event) => onValue(event.currentTarget.value)}
    />
  );
}

export function ValuesDialog({ search, onClose }: { search: SavedSearch; onClose(): void }) {
  const [values, setValues] = useState<Record<string, string>>(() =>
    Object.fromEntries(search.parameters.map((one) => [one.name, one.default])),
  );
  const [refused, setRefused] = useState<string | null>(null);
  const [tried, setTried] = useState(false);
  const problemOf = (one: SearchParameter): string | null =>
    tried ? valueProblem(one, values[one.name] ?? '') : null;
  return (
    <Modal
      opened
      onClose={onClose}
      title={safeText(search.name)}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <form
        className={classes['fields']}
        onSubmit={(event) => {
          event.preventDefault();
          // The search bar, in which the dialog is opened, is a form too.
          event.stopPropagation();
          setTried(true);
          if (search.parameters.some((one) => valueProblem(one, values[one.name] ?? '') !== null))
            return;
          setRefused(runSaved(search, values));
        }}
      >
        {search.description !== '' && (
          <p className={classes['note']}>{safeText(search.description)}</p>
        )}
        {search.parameters.map((parameter, at) => (
          <Field
            key={parameter.name}
            parameter={parameter}
            value={values[parameter.name] ?? ''}
            first={at === 0}
            problem={problemOf(parameter)}
            onValue={(value) => {
              setRefused(null);
              setValues((before) => ({ ...before, [parameter.name]: value }));
            }}
          />
        ))}
        {refused !== null && (
          <p className={classes['warn']} role="alert">
            {safeText(refused)}
          </p>
        )}
        <div className={classes['actions']}>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit">{search.kind === 'insights' ? 'Run' : 'Search'}</Button>
        </div>
      </form>
    </Modal>
  );
}
