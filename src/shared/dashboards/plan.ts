/** A metric widget → the queries that answer it, a group for each connection and region. */
import { MAX_QUERIES_PER_CALL, metricQuerySchema } from '../metrics/query';
import type { MetricQuery, QueryGroup } from '../metrics/query';
import type { MetricWidget, SeriesSpec } from './dashboard';
import {
  expressionWords,
  findsMetrics,
  isInsightsQuery,
  metricsFilters,
  renameIds,
  searchesStatePeriod,
} from './expression';
import { openNames } from './placeholders';
import { alignWindow, linePeriod, wholeRangePeriod, wholeRangeWindow } from './plan-period';
import type { PeriodRules } from './plan-period';

export interface PlanConnection {
  id: string;
  /** Twelve digits; null while it is not known. */
  accountId: string | null;
  regions: readonly string[];
}

export interface PlanContext extends PeriodRules {
  /** Asked where neither a line nor the widget says another account. */
  connectionId: string;
  /** Asked where neither a line nor the widget says another region. */
  region: string;
  connections: readonly PlanConnection[];
  /** `+0200`: zone that dynamic labels write times in. */
  labelOffset: string;
}

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

/** A line with where it is asked and which other lines it takes in. */
interface Line {
  spec: SeriesSpec;
  index: number;
  queryId: string;
  inputs: number[];
  place: Place;
  /** Whether the line itself, not its widget, says where it is asked. */
  placed: boolean;
}

interface Place {
  connectionId: string;
  region: string;
  accountId: string | null;
}

const placeKey = ({ connectionId, region }: Place): string => `${connectionId}\n${region}`;

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

function linesOf(widget: MetricWidget, context: PlanContext): Line[] {
  const ids = queryIds(widget.series);
  const lines = widget.series.map((spec, index): Line => {
    return {
      spec,
      index,
      queryId: ids[index] ?? `q${index + 1}`,
      inputs: inputsOf(spec, index, widget.series),
      place: placeOf(spec, widget, context),
      placed: spec.region !== null || spec.accountId !== null,
    };
  });
  // An expression that says nothing itself is asked where all its inputs are.
  for (const line of lines) {
    if (line.placed || line.inputs.length === 0) continue;
    const metrics = withInputs(line, lines).filter(({ spec }) => spec.metric !== null);
    const places = new Map(metrics.map(({ place }) => [placeKey(place), place]));
    const [only] = places.values();
    if (only !== undefined && places.size === 1) line.place = { ...only, accountId: null };
  }
  return lines;
}

function placeOf(spec: SeriesSpec, widget: MetricWidget, context: PlanContext): Place {
  const region = spec.region ?? widget.region ?? context.region;
  const wanted = spec.accountId ?? widget.accountId;
  const here = { connectionId: context.connectionId, region, accountId: null };
  if (wanted === null) return here;
  const own = context.connections.filter(({ accountId }) => accountId === wanted);
  const best =
    own.find(({ id }) => id === context.connectionId) ??
    own.find(({ regions }) => regions.includes(region)) ??
    own[0];
  return best === undefined ? { ...here, accountId: wanted } : { ...here, connectionId: best.id };
}

/** Indexes of the lines that an expression names. */
function inputsOf(spec: SeriesSpec, own: number, all: readonly SeriesSpec[]): number[] {
  if (spec.expression === null) return [];
  const words = expressionWords(spec.expression);
  const filters = metricsFilters(spec.expression);
  const seen = new Set<string>();
  return all.flatMap(({ id, metric }, index) => {
    if (index === own || seen.has(id)) return [];
    seen.add(id);
    const matched = metric !== null && filters?.some((part) => id.includes(part)) === true;
    return words.has(id) || matched ? [index] : [];
  });
}

/** The line and everything it takes in, directly or not; each once, cycles included. */
function withInputs(line: Line, lines: readonly Line[]): Line[] {
  const found = new Set([line]);
  for (const each of found) {
    for (const index of each.inputs) {
      const input = lines[index];
      if (input !== undefined) found.add(input);
    }
  }
  return [...found];
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

const VALID_ID = /^[a-z][a-zA-Z0-9_]{0,254}$/;

/** Ids that CloudWatch takes, unique: as written where possible. */
function queryIds(series: readonly SeriesSpec[]): string[] {
  const used = new Set(series.map(({ id }) => id).filter((id) => VALID_ID.test(id)));
  const taken = new Set<string>();
  return series.map(({ id }, index) => {
    if (VALID_ID.test(id) && !taken.has(id)) {
      taken.add(id);
      return id;
    }
    const plain = id.replaceAll(/[^a-zA-Z0-9_]/g, '_').slice(0, 200);
    const base = /^[a-z]/.test(plain) ? plain : `q_${plain}`;
    let made = base;
    for (let next = index + 1; used.has(made) || taken.has(made); next += 1) {
      made = `${base}_${next}`;
    }
    taken.add(made);
    return made;
  });
}
