/** What a query found: as table, as chart, to be copied and saved. */
import { SegmentedControl } from '@mantine/core';
import { useMemo } from 'react';
import { chartOf } from './chart-of';
import classes from './insights.module.css';
import { Export } from './Export';
import { ResultChart } from './ResultChart';
import { ResultTable } from './ResultTable';
import { isRunning, useInsights } from './store';
import type { QueryRun } from './store';
import { useWhere } from './where';

function emptyText(run: QueryRun): string {
  const { state, failure } = run;
  if (failure !== null) {
    return state === null ? 'The query was not run.' : 'Its rows cannot be shown.';
  }
  if (state === null || state.phase === 'running') return 'Nothing found so far.';
  if (state.phase === 'failed') {
    return state.targets.every((target) => target.failure?.kind === 'invalid')
      ? 'CloudWatch did not take the query; nothing was looked at.'
      : 'No account answered: there may be records that fit.';
  }
  if (state.phase === 'stopped')
    return 'Stopped before anything was found: there may be records that fit.';
  return state.targets.some((target) => target.failure !== null)
    ? 'Nothing fits where CloudWatch answered. What failed was not looked at.'
    : 'Nothing fits in these groups and this time.';
}

export function ResultPane({ run }: { run: QueryRun }) {
  const held = useInsights((state) => state.held);
  const view = useInsights((state) => state.view);
  const where = useWhere(run);
  const { setView } = useInsights.getState();
  const own = held?.queryId === run.asked.queryId ? held : null;
  const chart = useMemo(
    () => (own === null ? null : chartOf(own, run.asked, run.state, where)),
    [own, run.asked, run.state, where],
  );
  if (own === null || own.rows.length === 0) {
    const waiting = own === null && run.failure === null && (run.state?.rows ?? 0) > 0;
    return <p className={classes['empty']}>{waiting ? 'Fetching the rows…' : emptyText(run)}</p>;
  }
  const drawn = view === 'chart' && chart !== null && chart.kind !== 'none';
  return (
    <div className={classes['pane']}>
      <div className={classes['tools']}>
        <SegmentedControl
          size="xs"
          aria-label="Show the result as"
          value={drawn ? 'chart' : 'table'}
          data={[
            { value: 'table', label: 'Table' },
            { value: 'chart', label: 'Chart', disabled: chart === null || chart.kind === 'none' },
          ]}
          onChange={(value) => setView(value === 'chart' ? 'chart' : 'table')}
        />
        {chart !== null && chart.kind === 'none' && view === 'chart' && (
          <span className={classes['note']}>{chart.why}</span>
        )}
        {isRunning(run) && (
          <span className={classes['note']}>Rows so far; later ones may replace them.</span>
        )}
        <span className={classes['gap']} />
        <Export held={own} where={where} />
      </div>
      <div className={classes['body']}>
        {drawn ? (
          <ResultChart chart={chart} />
        ) : (
          <ResultTable asked={run.asked} held={own} where={where} />
        )}
      </div>
    </div>
  );
}
