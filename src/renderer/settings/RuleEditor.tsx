import { Button, Group, Modal, Select, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { severityLabel } from '../../shared/notify/severity-label';
import { severities } from '../../shared/severity/severity';
import type { SeverityRule } from '../../shared/severity/severity';
import { ruleDraft, validateRule } from './rule-form';
import type { RuleErrors } from './rule-form';
import styles from './settings.module.css';

interface Props {
  rule: SeverityRule;
  title: string;
  /** False when it could not be stored: the editor stays open with what was typed. */
  onSave(rule: SeverityRule): Promise<boolean>;
  onClose(): void;
}

const kinds = [
  { value: '', label: 'Any' },
  { value: 'metric', label: 'Metric alarm' },
  { value: 'composite', label: 'Composite alarm' },
] as const;

export function RuleEditor({ rule, title, onSave, onClose }: Props) {
  const [draft, setDraft] = useState(() => ruleDraft(rule));
  const [errors, setErrors] = useState<RuleErrors>({});
  const [failed, setFailed] = useState(false);
  const set = (part: Partial<typeof draft>): void => setDraft({ ...draft, ...part });

  async function save(): Promise<void> {
    const result = validateRule(draft);
    setErrors(result.ok ? {} : result.errors);
    if (!result.ok) return;
    const stored = await onSave(result.rule);
    setFailed(!stored);
    if (stored) onClose();
  }

  return (
    <Modal
      closeButtonProps={{ 'aria-label': 'Close' }}
      opened
      onClose={onClose}
      title={title}
      size="md"
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <Stack gap={12}>
          <p className={styles.dim}>
            All stated conditions must match. * stands for any text, ? for one character.
          </p>
          <Select
            label="Severity"
            allowDeselect={false}
            data={severities.map((value) => ({ value, label: severityLabel(value) }))}
            value={draft.severity}
            onChange={(value) => {
              const severity = severities.find((one) => one === value);
              if (severity !== undefined) set({ severity });
            }}
          />
          <TextInput
            label="Alarm name"
            placeholder="*-Critical-*"
            value={draft.name}
            error={errors.name}
            onChange={(event) => set({ name: event.currentTarget.value })}
          />
          <TextInput
            label="SNS topic"
            placeholder="*critical-alerts"
            value={draft.topic}
            error={errors.topic}
            onChange={(event) => set({ topic: event.currentTarget.value })}
          />
          <Group grow align="flex-start">
            <TextInput
              label="Tag"
              placeholder="AlertLevel"
              value={draft.tagKey}
              error={errors.tagKey}
              onChange={(event) => set({ tagKey: event.currentTarget.value })}
            />
            <TextInput
              label="Tag value"
              placeholder="Critical"
              value={draft.tagValue}
              onChange={(event) => set({ tagValue: event.currentTarget.value })}
            />
          </Group>
          <TextInput
            label="Metric namespace"
            placeholder="*/Security"
            value={draft.namespace}
            error={errors.namespace}
            onChange={(event) => set({ namespace: event.currentTarget.value })}
          />
          <Select
            label="Kind"
            allowDeselect={false}
            data={kinds}
            value={draft.kind}
            onChange={(value) => set({ kind: value ?? '' })}
          />
          {failed && (
            <p role="alert" className={styles.problem}>
              It could not be saved; see the top of the page. Nothing typed here is lost.
            </p>
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit">Save rule</Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
