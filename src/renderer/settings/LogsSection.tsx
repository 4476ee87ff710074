/** What logs may take of memory, where a search stops, and which groups belong to which alarms. */
import { Button, Checkbox } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { LogSettings } from '../../shared/logs/settings';
import type { Settings } from '../../shared/settings/settings';
import { globMatches } from '../../shared/severity/glob';
import { useGroups, wantGroups } from '../logs/groups';
import { safeText } from '../ui/safe-text';
import { DraftInput } from './DraftInput';
import type { Parsed } from './DraftInput';
import { parseLength } from './parse-fields';
import { SectionHead } from './SectionHead';
import { useSaver } from './use-saver';
import styles from './settings.module.css';

const MB = 2 ** 20;
type Rule = LogSettings['alarmGroups'][number];

export function LogsSection({ settings }: { settings: Settings }) {
  const { state, save } = useSaver();
  const { logs } = settings;
  const change = (to: Partial<LogSettings>): Promise<boolean> => save({ logs: { ...logs, ...to } });
  return (
    <>
      <SectionHead
        title="Logs"
        intro="Events that were found are held in memory, once, and let go when the search is closed."
        state={state}
      />
      <div className={styles.stack}>
        <DraftInput
          label="Most memory for one search or tail (MB)"
          description="32 to 8192. Reached, the oldest events are dropped, and that is said."
          width={260}
          value={String(Math.round(logs.capBytes / MB))}
          parse={(text) => parseLength(text, MB, 32, 8_192)}
          onSave={(capBytes) => change({ capBytes })}
        />
        <DraftInput
          label="A search stops at so many events"
          description="100 to 10,000,000. It can be let go on from there."
          width={260}
          value={String(logs.maxEvents)}
          parse={(text) => parseLength(text, 1, 100, 10_000_000)}
          onSave={(maxEvents) => change({ maxEvents })}
        />
        <Checkbox
          label="Wrap long lines"
          checked={logs.wrap}
          onChange={(event) => void change({ wrap: event.currentTarget.checked })}
        />
      </div>
      <h3>Groups of alarms</h3>
      <p className={styles.dim}>
        The key l on an alarm searches the groups named here first; without a rule they are guessed
        from the alarm’s dimensions and name. * stands for anything.
      </p>
      <ul className={styles.stack}>
        {logs.alarmGroups.map((rule, at) => (
          <RuleRow
            key={`${at} ${rule.alarm}`}
            rule={rule}
            onRemove={() =>
              void change({ alarmGroups: logs.alarmGroups.filter((_, i) => i !== at) })
            }
          />
        ))}
      </ul>
      {logs.alarmGroups.length === 0 && <p className={styles.dim}>No rules yet.</p>}
      <NewRule onAdd={(rule) => change({ alarmGroups: [...logs.alarmGroups, rule] })} />
    </>
  );
}

function RuleRow({ rule, onRemove }: { rule: Rule; onRemove: () => void }) {
  const groups = useGroups((state) => state.groups);
  const fitting = groups.filter(({ name }) =>
    rule.groups.some((pattern) => globMatches(pattern, name)),
  ).length;
  return (
    <li className={styles.card}>
      <div className={styles.grow}>
        <span className={styles.mono}>{safeText(rule.alarm)}</span>
        <p className={styles.dim}>
          {rule.groups.map(safeText).join(', ')}
          {groups.length > 0 && ` · ${fitting === 1 ? '1 group' : `${fitting} groups`} now`}
        </p>
      </div>
      <Button
        size="compact-xs"
        variant="default"
        aria-label={`Remove the rule of ${safeText(rule.alarm)}`}
        onClick={onRemove}
      >
        Remove
      </Button>
    </li>
  );
}

const parseAlarm = (text: string): Parsed<string> => {
  const alarm = text.trim();
  return alarm.length >= 1 && alarm.length <= 300
    ? { ok: true, value: alarm }
    : { ok: false, problem: 'A name or pattern of 1 to 300 characters.' };
};

const parseGroups = (text: string): Parsed<string[]> => {
  const groups = text
    .split(/[\s,]+/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  return groups.length >= 1 && groups.length <= 20 && groups.every((one) => one.length <= 512)
    ? { ok: true, value: groups }
    : { ok: false, problem: '1 to 20 group names or patterns, with commas between.' };
};

function NewRule({ onAdd }: { onAdd: (rule: Rule) => Promise<boolean> }) {
  const [alarm, setAlarm] = useState('');
  const [groups, setGroups] = useState<string[]>([]);
  // How many groups a rule finds is said once they are known.
  useEffect(wantGroups, []);
  const add = async (): Promise<void> => {
    if (!(await onAdd({ alarm, groups }))) return;
    setAlarm('');
    setGroups([]);
  };
  return (
    <div className={styles.stack}>
      <DraftInput
        label="Alarms"
        description="A name or pattern, such as crm-auth-*"
        value={alarm}
        parse={parseAlarm}
        onSave={(value) => {
          setAlarm(value);
          return Promise.resolve(true);
        }}
      />
      <DraftInput
        label="Their log groups"
        description="Names or patterns with commas between, such as /ecs/crm/auth, /aws/lambda/crm-*"
        value={groups.join(', ')}
        parse={parseGroups}
        onSave={(value) => {
          setGroups(value);
          return Promise.resolve(true);
        }}
      />
      <div>
        <Button size="xs" disabled={alarm === '' || groups.length === 0} onClick={() => void add()}>
          Add rule
        </Button>
      </div>
    </div>
  );
}
