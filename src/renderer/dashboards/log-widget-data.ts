/** A log widget and the page's range → its run: when it is asked, what it found, what it costs. */
import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import type { LogWidget } from '../../shared/dashboards/dashboard';
import { windowOf } from '../../shared/dashboards/time-range';
import type { GroupSource, LogTarget } from '../../shared/logs/groups';
import { ask } from '../bridge';
import { useGroups, wantGroups } from '../logs/groups';
import { decide, expectedUsd } from './log-widget-cost';
import type { CostDecision } from './log-widget-cost';
import { planLogWidget } from './log-widget-plan';
import type { LogPlan } from './log-widget-plan';
import type { LogQuestion, LogRun } from './log-widget-runs';
import { logRuns, useLogRuns } from './log-widget-store';
import { usePageClock } from './page-clock';
import { usePage } from './page-context';
import { useDashboards } from './store';
import { usePlanConnections } from './use-widget-data';

export interface Estimate {
  usd: number | 'unknown';
  bytes: number;
  basis: string;
}

export interface LogWidgetData {
  plan: LogPlan;
  question: LogQuestion | null;
  run: LogRun | null;
  /** Null until it is told. */
  estimate: Estimate | null;
  decision: CostDecision;
  /** What a run is expected to cost, US dollars. */
  expected: number | 'unknown' | null;
}

/** The estimate rests on figures that CloudWatch renews about once a day. */
const ESTIMATE_STAYS_MS = 10 * 60_000;

/** The same plan while nothing of it changed, however often groups are told. */
function usePlan(widget: LogWidget): LogPlan {
  const { place } = usePage();
  const connections = usePlanConnections();
  const groups = useGroups((state) => state.groups);
  const sources = useGroups((state) => state.sources);
  const told = useMemo(
    () => JSON.stringify(planLogWidget(widget, { place, connections, groups, sources })),
    [widget, place, connections, groups, sources],
  );
  return useMemo((): LogPlan => JSON.parse(told), [told]);
}

function useQuestion(widget: LogWidget, plan: LogPlan): LogQuestion | null {
  const { start, end } = usePage().range;
  const { query, language } = widget;
  return useMemo(() => {
    if (plan.kind !== 'planned') return null;
    const { targets } = plan;
    const key = JSON.stringify([targets, query, language, start, end]);
    return { key, targets, query, language, range: { start, end } };
  }, [plan, query, language, start, end]);
}

/** Whether everything is known that main's estimate can rest on. */
const isSettled = (targets: readonly LogTarget[], sources: readonly GroupSource[]): boolean =>
  targets.every(({ connectionId, region }) =>
    sources.some(
      (source) =>
        source.connectionId === connectionId &&
        source.region === region &&
        source.phase !== 'loading',
    ),
  );

function useEstimate(question: LogQuestion | null, near: boolean): Estimate | null {
  const sources = useGroups((state) => state.sources);
  const told = useGroups((state) => state.told);
  const settled = question !== null && isSettled(question.targets, sources);
  // A region that no connection lists is never told of: its groups' sizes are not known.
  const listed =
    question === null ||
    question.targets.every((target) =>
      sources.some(
        ({ connectionId, region }) =>
          connectionId === target.connectionId && region === target.region,
      ),
    );
  const { data } = useQuery({
    queryKey: ['dashboards.logEstimate', question?.key, settled],
    enabled: near && question !== null && (settled || (told && !listed)),
    staleTime: ESTIMATE_STAYS_MS,
    queryFn: async (): Promise<Estimate | null> => {
      if (question === null) return null;
      const window = windowOf(question.range, Date.now());
      if (window === null) return null;
      const { bytes, usd, basis } = await ask('logs.estimate', {
        targets: question.targets,
        startMs: Math.floor(window.startMs),
        endMs: Math.ceil(window.endMs),
      });
      return { bytes, usd: basis.startsWith('No size') ? 'unknown' : usd, basis };
    },
  });
  return data ?? null;
}

export function useLogWidget(widget: LogWidget, near: boolean): LogWidgetData {
  useEffect(wantGroups, []);
  const plan = usePlan(widget);
  const question = useQuestion(widget, plan);
  const key = question?.key ?? null;
  const run = useLogRuns(({ runs }) => (key === null ? null : (runs.get(key) ?? null)));
  const estimate = useEstimate(question, near);
  const turn = usePageClock((state) => state.turn);
  const freshness = usePageClock((state) => state.freshness);
  const nowMs = usePageClock((state) => state.nowMs);
  const cost = { estimateUsd: estimate?.usd ?? null, last: run?.last ?? null };
  const decision: CostDecision =
    question === null
      ? 'wait'
      : run?.running === true
        ? 'rest'
        : decide({
            ...cost,
            range: question.range,
            pressed: freshness === 'now' && run !== null && run.turn < turn,
            stopped: run?.stopped ?? false,
            nowMs,
          });
  useEffect(() => (key === null ? undefined : logRuns().watch(key)), [key]);
  useEffect(() => {
    if (!near || question === null || decision !== 'run') return;
    logRuns().start(question, turn);
  }, [near, question, decision, turn]);
  return { plan, question, run, estimate, decision, expected: expectedUsd(cost) };
}

/** The page's bar turns while any widget asks. */
export function useReporting(id: string, fetching: boolean): void {
  useEffect(() => {
    if (!fetching) return;
    useDashboards.getState().setFetching(id, true);
    return () => useDashboards.getState().setFetching(id, false);
  }, [id, fetching]);
}
