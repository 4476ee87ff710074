import { Button, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { muteSchema } from '../../shared/settings/settings';
import type { Mute, Settings } from '../../shared/settings/settings';
import { parseUntil, toInputValue } from '../alarm-detail/until';
import { ask, toFailure } from '../bridge';
import { connectionLabel, useConnections } from '../stores/connections';
import { useTimeZone } from '../stores/settings';
import { showFailure, showToast } from '../stores/toasts';
import { safeText } from '../ui/safe-text';
import { formatDuration, formatWhen, useNow, zoneLabel } from '../ui/time';
import { SectionHead } from './SectionHead';
import styles from './settings.module.css';

const HOUR = 3_600_000;

async function removeMute(mute: Mute): Promise<void> {
  const { id, ...rest } = mute;
  try {
    await ask('mutes.remove', id);
    showToast({
      level: 'done',
      text: 'Mute removed',
      detail: null,
      action: {
        label: 'Undo',
        run: () => void ask('mutes.add', rest).catch((error) => showFailure(error, 'mutes.add')),
      },
    });
  } catch (error) {
    showFailure(error, 'mutes.remove');
  }
}

function MuteRow({ mute }: { mute: Mute }) {
  const zone = useTimeZone();
  const now = useNow(30_000);
  const byId = useConnections((state) => state.byId);
  const where =
    mute.connectionId === null ? 'every connection' : connectionLabel(byId, mute.connectionId);
  const left = mute.until > now ? `${formatDuration(mute.until - now)} left` : 'over';
  return (
    <li className={styles.card}>
      <div className={styles.grow}>
        <span className={styles.mono}>{safeText(mute.pattern)}</span>
        <p className={styles.dim}>
          on {safeText(where)}, until {formatWhen(mute.until, now, zone)} ({left})
          {mute.reason !== '' && ` · ${safeText(mute.reason)}`}
        </p>
      </div>
      <Button
        size="compact-xs"
        variant="default"
        aria-label={`Remove the mute of ${safeText(mute.pattern)}`}
        onClick={() => void removeMute(mute)}
      >
        Remove
      </Button>
    </li>
  );
}

function AddMute() {
  const zone = useTimeZone();
  const list = useConnections((state) => state.list);
  const [pattern, setPattern] = useState('');
  const [connectionId, setConnectionId] = useState<string | null>(null);
  const [until, setUntil] = useState(() => toInputValue(Date.now() + HOUR, zone));
  const [reason, setReason] = useState('');
  const [problems, setProblems] = useState<{ pattern?: string; until?: string; other?: string }>(
    {},
  );

  async function add(): Promise<void> {
    const when = parseUntil(until, zone, Date.now());
    const patternOk = muteSchema.shape.pattern.safeParse(pattern.trim()).success;
    setProblems({
      pattern: patternOk ? undefined : 'A name or pattern of 1 to 300 characters.',
      until: when.ok ? undefined : when.problem,
    });
    if (!patternOk || !when.ok) return;
    try {
      await ask('mutes.add', { pattern: pattern.trim(), connectionId, until: when.at, reason });
      setPattern('');
      setReason('');
    } catch (error) {
      setProblems({ other: toFailure(error, 'mutes.add').message });
    }
  }

  return (
    <form
      className={styles.stack}
      onSubmit={(event) => {
        event.preventDefault();
        void add();
      }}
    >
      <TextInput
        label="Alarm name or pattern"
        placeholder="CRM-*"
        maw={420}
        value={pattern}
        error={problems.pattern}
        onChange={(event) => setPattern(event.currentTarget.value)}
      />
      <Select
        label="Connection"
        placeholder="Every connection"
        clearable
        maw={420}
        data={list.map(({ connection }) => ({
          value: connection.id,
          label: safeText(connection.label),
        }))}
        value={connectionId}
        onChange={setConnectionId}
      />
      <TextInput
        label={`Until (${zoneLabel(Date.now(), zone)})`}
        type="datetime-local"
        maw={260}
        value={until}
        error={problems.until}
        onChange={(event) => setUntil(event.currentTarget.value)}
      />
      <TextInput
        label="Reason"
        maw={420}
        maxLength={500}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      {problems.other !== undefined && (
        <p role="alert" className={styles.problem}>
          {safeText(problems.other)}
        </p>
      )}
      <div>
        <Button size="xs" type="submit">
          Add the mute
        </Button>
      </div>
    </form>
  );
}

export function MutesSection({ settings }: { settings: Settings }) {
  return (
    <>
      <SectionHead
        title="Mutes"
        intro="A muted alarm is listed and journalled, but nothing pops up or sounds until the mute is over."
      />
      {settings.mutes.length === 0 && <p className={styles.dim}>Nothing is muted.</p>}
      <ul className={styles.cards}>
        {settings.mutes.map((mute) => (
          <MuteRow key={mute.id} mute={mute} />
        ))}
      </ul>
      <h3 className={styles.sub}>Add a mute</h3>
      <AddMute />
    </>
  );
}
