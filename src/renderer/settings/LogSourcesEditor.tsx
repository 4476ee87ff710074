import { Button, Group, Modal, PasswordInput, Select, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { ElasticSource } from '../../shared/logs/elastic';
import { useConnections } from '../stores/connections';
import { safeText } from '../ui/safe-text';
import { LogSourceTrial } from './LogSourcesTrial';
import {
  authKinds,
  authLabels,
  checkLogSource,
  draftOf,
  isReadable,
  keepsSecret,
  secretName,
  usesSecret,
} from './log-sources-form';
import type { LogSourceDraft, LogSourceErrors } from './log-sources-form';
import styles from './settings.module.css';

interface Props {
  /** Null: a new one. */
  source: ElasticSource | null;
  /** A secret is kept for it. */
  kept: boolean;
  /** This computer can keep secrets. */
  lasting: boolean;
  /** False when it could not be stored: the editor stays open with what was typed. */
  onSave(source: ElasticSource, secret: string | null): Promise<boolean>;
  onClose(): void;
}

interface FieldsProps {
  draft: LogSourceDraft;
  errors: LogSourceErrors;
  onChange(part: Partial<LogSourceDraft>): void;
}

function PlaceFields({ draft, errors, onChange }: FieldsProps) {
  return (
    <>
      <TextInput
        label="Name"
        data-autofocus
        value={draft.name}
        error={errors.name}
        onChange={(event) => onChange({ name: event.currentTarget.value })}
      />
      <TextInput
        label="Address"
        description={
          isReadable(draft)
            ? 'Without https the sign-in and the logs cross the network readable for others.'
            : 'Of the server; with https its certificate is always checked.'
        }
        placeholder="https://logs.example.com:9200"
        value={draft.url}
        error={errors.url}
        onChange={(event) => onChange({ url: event.currentTarget.value })}
      />
      <TextInput
        label="Index patterns"
        description="Separated by commas. Data streams, aliases and indexes that match can be chosen one by one."
        placeholder="crm-logs-*"
        value={draft.patterns}
        error={errors.patterns}
        onChange={(event) => onChange({ patterns: event.currentTarget.value })}
      />
    </>
  );
}

function SigningFields({ draft, errors, onChange }: FieldsProps) {
  const list = useConnections((state) => state.list);
  const own = list.filter(({ connection }) => connection.credentials.kind !== 'demo');
  return (
    <Group grow align="flex-start">
      <Select
        label="Connection"
        placeholder={own.length === 0 ? 'There is none yet' : 'Choose'}
        data={own.map(({ connection: { id, label } }) => ({ value: id, label: safeText(label) }))}
        value={draft.connectionId === '' ? null : draft.connectionId}
        error={errors.connectionId}
        onChange={(id) => {
          const chosen = own.find(({ connection }) => connection.id === id);
          const region = chosen?.connection.regions[0] ?? '';
          onChange({ connectionId: id ?? '', region: draft.region === '' ? region : draft.region });
        }}
      />
      <TextInput
        label="Region of the domain"
        value={draft.region}
        error={errors.region}
        onChange={(event) => onChange({ region: event.currentTarget.value })}
      />
      <Select
        label="Service"
        allowDeselect={false}
        data={[
          { value: 'es', label: 'OpenSearch Service' },
          { value: 'aoss', label: 'OpenSearch Serverless' },
        ]}
        value={draft.service}
        onChange={(service) => service !== null && onChange({ service })}
      />
    </Group>
  );
}

interface SignInProps extends FieldsProps {
  /** A secret that is kept goes on to be used. */
  keeps: boolean;
  lasting: boolean;
}

function SignInFields({ draft, errors, onChange, keeps, lasting }: SignInProps) {
  const name = secretName(draft.auth);
  const storing = lasting
    ? 'Kept encrypted by the operating system'
    : 'Used until Nightdesk closes, never written to disk';
  return (
    <>
      <Select
        label="Sign in with"
        allowDeselect={false}
        data={authKinds.map((value) => ({ value, label: authLabels[value] }))}
        value={draft.auth}
        error={errors.auth}
        onChange={(auth) => auth !== null && onChange({ auth, secret: '' })}
      />
      {draft.auth === 'basic' && (
        <TextInput
          label="User"
          autoComplete="off"
          value={draft.user}
          error={errors.user}
          onChange={(event) => onChange({ user: event.currentTarget.value })}
        />
      )}
      {usesSecret(draft.auth) && (
        <PasswordInput
          label={name}
          description={
            keeps
              ? 'One is kept and not shown again. Enter another to replace it.'
              : `${storing}, sent to this address only and not shown again.`
          }
          autoComplete="new-password"
          value={draft.secret}
          error={errors.secret}
          visibilityToggleButtonProps={{ 'aria-label': `Show what is typed as ${name}` }}
          onChange={(event) => onChange({ secret: event.currentTarget.value })}
        />
      )}
      {draft.auth === 'sigv4' && <SigningFields {...{ draft, errors, onChange }} />}
    </>
  );
}

function FieldNames({ draft, errors, onChange }: FieldsProps) {
  return (
    <>
      <Group grow align="flex-start">
        <TextInput
          label="Time field"
          value={draft.timeField}
          error={errors.timeField}
          onChange={(event) => onChange({ timeField: event.currentTarget.value })}
        />
        <TextInput
          label="Message field"
          value={draft.messageField}
          error={errors.messageField}
          onChange={(event) => onChange({ messageField: event.currentTarget.value })}
        />
      </Group>
      <TextInput
        label="Certificate authority file"
        description="Optional: the path of a PEM file to trust besides the built-in authorities."
        value={draft.caFile}
        error={errors.caFile}
        onChange={(event) => onChange({ caFile: event.currentTarget.value })}
      />
    </>
  );
}

export function LogSourcesEditor({ source, kept, lasting, onSave, onClose }: Props) {
  const [draft, setDraft] = useState(() => draftOf(source, crypto.randomUUID()));
  const [errors, setErrors] = useState<LogSourceErrors>({});
  const [trial, setTrial] = useState<{
    source: ElasticSource;
    secret: string | null;
    turn: number;
  } | null>(null);
  const [failed, setFailed] = useState(false);
  const keptFor = kept ? source : null;
  const fields = {
    draft,
    errors,
    onChange: (part: Partial<LogSourceDraft>) => setDraft({ ...draft, ...part }),
  };

  function checked() {
    const result = checkLogSource(draft, keptFor);
    setErrors(result.ok ? {} : result.errors);
    return result.ok ? result : null;
  }

  async function save(): Promise<void> {
    const made = checked();
    if (made === null) return;
    const stored = await onSave(made.source, made.secret);
    setFailed(!stored);
    if (stored) onClose();
  }

  function tryNow(): void {
    const made = checked();
    if (made === null) setTrial(null);
    else setTrial({ source: made.source, secret: made.secret, turn: (trial?.turn ?? 0) + 1 });
  }

  return (
    <Modal
      closeButtonProps={{ 'aria-label': 'Close' }}
      opened
      onClose={onClose}
      title={source === null ? 'Add a log source' : 'Edit the log source'}
      size="lg"
    >
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <Stack gap={12}>
          <PlaceFields {...fields} />
          <SignInFields {...fields} keeps={keepsSecret(draft, keptFor)} lasting={lasting} />
          <FieldNames {...fields} />
          <div role="status">
            {trial !== null && <LogSourceTrial key={trial.turn} {...trial} />}
          </div>
          {failed && (
            <p role="alert" className={styles.problem}>
              It could not be saved; see the top of the page. Nothing typed here is lost.
            </p>
          )}
          <Group justify="space-between">
            <Button variant="default" onClick={tryNow}>
              Test
            </Button>
            <Group>
              <Button variant="default" onClick={onClose}>
                Cancel
              </Button>
              <Button type="submit">Save source</Button>
            </Group>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
