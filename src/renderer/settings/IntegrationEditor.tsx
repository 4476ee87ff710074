import { Button, Group, Modal, PasswordInput, Select, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Integration } from '../../shared/runbooks/integrations';
import { IntegrationTrial } from './IntegrationTrial';
import {
  checkIntegration,
  integrationDraft,
  integrationKinds,
  integrationLabels,
  secretLabel,
  usesRegion,
} from './integrations-form';
import type { IntegrationDraft, IntegrationErrors } from './integrations-form';
import styles from './settings.module.css';

interface Props {
  /** Null: a new one. */
  integration: Integration | null;
  others: readonly Integration[];
  /** A secret is kept for it. */
  kept: boolean;
  /** This computer can keep secrets. */
  lasting: boolean;
  /** False when it could not be stored: the editor stays open with what was typed. */
  onSave(integration: Integration, secret: string | null): Promise<boolean>;
  onClose(): void;
}

interface FieldsProps {
  draft: IntegrationDraft;
  errors: IntegrationErrors;
  /** A secret that is kept goes on to be used. */
  keeps: boolean;
  lasting: boolean;
  onChange(part: Partial<IntegrationDraft>): void;
}

function Fields({ draft, errors, keeps, lasting, onChange }: FieldsProps) {
  const label = secretLabel(draft.kind);
  const storing = lasting
    ? 'Kept encrypted by the operating system'
    : 'Used until Nightdesk closes, never written to disk';
  return (
    <>
      <TextInput
        label="Name"
        description="As runbooks call it."
        data-autofocus
        value={draft.name}
        error={errors.name}
        onChange={(event) => onChange({ name: event.currentTarget.value })}
      />
      <Group grow align="flex-start">
        <Select
          label="Kind"
          allowDeselect={false}
          data={integrationKinds.map((value) => ({ value, label: integrationLabels[value] }))}
          value={draft.kind}
          onChange={(kind) => kind !== null && onChange({ kind, secret: '' })}
        />
        {usesRegion(draft.kind) && (
          <Select
            label="Region of the account"
            allowDeselect={false}
            data={[
              { value: 'us', label: 'United States' },
              { value: 'eu', label: 'European Union' },
            ]}
            value={draft.region}
            onChange={(region) => region !== null && onChange({ region })}
          />
        )}
      </Group>
      <PasswordInput
        label={label}
        description={
          keeps
            ? 'One is kept and not shown again. Enter another to replace it.'
            : `${storing} and not shown again.`
        }
        autoComplete="new-password"
        value={draft.secret}
        error={errors.secret}
        visibilityToggleButtonProps={{ 'aria-label': `Show what is typed as ${label}` }}
        onChange={(event) => onChange({ secret: event.currentTarget.value })}
      />
    </>
  );
}

export function IntegrationEditor(props: Props) {
  const { integration, others, kept, lasting, onSave, onClose } = props;
  const [draft, setDraft] = useState(() => integrationDraft(integration, crypto.randomUUID()));
  const [errors, setErrors] = useState<IntegrationErrors>({});
  const [trial, setTrial] = useState<{
    integration: Integration;
    secret: string | null;
    turn: number;
  } | null>(null);
  const [failed, setFailed] = useState(false);
  const keptKind = kept && integration !== null ? integration.kind : null;

  function checked() {
    const result = checkIntegration(draft, others, keptKind);
    setErrors(result.ok ? {} : result.errors);
    return result.ok ? result : null;
  }

  async function save(): Promise<void> {
    const made = checked();
    if (made === null) return;
    const stored = await onSave(made.integration, made.secret);
    setFailed(!stored);
    if (stored) onClose();
  }

  function tryNow(): void {
    const made = checked();
    const turn = (trial?.turn ?? 0) + 1;
    setTrial(made === null ? null : { integration: made.integration, secret: made.secret, turn });
  }

  return (
    <Modal
      closeButtonProps={{ 'aria-label': 'Close' }}
      opened
      onClose={onClose}
      title={integration === null ? 'Add an integration' : 'Edit the integration'}
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
          <Fields
            draft={draft}
            errors={errors}
            keeps={keptKind === draft.kind}
            lasting={lasting}
            onChange={(part) => setDraft({ ...draft, ...part })}
          />
          <div role="status">
            {trial !== null && <IntegrationTrial key={trial.turn} {...trial} />}
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
              <Button type="submit">Save integration</Button>
            </Group>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
