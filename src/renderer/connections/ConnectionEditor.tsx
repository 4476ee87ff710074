import { Button, ColorInput, Group, Select, Stack, Switch, TextInput } from '@mantine/core';
import { safeText } from '../ui/safe-text';
import { connectionColors } from './connection-form';
import type { ConnectionDraft } from './connection-form';
import { ConnectionTestPanel } from './ConnectionTestPanel';
import { ProfileInput, ProfileProblems } from './ProfileInput';
import { RegionsInput } from './RegionsInput';
import { useConnectionForm } from './use-connection-form';
import type { TestState } from './use-connection-form';
import styles from '../settings/settings.module.css';

interface Props {
  initial: ConnectionDraft;
  saveLabel: string;
  onDone(): void;
  onCancel(): void;
}

const sources = [
  { value: 'profile', label: 'A profile' },
  { value: 'default-chain', label: 'The default chain (environment, SSO, instance role)' },
] as const;

type Form = ReturnType<typeof useConnectionForm>;

function Credentials({ draft, errors, change }: Form) {
  if (draft.source === 'demo') return <p className={styles.dim}>The demo has no credentials.</p>;
  return (
    <>
      <Select
        label="Credentials"
        allowDeselect={false}
        data={sources}
        value={draft.source}
        onChange={(source) => source !== null && change({ source })}
      />
      {draft.source === 'profile' && (
        <ProfileInput
          value={draft.profile}
          error={errors.profile}
          onChange={(profile, region) =>
            change({
              profile,
              ...(draft.regions.length === 0 && region !== null && { regions: [region] }),
            })
          }
        />
      )}
      <ProfileProblems />
    </>
  );
}

function Advanced({ draft, errors, change }: Form) {
  return (
    <>
      <TextInput
        label="Role to assume"
        description="Optional."
        placeholder="arn:aws:iam::123456789012:role/NightdeskReader"
        value={draft.roleArn}
        error={errors.roleArn}
        onChange={(event) => change({ roleArn: event.currentTarget.value })}
      />
      <TextInput
        label="Push queue"
        description="Optional: an SQS queue that EventBridge feeds with alarm changes; one queue per console."
        placeholder="https://sqs.eu-central-1.amazonaws.com/123456789012/nightdesk"
        value={draft.pushQueueUrl}
        error={errors.pushQueueUrl}
        onChange={(event) => change({ pushQueueUrl: event.currentTarget.value })}
      />
      <TextInput
        label="Endpoint"
        description="Optional: instead of AWS's own, for a proxy or an emulator."
        placeholder="http://127.0.0.1:4566"
        value={draft.endpoint}
        error={errors.endpoint}
        onChange={(event) => change({ endpoint: event.currentTarget.value })}
      />
    </>
  );
}

function TestResult({ test }: { test: TestState }) {
  switch (test.kind) {
    case 'idle':
      return null;
    case 'testing':
      return (
        <p role="status" className={styles.dim}>
          Asking AWS who we are and what we may do…
        </p>
      );
    case 'tested':
      return <ConnectionTestPanel test={test.test} />;
    case 'failed':
      return (
        <p role="alert" className={styles.problem}>
          {safeText(`${test.failure.message} ${test.failure.advice}`)}
        </p>
      );
  }
}

/** Adds or changes a connection. Nothing is stored before "Save", and nothing typed is lost when that fails. */
export function ConnectionEditor({ initial, saveLabel, onDone, onCancel }: Props) {
  const form = useConnectionForm(initial, onDone);
  const { draft, errors, test, saving, failure, change } = form;
  return (
    <form
      aria-label="Connection"
      onSubmit={(event) => {
        event.preventDefault();
        void form.save();
      }}
    >
      <Stack gap={14} maw={560}>
        <Credentials {...form} />
        <Group align="flex-start" wrap="nowrap">
          <TextInput
            label="Name"
            style={{ flex: 1 }}
            value={draft.label}
            error={errors.label}
            onChange={(event) => change({ label: event.currentTarget.value })}
          />
          <ColorInput
            label="Colour"
            w={150}
            swatches={[...connectionColors]}
            swatchesPerRow={8}
            withPicker={false}
            withEyeDropper={false}
            value={draft.color}
            error={errors.color}
            onChange={(color) => change({ color })}
          />
        </Group>
        <RegionsInput
          value={draft.regions}
          error={errors.regions}
          onChange={(regions) => change({ regions })}
        />
        <Advanced {...form} />
        <Switch
          label="Read-only: Nightdesk changes nothing in this account"
          checked={draft.readOnly}
          onChange={(event) => change({ readOnly: event.currentTarget.checked })}
        />
        <TestResult test={test} />
        {failure !== null && (
          <p role="alert" className={styles.problem}>
            Not saved. {safeText(`${failure.message} ${failure.advice}`)}
          </p>
        )}
        <Group gap={8}>
          <Button type="submit" loading={saving}>
            {saveLabel}
          </Button>
          <Button
            variant="default"
            loading={test.kind === 'testing'}
            onClick={() => void form.runTest()}
          >
            Test
          </Button>
          <Button variant="subtle" color="gray" onClick={onCancel}>
            Cancel
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
