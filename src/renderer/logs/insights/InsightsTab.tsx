/** Logs Insights: a query over the chosen groups of several accounts, and what it found as table or chart. */
import { useLayoutEffect, useMemo } from 'react';
import { registerPageCommands } from '../../shell/page-commands';
import { GroupPicker } from '../picker/GroupPicker';
import { useLogs } from '../store';
import classes from './insights.module.css';
import { mistakesOf } from './mistakes';
import { QueryBar } from './QueryBar';
import { QueryEditor, queryEditorId } from './QueryEditor';
import { ResultPane } from './ResultPane';
import { runQuery, stopQuery, useInsightsPage } from './run';
import { RunLine } from './RunLine';
import { shownRun, useInsights } from './store';
import { useFields } from './use-fields';

function usePageKeys(): void {
  useLayoutEffect(() => {
    const { back, shift } = useLogs.getState();
    return registerPageCommands({
      filter: () => document.getElementById(queryEditorId)?.focus(),
      'range-back': back,
      'range-earlier': () => shift(-1),
      'range-later': () => shift(1),
      'run-query': () => void runQuery(),
      'stop-query': stopQuery,
    });
  }, []);
}

function Editor() {
  const text = useInsights((state) => state.text);
  const language = useInsights((state) => state.language);
  const run = useInsights(shownRun);
  const fields = useFields();
  const mistakes = useMemo(() => mistakesOf(run, text), [run, text]);
  return (
    <div className={classes['editor']}>
      <QueryEditor
        value={text}
        language={language}
        fields={fields}
        mistakes={mistakes}
        onChange={useInsights.getState().setText}
        onRun={() => void runQuery()}
        onStop={stopQuery}
      />
    </div>
  );
}

export function InsightsTab() {
  useInsightsPage();
  usePageKeys();
  const run = useInsights(shownRun);
  return (
    <div className={classes['tab']}>
      <QueryBar />
      <Editor />
      <RunLine />
      <div className={classes['result']}>
        {run === null ? <GroupPicker /> : <ResultPane key={run.asked.queryId} run={run} />}
      </div>
    </div>
  );
}
