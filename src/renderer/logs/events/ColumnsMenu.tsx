/** The fields found in the lines, to be shown as columns. */
import { Checkbox, Popover, TextInput } from '@mantine/core';
import { IconColumns3 } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import type { FoundColumn } from '../../../shared/logs/engine-protocol';
import { EngineError } from '../../../shared/logs/engine-client';
import { safeText } from '../../ui/safe-text';
import classes from './events.module.css';
import { toggleField, usePickedFields } from './grid-columns';
import { usePaneClient, usePaneStore } from './pane';
import { ToolButton } from './ToolButton';

interface Found {
  columns: readonly FoundColumn[];
  /** How many lines were looked at, in words. */
  basis: string;
}

export function ColumnsMenu() {
  const [opened, setOpened] = useState(false);
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      position="bottom-end"
      width={360}
      shadow="md"
      trapFocus
      withinPortal
    >
      <Popover.Target>
        <ToolButton
          label="Columns"
          pressed={opened}
          onClick={() => setOpened(!opened)}
          icon={<IconColumns3 size={15} aria-hidden />}
        />
      </Popover.Target>
      <Popover.Dropdown>{opened && <Fields />}</Popover.Dropdown>
    </Popover>
  );
}

function Fields() {
  const { found, failure } = useFoundColumns();
  const [text, setText] = useState('');
  const picked = usePickedFields();
  const known = new Set(found?.columns.map(({ path }) => path));
  const wanted = text.trim().toLowerCase();
  const others = picked.filter((path) => !known.has(path));
  const listed = found?.columns.filter(({ path }) => path.toLowerCase().includes(wanted)) ?? [];
  return (
    <div className={classes['fields']}>
      <TextInput
        size="xs"
        aria-label="Search fields"
        placeholder="Search fields"
        value={text}
        data-autofocus
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <p className={classes['basis']} role="status">
        {failure === null ? (found?.basis ?? 'Looking for fields…') : safeText(failure)}
      </p>
      <div className={classes['fieldList']} role="group" aria-label="Fields">
        {others.map((path) => (
          <FieldBox key={path} path={path} about="not in these lines" picked />
        ))}
        {listed.map(({ path, types, share }) => (
          <FieldBox
            key={path}
            path={path}
            about={`${types.join(', ')} · in ${Math.max(1, Math.round(share * 100))} %`}
            picked={picked.includes(path)}
          />
        ))}
      </div>
    </div>
  );
}

function FieldBox({ path, about, picked }: { path: string; about: string; picked: boolean }) {
  return (
    <Checkbox
      size="xs"
      label={safeText(path)}
      description={about}
      classNames={{
        body: classes['fieldBody'] ?? '',
        labelWrapper: classes['fieldLabel'] ?? '',
        description: classes['fieldAbout'] ?? '',
      }}
      checked={picked}
      onChange={() => toggleField(path)}
    />
  );
}

function useFoundColumns(): { found: Found | null; failure: string | null } {
  const pane = usePaneStore();
  const client = usePaneClient();
  const [found, setFound] = useState<Found | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  useEffect(() => {
    const { dataset, view } = pane.getState();
    const abort = new AbortController();
    client
      .ask('columns', { dataset, view }, abort.signal)
      .then(({ columns, sample: { looked, of } }) => {
        const number = (value: number): string => value.toLocaleString('en');
        const basis =
          looked < of
            ? `Found in ${number(looked)} lines out of ${number(of)}.`
            : `Found in all ${number(of)} lines.`;
        setFound({ columns, basis });
      })
      .catch((error: unknown) => {
        if (error instanceof EngineError && error.failure.kind === 'cancelled') return;
        setFailure(error instanceof Error ? error.message : String(error));
      });
    return () => abort.abort();
  }, [client, pane]);
  return { found, failure };
}
