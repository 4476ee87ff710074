/** Which time is on show: the usual ranges, or from and to. */
import { Button, Popover, TextInput } from '@mantine/core';
import { IconClock } from '@tabler/icons-react';
import { useState } from 'react';
import type { DashboardRange } from '../../shared/dashboards/dashboard';
import {
  LONGEST_WINDOW_MS,
  rangeOf,
  rangeWords,
  usualRanges,
  windowOf,
} from '../../shared/dashboards/time-range';
import { useTimeZone } from '../stores/settings';
import { zoneLabel } from '../ui/time';
import { fieldMoment, fieldText } from './local-time';
import { usePageClock } from './page-clock';
import classes from './time-bar.module.css';

interface Props {
  range: DashboardRange;
  onRange(range: DashboardRange): void;
}

/** Ranges with a button of their own; the others are in the menu. */
const AT_HAND = ['1h', '3h', '12h', '1d', '1w'];

export function RangePicker({ range, onRange }: Props) {
  const zone = useTimeZone();
  const [opened, setOpened] = useState(false);
  const choose = (next: DashboardRange): void => {
    onRange(next);
    setOpened(false);
  };
  const isNow = (start: string): boolean => range.start === start && range.end === null;
  return (
    <div className={classes['ranges']} role="group" aria-label="Time range">
      {usualRanges
        .filter(({ short }) => AT_HAND.includes(short))
        .map(({ short, start, words }) => (
          <button
            key={short}
            type="button"
            aria-label={words}
            aria-pressed={isNow(start)}
            onClick={() => onRange({ start, end: null })}
          >
            {short}
          </button>
        ))}
      <Popover
        position="bottom-start"
        shadow="md"
        trapFocus
        opened={opened}
        onChange={setOpened}
        withinPortal
      >
        <Popover.Target>
          <button
            type="button"
            className={classes['words']}
            aria-expanded={opened}
            aria-label={`Time range: ${rangeWords(range, zone)}`}
            onClick={() => setOpened(!opened)}
          >
            <IconClock size={14} aria-hidden />
            {rangeWords(range, zone)}
          </button>
        </Popover.Target>
        <Popover.Dropdown>
          <div className={classes['usual']}>
            {usualRanges.map(({ short, start, words }) => (
              <button
                key={short}
                type="button"
                aria-pressed={isNow(start)}
                onClick={() => choose({ start, end: null })}
              >
                {words}
              </button>
            ))}
          </div>
          <Absolute range={range} onRange={choose} />
        </Popover.Dropdown>
      </Popover>
    </div>
  );
}

function problemOf(from: number | null, to: number | null, nowMs: number): string | null {
  if (from === null || to === null) return 'Fill in both moments.';
  if (to <= from) return 'The end is before the start.';
  if (from < nowMs - LONGEST_WINDOW_MS) return 'CloudWatch keeps nothing older than 455 days.';
  return null;
}

function Absolute({ range, onRange }: Props) {
  const zone = useTimeZone();
  const nowMs = usePageClock((state) => state.nowMs);
  const window = windowOf(range, nowMs);
  const [from, setFrom] = useState(window === null ? '' : fieldText(window.startMs, zone));
  const [to, setTo] = useState(window === null ? '' : fieldText(window.endMs, zone));
  const [problem, setProblem] = useState<string | null>(null);
  const apply = (): void => {
    const startMs = fieldMoment(from, zone);
    const endMs = fieldMoment(to, zone);
    const wrong = problemOf(startMs, endMs, nowMs);
    setProblem(wrong);
    if (wrong !== null || startMs === null || endMs === null) return;
    onRange(rangeOf({ startMs, endMs }));
  };
  return (
    <form
      className={classes['absolute']}
      onSubmit={(event) => {
        event.preventDefault();
        apply();
      }}
    >
      <TextInput
        size="xs"
        type="datetime-local"
        label={`From (${zoneLabel(nowMs, zone)})`}
        value={from}
        onChange={(event) => setFrom(event.currentTarget.value)}
      />
      <TextInput
        size="xs"
        type="datetime-local"
        label={`To (${zoneLabel(nowMs, zone)})`}
        value={to}
        error={problem}
        onChange={(event) => setTo(event.currentTarget.value)}
      />
      <Button size="xs" type="submit">
        Show
      </Button>
    </form>
  );
}
