/** A log widget: asks while it is seen and no more often than its cost allows; draws by its view. */
import type { LogWidget } from '../../shared/dashboards/dashboard';
import type { Failure } from '../../shared/failure';
import { copyText } from '../alarms/actions';
import { openHistory } from '../logs/insights/history';
import { rowsCsv } from '../logs/insights/result-rows';
import { whereOf } from '../logs/insights/where';
import { useLogs } from '../logs/store';
import { useConnections } from '../stores/connections';
import { useNavigation } from '../stores/navigation';
import { safeText } from '../ui/safe-text';
import { saveExport } from './actions';
import { costText, MOST_USD_UNASKED } from './log-widget-cost';
import { useLogWidget, useReporting } from './log-widget-data';
import type { LogWidgetData } from './log-widget-data';
import type { LogQuestion, LogRun } from './log-widget-runs';
import { logRuns } from './log-widget-store';
import { LogWidgetFoot } from './LogWidgetFoot';
import { LogWidgetPicture } from './LogWidgetPicture';
import { usePageClock } from './page-clock';
import { Failed, Note, Skeleton } from './WidgetStates';
import { WidgetHead } from './WidgetHead';
import type { WidgetAction } from './WidgetHead';
import { fileNameOf, titleOf } from './widget-words';
import classes from './widget.module.css';

interface Props {
  widget: LogWidget;
  near: boolean;
  full: boolean;
}

const MOST_QUERY = 10_000;
const MOST_OPENED_GROUPS = 50;

/** Takes the groups, the time and the query to Logs Insights; nothing is run. */
function openInLogs({ targets, query, language, range }: LogQuestion): void {
  const groups = targets.flatMap(({ connectionId, region, groups: names }) =>
    names.map((name) => ({ connectionId, region, name })),
  );
  const kept = groups.slice(0, MOST_OPENED_GROUPS);
  const { start, end } = range;
  openHistory({ query, language, ranAt: Date.now(), start, end, groups: kept });
  if (groups.length > kept.length) useLogs.getState().choose(groups);
  useLogs.getState().showTab('insights');
  useNavigation.getState().show('logs');
}

/** Why the newest run failed altogether; null where it did not. */
function failureOf({ failure, state }: LogRun): Failure | null {
  if (failure !== null) return failure;
  return state?.phase === 'failed'
    ? (state.targets.find((target) => target.failure !== null)?.failure ?? null)
    : null;
}

/** What failed of a run that found something all the same, and rows that may not be all. */
function notesOf({ plan, run }: LogWidgetData): string[] {
  const notes = plan.kind === 'planned' ? [...plan.notes] : [];
  if (run === null || run.running) return notes;
  const { held, failure, state } = run;
  // Said in the widget's place.
  if ((held === null || held.rows.length === 0) && failureOf(run) !== null) return notes;
  for (const target of state?.targets ?? []) {
    if (target.failure !== null) notes.push(`${target.region}: ${target.failure.message}`);
  }
  if (failure !== null) notes.push(`${failure.message} ${failure.advice}`);
  if (run.stopped && held !== null) notes.push('It was stopped: these are not all rows.');
  if (held?.state.targets.some(({ rows }) => rows >= held.asked.limit) === true) {
    notes.push(`It shows the first ${held.asked.limit} rows: there may be more.`);
  }
  return notes;
}

function askText({ plan, estimate }: LogWidgetData): string {
  const missing = plan.kind === 'planned' ? plan.missing : [];
  if (missing.length > 0) {
    const more = missing.length > 1 ? ` and ${missing.length - 1} more` : '';
    return `CloudWatch lists no log group ${missing[0] ?? ''}${more} there. Press Run to ask all the same.`;
  }
  if (estimate === null || estimate.usd === 'unknown') {
    return 'How much it would read is not known: press Run to ask CloudWatch.';
  }
  return `One run costs about ${costText(estimate.usd)}, more than the ${costText(MOST_USD_UNASKED)} it may spend unasked: press Run.`;
}

function emptyText(run: LogRun): string {
  return run.held?.state.targets.some(({ failure }) => failure !== null) === true
    ? 'Nothing fits where CloudWatch answered; what failed was not looked at.'
    : 'Nothing fits in this range.';
}

function Content({
  widget,
  data,
  near,
  onRun,
}: {
  widget: LogWidget;
  data: LogWidgetData;
  near: boolean;
  onRun(): void;
}) {
  const { plan, run, decision } = data;
  if (plan.kind === 'refused') return <Note text={plan.sentence} />;
  if (run === null) {
    return decision === 'ask' ? <Note text={askText(data)} /> : <Skeleton still={!near} />;
  }
  const { held } = run;
  if (held !== null && held.rows.length > 0) {
    return near ? <LogWidgetPicture widget={widget} held={held} /> : <Skeleton still />;
  }
  const failure = run.running ? null : failureOf(run);
  if (failure !== null) return <Failed failure={failure} onRetry={onRun} />;
  if (held !== null) return <Note text={emptyText(run)} />;
  if (run.running) return <Skeleton still={!near} />;
  return <Note text="Stopped before anything was found: there may be more." />;
}

function useActions(widget: LogWidget, data: LogWidgetData, onRun: () => void): WidgetAction[] {
  const labels = useConnections((state) => state.labels);
  const { question, run } = data;
  const running = run?.running === true;
  const held = run?.held ?? null;
  return [
    { label: 'Run now', disabled: question === null || running, run: onRun },
    {
      label: 'Stop',
      disabled: !running || run.stopped,
      run: () => {
        if (question !== null) logRuns().stop(question.key);
      },
    },
    {
      label: 'Open in logs',
      disabled: question === null || question.query.length > MOST_QUERY,
      run: () => {
        if (question !== null) openInLogs(question);
      },
    },
    { label: 'Copy the query', run: () => void copyText(widget.query, 'the query') },
    {
      label: 'Export CSV',
      disabled: held === null || held.rows.length === 0,
      run: () => {
        if (held === null) return;
        const where = whereOf(held.asked.targets, labels);
        const text = rowsCsv(held.columns, held.rows, where);
        void saveExport(fileNameOf(titleOf(widget), 'csv'), text, 'csv');
      },
    },
  ];
}

export function LogWidgetView({ widget, near, full }: Props) {
  const data = useLogWidget(widget, near);
  const { question, run } = data;
  const running = run?.running === true;
  const onRun = (): void => {
    if (question !== null) logRuns().start(question, usePageClock.getState().turn);
  };
  const onStop = (): void => {
    if (question !== null) logRuns().stop(question.key);
  };
  const actions = useActions(widget, data, onRun);
  useReporting(widget.id, running);
  return (
    <>
      <WidgetHead widget={widget} full={full} actions={actions} notes={notesOf(data)} />
      <div className={classes['body']} aria-busy={running}>
        <Content widget={widget} data={data} near={near} onRun={onRun} />
      </div>
      <LogWidgetFoot data={data} title={safeText(titleOf(widget))} onRun={onRun} onStop={onStop} />
    </>
  );
}
