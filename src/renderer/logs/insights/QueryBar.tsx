/** What is asked, where, when, in which language; run and stop. */
import { Button, NativeSelect } from '@mantine/core';
import { IconPlayerPlay, IconPlayerStop } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { insightsLanguages } from '../../../shared/logs/insights';
import { RangePicker } from '../../dashboards/RangePicker';
import { keysOf, showKey } from '../../keys';
import { useApp } from '../../stores/app';
import { GroupPickerButton } from '../picker/GroupPicker';
import { useLogs } from '../store';
import classes from './insights.module.css';
import { languageNames } from './query-words';
import { queriedOf, runProblem } from './queried';
import { runQuery, stopQuery } from './run';
import { isRunning, shownRun, useInsights } from './store';
import { HistoryButton } from './HistoryDialog';
import { SavedButton } from './SavedDialog';

function LanguageChoice() {
  const language = useInsights((state) => state.language);
  const { setLanguage } = useInsights.getState();
  return (
    <NativeSelect
      size="xs"
      aria-label="Query language"
      value={language}
      data={insightsLanguages.map((value) => ({ value, label: languageNames[value] }))}
      onChange={(event) => {
        const chosen = insightsLanguages.find((one) => one === event.currentTarget.value);
        if (chosen !== undefined) setLanguage(chosen);
      }}
    />
  );
}

const LIMITS = [100, 1_000, 10_000];

function LimitChoice() {
  const limit = useInsights((state) => state.limit);
  const { setLimit } = useInsights.getState();
  const limits = LIMITS.includes(limit) ? LIMITS : [...LIMITS, limit];
  return (
    <NativeSelect
      size="xs"
      aria-label="Rows at most"
      title="Rows each account and region gives at most; a limit in the query goes first"
      value={String(limit)}
      data={limits.map((value) => ({
        value: String(value),
        label: `${value.toLocaleString('en')} rows`,
      }))}
      onChange={(event) => setLimit(Number(event.currentTarget.value))}
    />
  );
}

function Keyed({
  command,
  children,
}: {
  command: 'run-query' | 'stop-query';
  children: ReactNode;
}) {
  const mac = useApp((state) => state.platform) === 'darwin';
  const key = keysOf(command)[0];
  return (
    <>
      {children}
      {key !== undefined && (
        <span className={classes['key']} aria-hidden>
          {showKey(key, mac)}
        </span>
      )}
    </>
  );
}

function RunButton() {
  const running = useInsights((state) => isRunning(shownRun(state)));
  const text = useInsights((state) => state.text);
  const chosen = useLogs((state) => state.chosen);
  const problem = runProblem(text, queriedOf(chosen));
  if (running) {
    return (
      <Button
        size="xs"
        variant="default"
        leftSection={<IconPlayerStop size={14} aria-hidden />}
        onClick={stopQuery}
      >
        <Keyed command="stop-query">Stop</Keyed>
      </Button>
    );
  }
  return (
    <Button
      size="xs"
      leftSection={<IconPlayerPlay size={14} aria-hidden />}
      disabled={problem !== null}
      title={problem ?? undefined}
      onClick={() => void runQuery()}
    >
      <Keyed command="run-query">Run</Keyed>
    </Button>
  );
}

export function QueryBar() {
  const range = useLogs((state) => state.range.current);
  const { setRange } = useLogs.getState();
  return (
    <div className={classes['bar']} role="group" aria-label="Insights query">
      <GroupPickerButton />
      <RangePicker range={range} onRange={setRange} />
      <span className={classes['gap']} />
      <LanguageChoice />
      <LimitChoice />
      <SavedButton />
      <HistoryButton />
      <RunButton />
    </div>
  );
}
