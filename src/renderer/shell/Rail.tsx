/** Where one can go. What this version does not have is not offered. */
import { Tooltip } from '@mantine/core';
import {
  IconBell,
  IconChartLine,
  IconInbox,
  IconKeyboard,
  IconLayoutDashboard,
  IconListSearch,
  IconMoonStars,
  IconPlayerPlay,
  IconSettings,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { keysOf, showKey } from '../keys';
import type { Command } from '../keys';
import { useApp } from '../stores/app';
import { useDialogs } from '../stores/dialogs';
import { useInbox } from '../stores/inbox';
import { useNavigation } from '../stores/navigation';
import { useCounts } from '../alarms/use-list-model';
import { useWaiting } from '../runbooks/runs-store';
import classes from './Rail.module.css';

interface ItemProps {
  label: string;
  command: Command;
  icon: ReactNode;
  current?: boolean;
  pressed?: boolean;
  badge?: { count: number; urgent: boolean; what: string };
  onClick: () => void;
}

function Item({ label, command, icon, current, pressed, badge, onClick }: ItemProps) {
  const platform = useApp((state) => state.platform);
  const key = keysOf(command)[0];
  const hint = key === undefined ? '' : ` (${showKey(key, platform === 'darwin')})`;
  const count = badge === undefined || badge.count === 0 ? null : badge;
  return (
    <Tooltip label={`${label}${hint}`} position="right">
      <button
        type="button"
        className={classes['item']}
        aria-label={count === null ? label : `${label}, ${count.count} ${count.what}`}
        aria-current={current === true ? 'page' : undefined}
        aria-pressed={pressed}
        onClick={onClick}
      >
        {icon}
        {count !== null && (
          <span className={classes['badge']} data-urgent={count.urgent} aria-hidden>
            {count.count > 99 ? '99+' : count.count}
          </span>
        )}
      </button>
    </Tooltip>
  );
}

export function Rail() {
  const view = useNavigation((state) => state.view);
  const inboxOpen = useNavigation((state) => state.inboxOpen);
  const unread = useInbox((state) => state.unread);
  const asking = useWaiting();
  const { unacknowledged } = useCounts();
  const { show, setInboxOpen } = useNavigation.getState();
  return (
    <nav className={classes['rail']} aria-label="Main">
      <IconMoonStars className={classes['mark']} size={20} stroke={1.6} aria-hidden />
      <Item
        label="Alarms"
        command="go-alarms"
        icon={<IconBell size={20} stroke={1.7} aria-hidden />}
        current={view === 'alarms'}
        badge={{ count: unacknowledged, urgent: true, what: 'unacknowledged' }}
        onClick={() => show('alarms')}
      />
      <Item
        label="Dashboards"
        command="go-dashboards"
        icon={<IconLayoutDashboard size={20} stroke={1.7} aria-hidden />}
        current={view === 'dashboards'}
        onClick={() => show('dashboards')}
      />
      <Item
        label="Metrics"
        command="go-metrics"
        icon={<IconChartLine size={20} stroke={1.7} aria-hidden />}
        current={view === 'metrics'}
        onClick={() => show('metrics')}
      />
      <Item
        label="Logs"
        command="go-logs"
        icon={<IconListSearch size={20} stroke={1.7} aria-hidden />}
        current={view === 'logs'}
        onClick={() => show('logs')}
      />
      <Item
        label="Runbooks"
        command="go-runbooks"
        icon={<IconPlayerPlay size={20} stroke={1.7} aria-hidden />}
        current={view === 'runbooks'}
        badge={{ count: asking, urgent: true, what: 'waiting for you' }}
        onClick={() => show('runbooks')}
      />
      <Item
        label="Inbox"
        command="go-inbox"
        icon={<IconInbox size={20} stroke={1.7} aria-hidden />}
        pressed={inboxOpen}
        badge={{ count: unread, urgent: false, what: 'unread' }}
        onClick={() => setInboxOpen(!inboxOpen)}
      />
      <div className={classes['gap']} />
      <Item
        label="Keyboard"
        command="help"
        icon={<IconKeyboard size={20} stroke={1.7} aria-hidden />}
        onClick={() => useDialogs.getState().show({ kind: 'help' })}
      />
      <Item
        label="Settings"
        command="go-settings"
        icon={<IconSettings size={20} stroke={1.7} aria-hidden />}
        current={view === 'settings'}
        onClick={() => show('settings')}
      />
    </nav>
  );
}
