import { Button, Group, Modal, Select, Stack, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { LocalRule } from '../../shared/local-rules/local-rule';
import { askCancellable, toFailure } from '../bridge';
import { useConnections } from '../stores/connections';
import { safeText } from '../ui/safe-text';
import { checkLocalRule, localRuleDraft } from './local-rule-form';
import type { LocalRuleErrors } from './local-rule-form';
import { ConditionFields, WatchedFields } from './LocalRuleFields';
import styles from './settings.module.css';

interface Props {
  rule: LocalRule;
  title: string;
  /** False when it could not be stored: the editor stays open with what was typed. */
  onSave(rule: LocalRule): Promise<boolean>;
  onClose(): void;
}

/** Asks CloudWatch once and says what the rule would do. */
function Trial({ rule, turn }: { rule: LocalRule; turn: number }) {
  const test = useQuery({
    queryKey: ['local-rule-test', rule, turn],
    retry: false,
    gcTime: 0,
    queryFn: ({ signal }) =>
      askCancellable('localRules.test', (requestId) => ({ rule, requestId }), signal),
  });
  if (test.isPending) return <p className={styles.dim}>Asking CloudWatch …</p>;
  if (test.isError) {
    const { message, advice } = toFailure(test.error, 'localRules.test');
    return <p className={styles.problem}>{safeText(`${message} ${advice}`)}</p>;
  }
  return <p>{safeText(test.data.sentence)}</p>;
}

function PlaceFields(props: {
  rule: LocalRule;
  error: string | undefined;
  onPick(place: Pick<LocalRule, 'connectionId' | 'region'>): void;
}) {
  const { rule, error, onPick } = props;
  const list = useConnections((state) => state.list);
  const regionsOf = (id: string): string[] =>
    list.find(({ connection }) => connection.id === id)?.connection.regions ?? [];
  const regions = regionsOf(rule.connectionId);
  return (
    <Group grow align="flex-start">
      <Select
        label="Connection"
        allowDeselect={false}
        data={list.map(({ connection }) => ({
          value: connection.id,
          label: safeText(connection.label),
        }))}
        value={rule.connectionId}
        error={error}
        onChange={(id) => {
          if (id !== null) onPick({ connectionId: id, region: regionsOf(id)[0] ?? rule.region });
        }}
      />
      <Select
        label="Region"
        allowDeselect={false}
        data={regions.includes(rule.region) ? regions : [...regions, rule.region]}
        value={rule.region}
        onChange={(region) => {
          if (region !== null) onPick({ connectionId: rule.connectionId, region });
        }}
      />
    </Group>
  );
}

export function LocalRuleEditor({ rule, title, onSave, onClose }: Props) {
  const [draft, setDraft] = useState(() => localRuleDraft(rule));
  const [errors, setErrors] = useState<LocalRuleErrors>({});
  const [trial, setTrial] = useState<{ rule: LocalRule; turn: number } | null>(null);
  const [failed, setFailed] = useState(false);
  const set = (part: Partial<typeof draft>): void => setDraft({ ...draft, ...part });

  function checked(): LocalRule | null {
    const result = checkLocalRule(draft);
    setErrors(result.ok ? {} : result.errors);
    return result.ok ? result.rule : null;
  }

  async function save(): Promise<void> {
    const made = checked();
    if (made === null) return;
    const stored = await onSave(made);
    setFailed(!stored);
    if (stored) onClose();
  }

  function tryNow(): void {
    const made = checked();
    setTrial(made === null ? null : { rule: made, turn: (trial?.turn ?? 0) + 1 });
  }

  const fields = { draft, errors, onChange: set };
  return (
    <Modal
      closeButtonProps={{ 'aria-label': 'Close' }}
      opened
      onClose={onClose}
      title={title}
      size="lg"
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <Stack gap={12}>
          <TextInput
            label="Name"
            data-autofocus
            value={draft.name}
            error={errors.name}
            onChange={(event) => set({ name: event.currentTarget.value })}
          />
          <TextInput
            label="Description"
            value={draft.description}
            error={errors.description}
            onChange={(event) => set({ description: event.currentTarget.value })}
          />
          <PlaceFields
            rule={draft.rule}
            error={errors.place}
            onPick={(place) => set({ rule: { ...draft.rule, ...place } })}
          />
          <WatchedFields {...fields} />
          <ConditionFields {...fields} />
          <div role="status">{trial !== null && <Trial rule={trial.rule} turn={trial.turn} />}</div>
          {failed && (
            <p role="alert" className={styles.problem}>
              It could not be saved; see the top of the page. Nothing typed here is lost.
            </p>
          )}
          <Group justify="space-between">
            <Button variant="default" onClick={tryNow}>
              Try it now
            </Button>
            <Group>
              <Button variant="default" onClick={onClose}>
                Cancel
              </Button>
              <Button type="submit">Save rule</Button>
            </Group>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
