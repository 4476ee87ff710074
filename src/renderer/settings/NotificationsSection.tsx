import { Button, Checkbox, Switch } from '@mantine/core';
import { useState } from 'react';
import { severityLabel } from '../../shared/notify/severity-label';
import type { Settings } from '../../shared/settings/settings';
import { severities } from '../../shared/severity/severity';
import type { Severity } from '../../shared/severity/severity';
import { SeverityTag } from '../alarm-detail/SeverityTag';
import { ask, toFailure } from '../bridge';
import { safeText } from '../ui/safe-text';
import { DraftInput } from './DraftInput';
import { parseOptionalLength, parseTimeOfDay } from './parse-fields';
import { SectionHead } from './SectionHead';
import { useSaver } from './use-saver';
import type { Saver } from './use-saver';
import styles from './settings.module.css';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

function SeverityRow({
  severity,
  settings,
  save,
}: {
  severity: Severity;
  settings: Settings;
  save: Saver['save'];
}) {
  const rule = settings.notify[severity];
  const change = (part: Partial<typeof rule>): Promise<boolean> =>
    save({ notify: { ...settings.notify, [severity]: { ...rule, ...part } } });
  const label = severityLabel(severity);
  return (
    <tr>
      <th scope="row">
        <SeverityTag severity={severity} />
      </th>
      <td>
        <Checkbox
          aria-label={`${label}: popup`}
          checked={rule.popup}
          onChange={(event) => void change({ popup: event.currentTarget.checked })}
        />
      </td>
      <td>
        <Checkbox
          aria-label={`${label}: sound`}
          checked={rule.sound}
          onChange={(event) => void change({ sound: event.currentTarget.checked })}
        />
      </td>
      <td>
        <DraftInput
          label={`${label}: repeat every, minutes`}
          labelHidden
          width={110}
          value={rule.repeatEveryMs === null ? '' : String(rule.repeatEveryMs / MINUTE)}
          parse={(text) => parseOptionalLength(text, MINUTE, 0.5, 1440)}
          onSave={(repeatEveryMs) => change({ repeatEveryMs })}
        />
      </td>
    </tr>
  );
}

type TestState =
  { kind: 'idle' } | { kind: 'asking' } | { kind: 'done'; delivered: boolean; message: string };

function TestNotification() {
  const [state, setState] = useState<TestState>({ kind: 'idle' });
  async function run(): Promise<void> {
    setState({ kind: 'asking' });
    try {
      setState({ kind: 'done', ...(await ask('notify.test', undefined)) });
    } catch (error) {
      const failure = toFailure(error, 'notify.test');
      setState({
        kind: 'done',
        delivered: false,
        message: `${failure.message} ${failure.advice}`,
      });
    }
  }
  return (
    <div className={styles.row}>
      <Button
        size="xs"
        variant="default"
        loading={state.kind === 'asking'}
        onClick={() => void run()}
      >
        Send a test notification
      </Button>
      <span role="status" className={state.kind === 'done' ? undefined : styles.dim}>
        {state.kind === 'asking' && 'Asking the notification service…'}
        {state.kind === 'done' &&
          `${state.delivered ? '✓ Delivered.' : '✗ Not delivered.'} ${safeText(state.message)}`}
      </span>
    </div>
  );
}

function QuietHours({ settings, save }: { settings: Settings; save: Saver['save'] }) {
  const quiet = settings.quietHours;
  return (
    <>
      <h3 className={styles.sub}>Quiet hours</h3>
      <div className={styles.stack}>
        <Switch
          label="No popups and sounds between these times, except for critical alarms"
          checked={quiet.enabled}
          onChange={(event) =>
            void save({ quietHours: { ...quiet, enabled: event.currentTarget.checked } })
          }
        />
        <div className={styles.row}>
          <DraftInput
            label="From"
            type="time"
            width={130}
            value={quiet.from}
            parse={parseTimeOfDay}
            onSave={(from) => save({ quietHours: { ...quiet, from } })}
          />
          <DraftInput
            label="To"
            type="time"
            width={130}
            value={quiet.to}
            parse={parseTimeOfDay}
            onSave={(to) => save({ quietHours: { ...quiet, to } })}
          />
        </div>
      </div>
    </>
  );
}

export function NotificationsSection({ settings }: { settings: Settings }) {
  const { state, save } = useSaver();
  const expires = settings.acknowledgementExpiresMs;
  return (
    <>
      <SectionHead
        title="Notifications"
        intro="Everything is in the inbox whatever is chosen here; a popup is a courtesy on top."
        state={state}
      />
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">Severity</th>
            <th scope="col">Popup</th>
            <th scope="col">Sound</th>
            <th scope="col">Repeat every … minutes (empty: once)</th>
          </tr>
        </thead>
        <tbody>
          {severities.map((severity) => (
            <SeverityRow key={severity} severity={severity} settings={settings} save={save} />
          ))}
        </tbody>
      </table>
      <h3 className={styles.sub}>Also</h3>
      <div className={styles.stack}>
        <Switch
          label="Notify when an alarm is OK again"
          checked={settings.notifyOnOk}
          onChange={(event) => void save({ notifyOnOk: event.currentTarget.checked })}
        />
        <DraftInput
          label="An acknowledgement lapses after (hours)"
          description="Empty: never. A lapsed one is told again."
          width={320}
          value={expires === null ? '' : String(expires / HOUR)}
          parse={(text) => parseOptionalLength(text, HOUR, 0.1, 720)}
          onSave={(acknowledgementExpiresMs) => save({ acknowledgementExpiresMs })}
        />
      </div>
      <QuietHours settings={settings} save={save} />
      <h3 className={styles.sub}>Test</h3>
      <TestNotification />
    </>
  );
}
