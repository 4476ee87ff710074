import { ActionIcon, Button, Menu } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import type { AlarmDetail, AlarmRow } from '../../shared/alarms/alarm';
import { acknowledge, askNote, askSnooze, copyText } from '../alarms/actions';
import { ask } from '../bridge';
import { useTimeZone } from '../stores/settings';
import { showFailure, showToast } from '../stores/toasts';
import type { TimeZone } from '../ui/time';
import { formatWhen } from '../ui/time';
import { openAlarmLogs } from './open-logs';
import { openAlarmMetrics } from './open-metrics';
import { muteChoices } from './until';
import type { UntilChoice } from './until';
import styles from './detail.module.css';

/** An alarm's name is a glob's text: a star in it is matched by `?`, any one character. */
const literalGlob = (name: string): string => name.replaceAll('*', '?');

async function mute(row: AlarmRow, choice: UntilChoice, zone: TimeZone): Promise<void> {
  const now = Date.now();
  const until = choice.until(now, zone);
  try {
    const { id } = await ask('mutes.add', {
      pattern: literalGlob(row.name),
      connectionId: row.connectionId,
      until,
      reason: '',
    });
    showToast({
      level: 'done',
      text: `Muted until ${formatWhen(until, now, zone)}`,
      detail: 'It is still listed and journalled. Mutes are in the settings.',
      action: { label: 'Undo', run: () => void unmute(id) },
    });
  } catch (error) {
    showFailure(error, 'mutes.add');
  }
}

async function unmute(id: string): Promise<void> {
  try {
    await ask('mutes.remove', id);
    showToast({ level: 'done', text: 'No longer muted', detail: null, action: null });
  } catch (error) {
    showFailure(error, 'mutes.remove');
  }
}

async function openConsole(url: string): Promise<void> {
  try {
    await ask('app.openExternal', url);
  } catch (error) {
    showFailure(error, 'app.openExternal');
  }
}

function MoreMenu({ detail }: { detail: AlarmDetail }) {
  const { alarm, consoleUrl } = detail;
  return (
    <Menu position="bottom-end" shadow="md">
      <Menu.Target>
        <ActionIcon variant="default" size={30} aria-label="More">
          <IconDots size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => void openConsole(consoleUrl)}>Open in the AWS console</Menu.Item>
        <Menu.Item onClick={() => void copyText(alarm.arn, 'the ARN')}>Copy ARN</Menu.Item>
        <Menu.Item onClick={() => void copyText(alarm.name, 'the name')}>Copy name</Menu.Item>
        <Menu.Item onClick={() => void copyText(JSON.stringify(detail, null, 2), 'as JSON')}>
          Copy as JSON
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

interface Props {
  row: AlarmRow;
  detail: AlarmDetail | undefined;
}

/** What can be done about this alarm now. */
export function DetailActions({ row, detail }: Props) {
  const zone = useTimeZone();
  const firing = row.state === 'ALARM';
  const owned = row.incidentState === 'acknowledged';
  return (
    <div className={styles.actions}>
      {firing && (
        <>
          <Button
            size="xs"
            variant={owned ? 'default' : 'filled'}
            aria-keyshortcuts="a"
            rightSection={<kbd aria-hidden>a</kbd>}
            onClick={() => void acknowledge([row.key])}
          >
            Acknowledge
          </Button>
          <Button
            size="xs"
            variant="default"
            aria-keyshortcuts="s"
            rightSection={<kbd aria-hidden>s</kbd>}
            onClick={() => askSnooze([row.key])}
          >
            Snooze
          </Button>
        </>
      )}
      <Button
        size="xs"
        variant="default"
        aria-keyshortcuts="e"
        rightSection={<kbd aria-hidden>e</kbd>}
        onClick={() => askNote(row.key)}
      >
        Note
      </Button>
      {row.kind === 'metric' && (
        <Button
          size="xs"
          variant="default"
          aria-keyshortcuts="m"
          rightSection={<kbd aria-hidden>m</kbd>}
          onClick={() => void openAlarmMetrics(row.key)}
        >
          Metrics
        </Button>
      )}
      <Button
        size="xs"
        variant="default"
        aria-keyshortcuts="l"
        rightSection={<kbd aria-hidden>l</kbd>}
        onClick={() => void openAlarmLogs(row.key)}
      >
        Logs
      </Button>
      <Menu position="bottom-start" shadow="md">
        <Menu.Target>
          <Button size="xs" variant="default">
            Mute…
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>No notification for this alarm</Menu.Label>
          {muteChoices.map((choice) => (
            <Menu.Item key={choice.id} onClick={() => void mute(row, choice, zone)}>
              {choice.label}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      {detail !== undefined && <MoreMenu detail={detail} />}
    </div>
  );
}
