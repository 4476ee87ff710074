import { ActionIcon, Button, Menu, Switch } from '@mantine/core';
import { IconPencil, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { conditionText } from '../../shared/local-rules/evaluate';
import { localKey } from '../../shared/local-rules/local-key';
import type { LocalRule } from '../../shared/local-rules/local-rule';
import { fromStarter, starterRules } from '../../shared/local-rules/starters';
import type { Settings } from '../../shared/settings/settings';
import { SeverityTag } from '../alarm-detail/SeverityTag';
import { useAlarmRow } from '../stores/alarms';
import { connectionLabel, useConnections } from '../stores/connections';
import { showToast } from '../stores/toasts';
import { safeText } from '../ui/safe-text';
import { LocalRuleEditor } from './LocalRuleEditor';
import { SectionHead } from './SectionHead';
import { useSaver } from './use-saver';
import styles from './settings.module.css';

interface RowProps {
  rule: LocalRule;
  onToggle(): void;
  onEdit(): void;
  onDelete(): void;
}

/** How the rule stands now, as the list of alarms knows it. */
function standingText(rule: LocalRule, state: string | undefined, stale: boolean): string {
  if (!rule.enabled) return 'off';
  if (state === undefined) return 'not evaluated yet';
  const words = state === 'ALARM' ? 'firing' : state === 'OK' ? 'fine' : 'no data';
  return stale ? `${words}, but not evaluated lately` : words;
}

function watchedText(rule: LocalRule): string {
  const query = rule.queries.find(({ id }) => id === rule.watchedId);
  const metric = query?.metric ?? null;
  return metric === null
    ? (query?.expression ?? rule.watchedId)
    : `${metric.namespace} ${metric.metricName}`;
}

function RuleRow({ rule, onToggle, onEdit, onDelete }: RowProps) {
  const byId = useConnections((state) => state.byId);
  const row = useAlarmRow(localKey(rule.id));
  const name = safeText(rule.name);
  const icon = { variant: 'subtle', color: 'gray', size: 'sm' } as const;
  return (
    <li className={styles.card}>
      <Switch
        size="xs"
        mt={2}
        aria-label={`Evaluate ${name}`}
        checked={rule.enabled}
        onChange={onToggle}
      />
      <SeverityTag severity={rule.severity} />
      <div className={styles.grow}>
        <span className={styles.name}>{name}</span>
        <p className={styles.dim}>{safeText(`${watchedText(rule)}: ${conditionText(rule)}`)}</p>
        <p className={styles.dim}>
          {safeText(connectionLabel(byId, rule.connectionId))} {rule.region} · every{' '}
          {rule.everySeconds} s · {standingText(rule, row?.state, row?.stale ?? false)}
        </p>
      </div>
      <span className={styles.row}>
        <ActionIcon {...icon} aria-label={`Edit ${name}`} onClick={onEdit}>
          <IconPencil size={14} />
        </ActionIcon>
        <ActionIcon {...icon} aria-label={`Delete ${name}`} onClick={onDelete}>
          <IconTrash size={14} />
        </ActionIcon>
      </span>
    </li>
  );
}

function AddRule({ onAdd }: { onAdd(rule: LocalRule): void }) {
  const first = useConnections((state) => state.list[0]?.connection);
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <Button size="xs" disabled={first === undefined}>
          Add a rule
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {starterRules.map((starter) => (
          <Menu.Item
            key={starter.name}
            onClick={() => {
              if (first === undefined) return;
              const region = first.regions[0] ?? 'us-east-1';
              const place = { connectionId: first.id, region };
              onAdd(fromStarter(starter, crypto.randomUUID(), place));
            }}
          >
            {starter.name}
            <div className={styles.dim}>{starter.purpose}</div>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

export function LocalRulesSection({ settings }: { settings: Settings }) {
  const rules = settings.localRules;
  const { state, save } = useSaver();
  const [editing, setEditing] = useState<LocalRule | null>(null);
  const store = (localRules: LocalRule[]): Promise<boolean> => save({ localRules });
  const replace = (rule: LocalRule): Promise<boolean> =>
    store(rules.map((other) => (other.id === rule.id ? rule : other)));
  const known = editing !== null && rules.some(({ id }) => id === editing.id);

  async function remove(rule: LocalRule): Promise<void> {
    const before = rules;
    if (!(await store(rules.filter(({ id }) => id !== rule.id)))) return;
    showToast({
      level: 'done',
      text: `${rule.name} deleted`,
      detail: null,
      action: { label: 'Undo', run: () => void store(before) },
    });
  }

  return (
    <>
      <SectionHead
        title="Local rules"
        intro="Alert rules that this console evaluates itself, over any metric, while it runs. They fire, tell and are journalled as alarms of CloudWatch are; each evaluation costs as a metric query does."
        state={state}
      />
      {rules.length === 0 && <p className={styles.dim}>There are none yet.</p>}
      <ul className={styles.cards}>
        {rules.map((rule) => (
          <RuleRow
            key={rule.id}
            rule={rule}
            onToggle={() => void replace({ ...rule, enabled: !rule.enabled })}
            onEdit={() => setEditing(rule)}
            onDelete={() => void remove(rule)}
          />
        ))}
      </ul>
      <AddRule onAdd={setEditing} />
      {editing !== null && (
        <LocalRuleEditor
          key={editing.id}
          rule={editing}
          title={known ? 'Edit the rule' : 'Add a rule'}
          onClose={() => setEditing(null)}
          onSave={(rule) => (known ? replace(rule) : store([...rules, rule]))}
        />
      )}
    </>
  );
}
