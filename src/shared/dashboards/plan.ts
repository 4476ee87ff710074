/** A metric widget → the queries that answer it, a group for each connection and region. */
import { MAX_QUERIES_PER_CALL, metricQuerySchema } from '../metrics/query';
import type { MetricQuery, QueryGroup } from '../metrics/query';
import type { MetricWidget, SeriesSpec } from './dashboard';
import { findsMetrics, isInsightsQuery, renameIds, searchesStatePeriod } from './expression';
import { openNames } from './placeholders';
import { linesOf, placeKey, withInputs } from './plan-lines';
import type { Line, PlanContext } from './plan-lines';
import { alignWindow, linePeriod, wholeRangePeriod, wholeRangeWindow } from './plan-period';

export type { PlanConnection, PlanContext } from './plan-lines';

export interface PlannedSeries {
  queryId: string;
  spec: SeriesSpec;
  /** Its place in the widget's series. */
  index: number;
  /** What it is asked with: for names and legends (s; null for math, which takes its inputs'). */
  periodSeconds: number | null;
  region: string;
}

export interface PlannedGroup {
  group: QueryGroup;
  /** The lines drawn from this group; queries that are only inputs are not among them. */
  series: PlannedSeries[];
}

export interface UnplannedSeries {
  spec: SeriesSpec;
  index: number;
  /** Why it is not asked for, one sentence. */
  sentence: string;
}

export interface WidgetPlan {
  groups: PlannedGroup[];
  unplanned: UnplannedSeries[];
}

/** The groups of a widget; see `planWidgetFully` for what could not be planned. */
export function planWidget(widget: MetricWidget, context: PlanContext): PlannedGroup[] {
  return planWidgetFully(widget, context).groups;
}

/** Lines waiting for an input's value, or that CloudWatch would refuse, are told instead of asked. */
export function planWidgetFully(widget: MetricWidget, context: PlanContext): WidgetPlan {
  const lines = linesOf(widget, context);
  const unplanned: UnplannedSeries[] = [];
  const byPlace = new Map<string, GroupDraft[]>();
  for (const line of lines) {
    if (!line.spec.visible) continue;
    const needed = withInputs(line, lines);
    const sentence = refusal(line, needed, widget, context);
    if (sentence !== null) {
      unplanned.push({ spec: line.spec, index: line.index, sentence });
      continue;
    }
    const key = placeKey(line.place);
    const drafts = byPlace.get(key) ?? [];
    byPlace.set(key, drafts);
    draftFor(drafts, needed).add(line, needed);
  }
  const drafts = [...byPlace.values()].flat();
  return { groups: drafts.map((draft) => finished(draft, widget, context)), unplanned };
}

function refusal(
  line: Line,
  needed: readonly Line[],
  widget: MetricWidget,
  context: PlanContext,
): string | null {
  const open = new Set(needed.flatMap(({ spec }) => openIn(spec)));
  if (open.size > 0) return `Waits for a value of ${[...open].slice(0, 4).join(', ')}.`;
  if (needed.length > MAX_QUERIES_PER_CALL) {
    return `It takes in more than ${MAX_QUERIES_PER_CALL} metrics, which is more than CloudWatch answers at once.`;
  }
  const strangers = needed.filter(
    (each) => each.spec.metric !== null && placeKey(each.place) !== placeKey(line.place),
  );
  if (strangers.some(({ placed }) => placed)) {
    return 'It takes in metrics of several regions or connections, which CloudWatch does not do.';
  }
  for (const each of needed) {
    const checked = metricQuerySchema.safeParse(queryOf(each, true, widget, context, new Map()));
    if (!checked.success) {
      const issue = checked.error.issues[0];
      return `CloudWatch would refuse it: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}.`;
    }
  }
  return null;
}

function openIn({ metric, expression }: SeriesSpec): string[] {
  const texts = [expression ?? '', metric?.namespace ?? '', metric?.metricName ?? ''];
  return [...texts, ...(metric?.dimensions.map(({ value }) => value) ?? [])].flatMap(openNames);
}

/** Lines that go together: at most as many queries as one call takes. */
class GroupDraft {
  readonly drawn: Line[] = [];
  readonly queries = new Set<Line>();

  fits(needed: readonly Line[]): boolean {
    const added = needed.filter((line) => !this.queries.has(line)).length;
    return this.queries.size + added <= MAX_QUERIES_PER_CALL;
  }

  add(line: Line, needed: readonly Line[]): void {
    this.drawn.push(line);
    for (const each of needed) this.queries.add(each);
  }
}

function draftFor(drafts: GroupDraft[], needed: readonly Line[]): GroupDraft {
  const last = drafts.at(-1);
  if (last?.fits(needed) === true) return last;
  const draft = new GroupDraft();
  drafts.push(draft);
  return draft;
}

function finished(draft: GroupDraft, widget: MetricWidget, context: PlanContext): PlannedGroup {
  const lines = [...draft.queries].sort((a, b) => a.index - b.index);
  const names = new Map(lines.toReversed().map(({ spec, queryId }) => [spec.id, queryId]));
  const drawn = new Set(draft.drawn);
  const queries = lines.map((line) => queryOf(line, drawn.has(line), widget, context, names));
  const place = draft.drawn[0]?.place ?? {
    connectionId: context.connectionId,
    region: context.region,
  };
  const periods = new Map(queries.map(({ id, periodSeconds }) => [id, periodSeconds]));
  return {
    group: {
      connectionId: place.connectionId,
      region: place.region,
      queries,
      ...windowFor(queries, widget, context),
      labelOffset: context.labelOffset,
    },
    series: draft.drawn.map(({ spec, index, queryId }) => ({
      queryId,
      spec,
      index,
      periodSeconds: periods.get(queryId) ?? null,
      region: place.region,
    })),
  };
}

function windowFor(queries: readonly MetricQuery[], widget: MetricWidget, context: PlanContext) {
  if (widget.setPeriodToTimeRange) return wholeRangeWindow(context);
  const longest = Math.max(...queries.map(({ periodSeconds }) => periodSeconds ?? 1));
  return alignWindow(context, longest);
}

function queryOf(
  line: Line,
  returnData: boolean,
  widget: MetricWidget,
  context: PlanContext,
  names: ReadonlyMap<string, string>,
): MetricQuery {
  const { spec } = line;
  const period = widget.setPeriodToTimeRange
    ? wholeRangePeriod(context)
    : linePeriod(spec.periodSeconds ?? widget.periodSeconds, context);
  const label = spec.label === null || spec.label === '' ? null : spec.label.slice(0, 2_000);
  return {
    id: line.queryId,
    metric: spec.metric,
    expression: spec.expression === null ? null : renameIds(spec.expression, names),
    stat: spec.metric === null ? null : spec.stat,
    unit: spec.metric === null ? null : spec.unit,
    periodSeconds: takesPeriod(spec) ? period : null,
    label,
    accountId: line.place.accountId,
    returnData,
  };
}

/** Math takes its inputs' period; what finds its metrics itself needs one, unless it states it. */
function takesPeriod({ metric, expression }: SeriesSpec): boolean {
  if (metric !== null || expression === null) return true;
  if (isInsightsQuery(expression)) return true;
  return findsMetrics(expression) && !searchesStatePeriod(expression);
}
