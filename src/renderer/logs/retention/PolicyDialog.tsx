/** The rules by which groups are kept: edited, ordered, and tried on the groups there are. */
import { ActionIcon, Button, Modal, TextInput } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconPlus, IconTrash } from '@tabler/icons-react';
import { useDeferredValue, useMemo, useState } from 'react';
import { defaultRetentionPolicy } from '../../../shared/logs/retention';
import { saveSettings, useSettings } from '../../stores/settings';
import { showFailure } from '../../stores/toasts';
import { safeText } from '../../ui/safe-text';
import { useGroups } from '../groups';
import { countText } from '../insights/query-words';
import { DaysSelect } from './DaysSelect';
import { draftOf, draftRule, matchesOf, moved, policyOf, ruleProblem } from './policy-draft';
import type { DraftRule, RuleMatch } from './policy-draft';
import classes from './retention.module.css';
import { usePolicy } from './use-policy';

const MOST_NAMES = 200;
export function PolicyDialog({ onClose }: { onClose(): void }) {
  const policy = usePolicy();
  const [rules, setRules] = useState(() => draftOf(policy));
  const [shown, setShown] = useState<number | null>(null);
  const [saving, setSaving] = useState(false);
  const groups = useGroups((state) => state.groups);
  const names = useMemo(() => [...new Set(groups.map(({ name }) => name))], [groups]);
  const tried = useDeferredValue(rules);
  const matches = useMemo(() => matchesOf(tried, names), [tried, names]);
  const byRule = new Map(tried.map(({ id }, place) => [id, matches[place]]));
  const wanted = policyOf(rules);
  const edit = (id: number, change: Partial<DraftRule>): void =>
    setRules(rules.map((rule) => (rule.id === id ? { ...rule, ...change } : rule)));
  const save = async (): Promise<void> => {
    const logs = useSettings.getState().settings?.logs;
    if (wanted === null || logs === undefined) return;
    setSaving(true);
    try {
      await saveSettings({ logs: { ...logs, retentionPolicy: wanted } });
      onClose();
    } catch (error) {
      setSaving(false);
      showFailure(error, 'settings.update');
    }
  };
  const open = shown === null ? undefined : byRule.get(shown);
  const ruled = matches.reduce((sum, match) => sum + match.names.length, 0);
  return (
    <Modal
      opened
      onClose={onClose}
      size="xl"
      title="How long log groups are to be kept"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <p className={classes['note']}>
        The first rule that fits a group counts. <code>*</code> stands for anything, slashes too.
        The policy changes no group: it says which are to be set right.
      </p>
      <ol className={classes['rules']} aria-label="Rules">
        {rules.map((rule, place) => (
          <Rule
            key={rule.id}
            rule={rule}
            place={place}
            last={place === rules.length - 1}
            match={byRule.get(rule.id)}
            open={shown === rule.id}
            onEdit={(change) => edit(rule.id, change)}
            onMove={(by) => setRules(moved(rules, place, by))}
            onRemove={() => setRules(rules.filter(({ id }) => id !== rule.id))}
            onShow={() => setShown(shown === rule.id ? null : rule.id)}
          />
        ))}
      </ol>
      {open !== undefined && <Names match={open} />}
      <p className={classes['note']} role="status">
        {countText(ruled)} of {countText(names.length)} names have a rule.
      </p>
      <div className={classes['actions']}>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconPlus size={14} aria-hidden />}
          disabled={rules.length >= 500}
          onClick={() => setRules([...rules, draftRule('', 30)])}
        >
          Add a rule
        </Button>
        <Button
          size="xs"
          variant="subtle"
          onClick={() => setRules(draftOf(defaultRetentionPolicy))}
        >
          The policy that ships
        </Button>
        <span className={classes['gap']} />
        <Button size="xs" variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button size="xs" disabled={wanted === null} loading={saving} onClick={() => void save()}>
          Save the policy
        </Button>
      </div>
    </Modal>
  );
}

interface RuleProps {
  rule: DraftRule;
  place: number;
  last: boolean;
  match: RuleMatch | undefined;
  open: boolean;
  onEdit(change: Partial<DraftRule>): void;
  onMove(by: -1 | 1): void;
  onRemove(): void;
  onShow(): void;
}

function matchText({ names, taken }: RuleMatch): string {
  const own = `${countText(names.length)} ${names.length === 1 ? 'group' : 'groups'}`;
  return taken === 0 ? own : `${own}, ${countText(taken)} earlier`;
}

function Rule({ rule, place, last, match, open, onEdit, onMove, onRemove, onShow }: RuleProps) {
  const name = `rule ${place + 1}`;
  return (
    <li className={classes['rule']}>
      <TextInput
        size="xs"
        aria-label={`Pattern of ${name}`}
        placeholder="/aws/lambda/*"
        value={rule.pattern}
        error={rule.pattern === '' ? undefined : ruleProblem(rule)}
        onChange={(event) => onEdit({ pattern: event.currentTarget.value })}
      />
      <DaysSelect
        label={`Days of ${name}`}
        days={rule.days}
        onChange={(days) => onEdit({ days })}
      />
      {match === undefined || match.names.length === 0 ? (
        <span className={classes['ruleCount']}>{match === undefined ? '…' : matchText(match)}</span>
      ) : (
        <button
          type="button"
          className={classes['ruleCount']}
          aria-expanded={open}
          title="Show which"
          onClick={onShow}
        >
          {matchText(match)}
        </button>
      )}
      <span className={classes['ruleTools']}>
        <ActionIcon
          variant="subtle"
          aria-label={`Move ${name} up`}
          disabled={place === 0}
          onClick={() => onMove(-1)}
        >
          <IconArrowUp size={14} aria-hidden />
        </ActionIcon>
        <ActionIcon
          variant="subtle"
          aria-label={`Move ${name} down`}
          disabled={last}
          onClick={() => onMove(1)}
        >
          <IconArrowDown size={14} aria-hidden />
        </ActionIcon>
        <ActionIcon variant="subtle" aria-label={`Remove ${name}`} onClick={onRemove}>
          <IconTrash size={14} aria-hidden />
        </ActionIcon>
      </span>
    </li>
  );
}

function Names({ match: { names } }: { match: RuleMatch }) {
  return (
    <div className={classes['names']} tabIndex={0} role="region" aria-label="Groups of the rule">
      <ul>
        {names.slice(0, MOST_NAMES).map((name) => (
          <li key={name}>{safeText(name)}</li>
        ))}
        {names.length > MOST_NAMES && <li>and {countText(names.length - MOST_NAMES)} more</li>}
      </ul>
    </div>
  );
}
