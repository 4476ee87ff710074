/** Queries that were run: those of this window with their rows, older ones to be run again. */
import { Button } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { useState } from 'react';
import { rangeWords } from '../../../shared/dashboards/time-range';
import type { QueryHistoryEntry } from '../../../shared/logs/settings';
import { useSettings, useTimeZone } from '../../stores/settings';
import { formatWhen, useNow } from '../../ui/time';
import type { TimeZone } from '../../ui/time';
import { forgetHistory, openHistory } from './history';
import classes from './pick.module.css';
import { PickDialog } from './PickDialog';
import type { Pick } from './PickDialog';
import { pastText } from './query-words';
import { showRun } from './run';
import { useInsights } from './store';
import type { QueryRun } from './store';

const NO_HISTORY: readonly QueryHistoryEntry[] = [];

export function HistoryButton() {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button
        size="xs"
        variant="default"
        leftSection={<IconHistory size={14} aria-hidden />}
        onClick={() => setOpen(true)}
      >
        History
      </Button>
      {open && <HistoryDialog onClose={() => setOpen(false)} />}
    </>
  );
}

function ofWindow(run: QueryRun, now: number, zone: TimeZone): Pick {
  const { asked, state } = run;
  const when = state === null ? 'not begun' : formatWhen(state.startedAt, now, zone);
  return {
    id: `run|${asked.queryId}`,
    title: when,
    detail: state === null ? '' : pastText(state),
    under: 'In this window: opened with their rows, nothing is read anew',
    query: asked.query,
  };
}

function ofBefore(entry: QueryHistoryEntry, place: number, now: number, zone: TimeZone): Pick {
  const { query, groups, ranAt } = entry;
  const over =
    groups.length === 0 ? '' : `, ${groups.length} ${groups.length === 1 ? 'group' : 'groups'}`;
  return {
    id: `kept|${place}`,
    title: formatWhen(ranAt, now, zone),
    detail: `${rangeWords(entry, zone)}${over}`,
    under: 'Run before: opened with their groups and time, to be run again',
    query,
  };
}

function HistoryDialog({ onClose }: { onClose(): void }) {
  const runs = useInsights((state) => state.runs);
  const kept = useSettings((state) => state.settings?.logs.history) ?? NO_HISTORY;
  const zone = useTimeZone();
  const now = useNow(60_000);
  const picks = [
    ...runs.map((run) => ofWindow(run, now, zone)),
    ...kept.flatMap((entry, place) =>
      runs.some(({ asked }) => asked.query === entry.query && asked.language === entry.language)
        ? []
        : [ofBefore(entry, place, now, zone)],
    ),
  ];
  const onPick = (id: string): void => {
    const [kind, rest = ''] = id.split('|');
    if (kind === 'run') return showRun(rest);
    const entry = kept[Number(rest)];
    if (entry !== undefined) openHistory(entry);
  };
  return (
    <PickDialog
      title="Queries that were run"
      picks={picks}
      note={picks.length === 0 ? 'No query was run yet.' : null}
      onPick={onPick}
      onClose={onClose}
    >
      {kept.length > 0 && (
        <div className={classes['actions']}>
          <Button size="xs" variant="default" onClick={forgetHistory}>
            Forget those run before
          </Button>
        </div>
      )}
    </PickDialog>
  );
}
