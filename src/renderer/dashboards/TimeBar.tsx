/** The time controls of a page of charts: range, way back, refreshing, comparing, and the zone. */
import { NativeSelect, Tooltip } from '@mantine/core';
import {
  IconArrowBackUp,
  IconChevronLeft,
  IconChevronRight,
  IconHistory,
  IconRefresh,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { DashboardRange } from '../../shared/dashboards/dashboard';
import type { RangeHistory } from '../../shared/dashboards/time-range';
import { keysOf, showKey } from '../keys';
import type { Command } from '../keys';
import { useApp } from '../stores/app';
import { saveSettings, useSettings, useTimeZone } from '../stores/settings';
import { showFailure } from '../stores/toasts';
import { zoneLabel } from '../ui/time';
import { refreshNow, usePageClock } from './page-clock';
import { RangePicker } from './RangePicker';
import classes from './time-bar.module.css';

export interface TimeBarProps {
  history: RangeHistory;
  onRange(range: DashboardRange): void;
  onBack(): void;
  onShift(by: -1 | 1): void;
  compare: boolean;
  onCompare(compare: boolean): void;
  /** What the open dashboard asks for (s); the user's setting otherwise. */
  refreshSeconds?: number | null;
  fetching?: boolean;
}

interface ToolProps {
  label: string;
  command: Command | null;
  disabled?: boolean;
  pressed?: boolean;
  onClick(): void;
  children: ReactNode;
}

function Tool({ label, command, disabled = false, pressed, onClick, children }: ToolProps) {
  const mac = useApp((state) => state.platform) === 'darwin';
  const key = command === null ? undefined : keysOf(command)[0];
  return (
    <Tooltip label={key === undefined ? label : `${label} (${showKey(key, mac)})`}>
      <button
        type="button"
        className={classes['tool']}
        aria-label={label}
        aria-pressed={pressed}
        disabled={disabled}
        onClick={onClick}
      >
        {children}
      </button>
    </Tooltip>
  );
}

const PACES = [
  { value: 'off', label: 'by hand' },
  { value: '10', label: 'every 10 s' },
  { value: '30', label: 'every 30 s' },
  { value: '60', label: 'every minute' },
  { value: '300', label: 'every 5 min' },
  { value: '900', label: 'every 15 min' },
];

function Pace() {
  const metrics = useSettings((state) => state.settings?.metrics);
  if (metrics === undefined) return null;
  const value = metrics.refreshSeconds === null ? 'off' : String(metrics.refreshSeconds);
  const known = PACES.some((pace) => pace.value === value);
  return (
    <NativeSelect
      size="xs"
      aria-label="Refresh"
      className={classes['pace']}
      value={value}
      data={known ? PACES : [...PACES, { value, label: `every ${value} s` }]}
      onChange={(event) => {
        const chosen = event.currentTarget.value;
        const refreshSeconds = chosen === 'off' ? null : Number(chosen);
        saveSettings({ metrics: { ...metrics, refreshSeconds } }).catch((error: unknown) =>
          showFailure(error, 'settings.update'),
        );
      }}
    />
  );
}

export function TimeBar(props: TimeBarProps) {
  const { history, onRange, onBack, onShift, compare, onCompare, fetching = false } = props;
  const zone = useTimeZone();
  const nowMs = usePageClock((state) => state.nowMs);
  return (
    <div className={classes['bar']} role="toolbar" aria-label="Time">
      <RangePicker range={history.current} onRange={onRange} />
      <Tool label="Earlier" command="range-earlier" onClick={() => onShift(-1)}>
        <IconChevronLeft size={16} aria-hidden />
      </Tool>
      <Tool label="Later" command="range-later" onClick={() => onShift(1)}>
        <IconChevronRight size={16} aria-hidden />
      </Tool>
      <Tool
        label="Back to the range before"
        command="range-back"
        disabled={history.past.length === 0}
        onClick={onBack}
      >
        <IconArrowBackUp size={16} aria-hidden />
      </Tool>
      <Tool
        label="Compare with last week"
        command={null}
        pressed={compare}
        onClick={() => onCompare(!compare)}
      >
        <IconHistory size={16} aria-hidden />
      </Tool>
      <span className={classes['gap']} />
      <Pace />
      <Tool label="Refresh now" command="refresh-page" onClick={refreshNow}>
        <IconRefresh size={16} aria-hidden data-busy={fetching} />
      </Tool>
      <span className={classes['zone']} title="Every time on show is in this zone">
        {zoneLabel(nowMs, zone)}
      </span>
    </div>
  );
}
