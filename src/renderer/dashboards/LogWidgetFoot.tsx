/** Under a log widget: how old its rows are, what they cost, and running, stopping or taking it to the logs page. */
import { IconPlayerPlay, IconPlayerStop } from '@tabler/icons-react';
import { bytesText, countText } from '../logs/insights/query-words';
import { safeText } from '../ui/safe-text';
import { formatAge, useNow } from '../ui/time';
import { capText, costText } from './log-widget-cost';
import type { LogWidgetData } from './log-widget-data';
import type { LogRun } from './log-widget-runs';
import classes from './log-widget.module.css';

interface Props {
  data: LogWidgetData;
  title: string;
  onRun(): void;
  onStop(): void;
}

const PACE_MS = 10_000;

/** `Last run 2 min ago · 12 MB · $0.00006`. */
export function lastText({ last, stopped }: LogRun, now: number): string {
  if (last === null) return '';
  const age = formatAge(last.endedAtMs, now);
  const when = age === 'now' ? 'just now' : `${age} ago`;
  const head = stopped ? `Stopped ${when}` : last.failed ? `Failed ${when}` : `Last run ${when}`;
  return [head, bytesText(last.bytes), costText(last.usd)].join(' · ');
}

/** `Running · 3 rows so far · 12 MB · $0.00006`. */
export function runningText({ state, held, asked }: LogRun): string {
  if (state === null) return 'Asking CloudWatch…';
  const bytes = state.targets.reduce((sum, { bytesScanned }) => sum + bytesScanned, 0);
  const rows =
    held?.queryId === asked.queryId ? [`${countText(held.rows.length)} rows so far`] : [];
  const read = bytes === 0 ? [] : [bytesText(bytes), costText(state.costUsd)];
  return ['Running', ...rows, ...read].join(' · ');
}

function text({ run, estimate }: LogWidgetData, now: number): string {
  if (run?.running === true) return run.stopped ? 'Stopping…' : runningText(run);
  if (run !== null && run.last !== null) return lastText(run, now);
  if (estimate === null) return '';
  if (estimate.usd === 'unknown') return 'Size of its groups not known';
  return `Would read about ${bytesText(estimate.bytes)} · ${costText(estimate.usd)}`;
}

export function LogWidgetFoot({ data, title, onRun, onStop }: Props) {
  const now = useNow(PACE_MS);
  const { run, expected, estimate, question } = data;
  const running = run?.running === true;
  if (question === null) return null;
  const said = text(data, now);
  return (
    <div className={classes['foot']}>
      <span
        className={classes['footText']}
        role="status"
        title={safeText([`${said}.`, capText(expected), estimate?.basis ?? ''].join(' ').trim())}
      >
        {safeText(said)}
      </span>
      {running ? (
        <button
          type="button"
          className={classes['footButton']}
          aria-label={`Stop: ${title}`}
          disabled={run.stopped}
          onClick={onStop}
        >
          <IconPlayerStop size={12} aria-hidden /> <span>Stop</span>
        </button>
      ) : (
        <button
          type="button"
          className={classes['footButton']}
          aria-label={`Run: ${title}`}
          onClick={onRun}
        >
          <IconPlayerPlay size={12} aria-hidden /> <span>Run</span>
        </button>
      )}
    </div>
  );
}
