/** A metric widget and a page's range → what its chart draws, how old it is and what is wrong with it. */
import { useMemo } from 'react';
import type { DashboardRange, MarkSpec, MetricWidget } from '../../shared/dashboards/dashboard';
import { planWidgetFully } from '../../shared/dashboards/plan';
import type { PlanConnection, PlannedGroup, WidgetPlan } from '../../shared/dashboards/plan';
import { windowOf } from '../../shared/dashboards/time-range';
import type { TimeWindow } from '../../shared/dashboards/time-range';
import type { Failure } from '../../shared/failure';
import type { ChartModel, ChartSpan } from '../charts/chart-model';
import { useConnections } from '../stores/connections';
import { useTimeZone } from '../stores/settings';
import { usePageClock } from './page-clock';
import { useSeries } from './use-series';
import type { Answers } from './use-series';
import { hasDatapoints, modelOf } from './widget-model';

/** Most points a series is asked for: more than a chart has pixels say nothing more. */
const MAX_POINTS = 1_000;
export const WEEK_MS = 7 * 86_400_000;

export interface WidgetQuestion {
  /** Asked where the widget says nothing else; null while no connection is known. */
  connectionId: string | null;
  region: string | null;
  range: DashboardRange;
  periodOverride?: 'auto' | 'inherit';
  /** Draws the week before beneath. */
  compare?: boolean;
  marks?: readonly MarkSpec[];
  spans?: readonly ChartSpan[];
  /** False while nobody sees it: nothing is asked. */
  enabled: boolean;
}

/** `empty`: answered, without a datapoint in the window. */
export type WidgetPhase = 'loading' | 'ready' | 'empty' | 'failed' | 'unasked';

export interface WidgetData {
  phase: WidgetPhase;
  /** The last picture, also while it is asked again or after that failed. */
  model: ChartModel | null;
  window: TimeWindow;
  /** When the oldest part was answered (ms); null when nothing was. */
  asOf: number | null;
  /** What is on show was known before: the newest question failed or was not asked. */
  stale: boolean;
  paused: boolean;
  failure: Failure | null;
  fetching: boolean;
  /** One sentence each: what CloudWatch says, and lines that were not asked for. */
  notes: string[];
}

const nobody: readonly never[] = [];

function offsetText(ms: number, zone: 'local' | 'utc'): string {
  const minutes = zone === 'utc' ? 0 : -new Date(ms).getTimezoneOffset();
  const two = (value: number): string => String(value).padStart(2, '0');
  const size = Math.abs(minutes);
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}${two(size % 60)}`;
}

/** Accounts and regions of the connections; the same array while none changed. */
export function usePlanConnections(): readonly PlanConnection[] {
  const list = useConnections((state) => state.list);
  const told = JSON.stringify(
    list.map(({ connection, accountId }): PlanConnection => {
      return { id: connection.id, accountId, regions: connection.regions };
    }),
  );
  return useMemo((): PlanConnection[] => JSON.parse(told), [told]);
}

const FALLBACK: DashboardRange = { start: '-PT3H', end: null };

/** The window a widget shows: its own where it has one. */
export function windowFor(widget: MetricWidget, range: DashboardRange, nowMs: number): TimeWindow {
  return (
    windowOf(widget.ownRange ?? range, nowMs) ??
    windowOf(range, nowMs) ??
    windowOf(FALLBACK, nowMs) ?? { startMs: nowMs - 3 * 3_600_000, endMs: nowMs }
  );
}

function usePlans(widget: MetricWidget, question: WidgetQuestion, window: TimeWindow) {
  const connections = usePlanConnections();
  const nowMs = usePageClock((state) => state.nowMs);
  const zone = useTimeZone();
  const { connectionId, region, periodOverride = 'auto', compare = false } = question;
  const { startMs, endMs } = window;
  return useMemo(() => {
    if (connectionId === null || region === null) return { plan: null, before: nobody };
    const plan = (shiftMs: number): WidgetPlan =>
      planWidgetFully(widget, {
        connectionId,
        region,
        connections,
        startMs: startMs - shiftMs,
        endMs: endMs - shiftMs,
        nowMs,
        periodOverride,
        labelOffset: offsetText(nowMs, zone),
        maxPoints: MAX_POINTS,
      });
    const before: readonly PlannedGroup[] = compare ? plan(WEEK_MS).groups : nobody;
    return { plan: plan(0), before };
  }, [
    widget,
    connectionId,
    region,
    connections,
    startMs,
    endMs,
    nowMs,
    periodOverride,
    zone,
    compare,
  ]);
}

function phaseOf(plan: WidgetPlan | null, answers: Answers, model: ChartModel | null): WidgetPhase {
  if (plan === null || plan.groups.length === 0) return 'unasked';
  if (model !== null && hasDatapoints(model)) return 'ready';
  if (!answers.settled || (answers.fetching && answers.groups.length === 0)) return 'loading';
  return answers.failure === null ? 'empty' : 'failed';
}

function oldestOf(answers: Answers): number | null {
  const times = answers.groups.flatMap(({ set }) => (set.asOf === null ? [] : [set.asOf]));
  return times.length === 0 ? null : Math.min(...times);
}

export function useWidgetData(widget: MetricWidget, question: WidgetQuestion): WidgetData {
  const nowMs = usePageClock((state) => state.nowMs);
  const zone = useTimeZone();
  const { enabled, marks = nobody, spans = nobody } = question;
  const window = useMemo(
    () => windowFor(widget, question.range, nowMs),
    [widget, question.range, nowMs],
  );
  const { plan, before } = usePlans(widget, question, window);
  const answers = useSeries(plan?.groups ?? nobody, enabled);
  const earlier = useSeries(before, enabled);
  const model = useMemo(() => {
    if (answers.groups.length === 0) return null;
    const ghosts = earlier.groups.length === 0 ? null : { answers: earlier.groups, byMs: WEEK_MS };
    return modelOf({ widget, window, answers: answers.groups, before: ghosts, marks, spans, zone });
  }, [widget, window, answers.groups, earlier.groups, marks, spans, zone]);
  const paused = answers.groups.some(({ set }) => set.state === 'paused');
  const notes = useMemo(
    () => [
      ...new Set([
        ...(plan?.unplanned.map(({ sentence }) => sentence) ?? []),
        ...answers.groups.flatMap(({ set }) => set.messages),
        ...(model?.series.flatMap(({ note }) => (note === null ? [] : [note])) ?? []),
      ]),
    ],
    [plan, answers.groups, model],
  );
  return {
    phase: phaseOf(plan, answers, model),
    model,
    window,
    asOf: oldestOf(answers),
    stale: answers.failure !== null,
    paused: paused || answers.failure?.kind === 'paused',
    failure: answers.failure,
    fetching: answers.fetching,
    notes,
  };
}
