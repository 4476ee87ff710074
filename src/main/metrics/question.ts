/** What a group asks, question by question: the same question of two widgets has the same key. */
import {
  expressionWords,
  findsMetrics,
  isInsightsQuery,
  isPointwise,
  metricsFilters,
  renameIds,
} from '../../shared/dashboards/expression';
import type { MetricQuery, QueryGroup } from '../../shared/metrics/query';

/** One query whose data is wanted, with everything its expression stands on. */
export interface Question {
  /** Canonical: the same key asks the same, whatever the ids were. Holds no window. */
  key: string;
  /** The inputs, then the query itself; ids are unique in here. */
  queries: MetricQuery[];
  /** Id of the query whose data is wanted. */
  target: string;
  kind: 'metric' | 'math' | 'search' | 'insights';
  periodMs: number;
  /** The answer depends on the window, so it is asked for exactly as it is, never in parts. */
  whole: boolean;
  /** One value over the whole window is wanted: its period starts where the window does. */
  one: boolean;
  /** Questions with `METRICS()` see every query of their call: only those with the same text here may share one. */
  solo: string | null;
  /** Zone of times in dynamic labels; null where labels hold none. */
  labelOffset: string | null;
}

export interface Wanted {
  queryId: string;
  question: Question;
}

/** Questions of the queries whose data is returned. */
export function questionsOf(group: QueryGroup): Wanted[] {
  const solo = group.queries.some(({ expression }) => metricsFilters(expression ?? '') !== null)
    ? JSON.stringify(group.queries.map(wireFacts))
    : null;
  return group.queries
    .filter(({ returnData }) => returnData)
    .map((query) => ({ queryId: query.id, question: questionOf(query, group, solo) }));
}

function questionOf(query: MetricQuery, group: QueryGroup, solo: string | null): Question {
  const needed = solo === null ? closure(query, group.queries) : others(query, group.queries);
  const queries = solo === null ? renamed(needed) : needed;
  const periodMs = periodOf(query, needed);
  const one = group.endMs - group.startMs <= periodMs;
  const timed = /\$\{/.test(query.label ?? '');
  const whole =
    solo !== null ||
    one ||
    labelDependsOnWindow(query.label) ||
    queries.some(({ expression }) => expression !== null && !isPointwise(expression));
  const target = queries.at(-1)?.id ?? query.id;
  return {
    key: JSON.stringify([
      queries.map((one) => [one.id, ...wireFacts(one)]),
      periodMs,
      timed ? group.labelOffset : null,
      one ? 'one' : null,
    ]),
    queries,
    target,
    kind: kindOf(queries),
    periodMs,
    whole,
    one,
    solo,
    labelOffset: timed ? group.labelOffset : null,
  };
}

/** The query and what it names, directly or through others; inputs first. Unknown names stay: AWS says so. */
function closure(query: MetricQuery, all: readonly MetricQuery[]): MetricQuery[] {
  const found = new Set<MetricQuery>();
  const visiting = new Set<MetricQuery>();
  const visit = (one: MetricQuery): void => {
    if (found.has(one) || visiting.has(one)) return;
    visiting.add(one);
    for (const id of expressionWords(one.expression ?? '')) {
      const input = all.find((other) => other.id === id);
      if (input !== undefined) visit(input);
    }
    found.add(one);
  };
  visit(query);
  return [...found];
}

const others = (query: MetricQuery, all: readonly MetricQuery[]): MetricQuery[] => [
  ...all.filter((other) => other !== query),
  query,
];

/** Ids by place, so that the same expression over the same metrics is the same text. */
function renamed(queries: readonly MetricQuery[]): MetricQuery[] {
  const names = new Map(queries.map(({ id }, index) => [id, `q${index}`]));
  return queries.map((query, index) => ({
    ...query,
    id: `q${index}`,
    returnData: index === queries.length - 1,
    label: index === queries.length - 1 ? query.label : null,
    expression: query.expression === null ? null : renameIds(query.expression, names),
  }));
}

/** What AWS is told of a query besides its id. A metric's plain label is the console's own affair. */
function wireFacts(query: MetricQuery): unknown[] {
  const { metric } = query;
  return [
    metric === null ? null : metricText(metric),
    query.expression,
    query.stat,
    query.unit,
    query.periodSeconds,
    labelSent(query),
    query.accountId,
  ];
}

const metricText = (metric: NonNullable<MetricQuery['metric']>): string =>
  JSON.stringify([
    metric.namespace,
    metric.metricName,
    metric.dimensions.map(({ name, value }) => `${name}=${value}`).toSorted(),
  ]);

/** The label AWS has to know: an expression's, and a metric's with dynamic parts. */
export function labelSent({ metric, label }: Pick<MetricQuery, 'metric' | 'label'>): string | null {
  return metric === null || (label ?? '').includes('${') ? label : null;
}

/** Same text, same metric on the wire. */
export const statKey = (query: MetricQuery): string => JSON.stringify(wireFacts(query));

function kindOf(queries: readonly MetricQuery[]): Question['kind'] {
  const expressions = queries.flatMap(({ expression }) => expression ?? []);
  if (expressions.length === 0) return 'metric';
  if (expressions.some(isInsightsQuery)) return 'insights';
  return expressions.some(findsMetrics) ? 'search' : 'math';
}

const DEFAULT_PERIOD_SECONDS = 300;

function periodOf(query: MetricQuery, needed: readonly MetricQuery[]): number {
  const own = query.periodSeconds ?? searchPeriod(needed);
  const inputs = needed.flatMap(({ periodSeconds }) => periodSeconds ?? []);
  const longest = inputs.length === 0 ? DEFAULT_PERIOD_SECONDS : Math.max(...inputs);
  return (own ?? longest) * 1000;
}

/** SEARCH names its period last. */
function searchPeriod(queries: readonly MetricQuery[]): number | null {
  for (const { expression } of queries) {
    if (expression === null || !findsMetrics(expression)) continue;
    const seconds = /,\s*(\d+)\s*\)/.exec(expression)?.[1];
    if (seconds !== undefined && Number(seconds) > 0) return Number(seconds);
  }
  return null;
}

/** `${LABEL}` and `${PROP(…)}` name the metric; all other dynamic parts are computed over the window. */
function labelDependsOnWindow(label: string | null): boolean {
  const parts = [...(label ?? '').matchAll(/\$\{\s*([A-Z_]+)/g)].map(([, name]) => name);
  return parts.some((name) => name !== 'LABEL' && name !== 'PROP');
}
