import { ActionIcon, Button } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconPencil, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import type { Settings } from '../../shared/settings/settings';
import { defaultSeverityRules } from '../../shared/severity/default-rules';
import type { SeverityRule } from '../../shared/severity/severity';
import { SeverityTag } from '../alarm-detail/SeverityTag';
import { showToast } from '../stores/toasts';
import { safeText } from '../ui/safe-text';
import { moveRule, ruleText } from './rule-form';
import { RuleEditor } from './RuleEditor';
import { SectionHead } from './SectionHead';
import { SeverityTester } from './SeverityTester';
import { useSaver } from './use-saver';
import styles from './settings.module.css';

interface RowProps {
  rule: SeverityRule;
  index: number;
  count: number;
  hit: boolean;
  onMove(by: -1 | 1): void;
  onEdit(): void;
  onDelete(): void;
}

function RuleRow({ rule, index, count, hit, onMove, onEdit, onDelete }: RowProps) {
  const name = `rule ${index + 1}`;
  const icon = { variant: 'subtle', color: 'gray', size: 'sm' } as const;
  return (
    <li className={hit ? `${styles.card} ${styles.hit}` : styles.card}>
      <span className={styles.position}>{index + 1}</span>
      <SeverityTag severity={rule.severity} />
      <span className={styles.grow}>
        if {safeText(ruleText(rule))}
        {hit && <strong> · this rule hit</strong>}
      </span>
      <span className={styles.row}>
        <ActionIcon
          {...icon}
          aria-label={`Move ${name} up`}
          disabled={index === 0}
          onClick={() => onMove(-1)}
        >
          <IconArrowUp size={14} />
        </ActionIcon>
        <ActionIcon
          {...icon}
          aria-label={`Move ${name} down`}
          disabled={index === count - 1}
          onClick={() => onMove(1)}
        >
          <IconArrowDown size={14} />
        </ActionIcon>
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

const freshRule = (): SeverityRule => ({ id: crypto.randomUUID(), severity: 'warning' });

export function SeveritySection({ settings }: { settings: Settings }) {
  const rules = settings.severityRules;
  const { state, save } = useSaver();
  const [editing, setEditing] = useState<SeverityRule | null>(null);
  const [hit, setHit] = useState<string | null>(null);
  const store = (severityRules: SeverityRule[]): Promise<boolean> => save({ severityRules });

  /** A change that takes something away can be taken back. */
  async function storeWithUndo(next: SeverityRule[], text: string): Promise<void> {
    const before = rules;
    if (!(await store(next))) return;
    showToast({
      level: 'done',
      text,
      detail: null,
      action: { label: 'Undo', run: () => void store(before) },
    });
  }
  const known = editing !== null && rules.some((rule) => rule.id === editing.id);
  return (
    <>
      <SectionHead
        title="Severity rules"
        intro="The first rule that matches decides. Without a match an alarm is a warning."
        state={state}
      />
      <ol className={styles.cards}>
        {rules.map((rule, index) => (
          <RuleRow
            key={rule.id}
            rule={rule}
            index={index}
            count={rules.length}
            hit={rule.id === hit}
            onMove={(by) => void store(moveRule(rules, index, by))}
            onEdit={() => setEditing(rule)}
            onDelete={() =>
              void storeWithUndo(
                rules.filter((other) => other.id !== rule.id),
                `Rule ${index + 1} deleted`,
              )
            }
          />
        ))}
      </ol>
      <div className={styles.row}>
        <Button size="xs" onClick={() => setEditing(freshRule())}>
          Add a rule
        </Button>
        <Button
          size="xs"
          variant="default"
          onClick={() => void storeWithUndo(defaultSeverityRules, 'Rules reset to the defaults')}
        >
          Reset to the defaults
        </Button>
      </div>
      <h3 className={styles.sub}>Tester</h3>
      <SeverityTester rules={rules} onHit={setHit} />
      {editing !== null && (
        <RuleEditor
          rule={editing}
          title={known ? 'Edit the rule' : 'Add a rule'}
          onClose={() => setEditing(null)}
          onSave={(rule) =>
            store(
              known
                ? rules.map((other) => (other.id === rule.id ? rule : other))
                : [rule, ...rules],
            )
          }
        />
      )}
    </>
  );
}
