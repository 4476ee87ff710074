import type { MetricQuery, MetricStat } from '../model';
import { ExpressionError, parseExpression } from './expression';
import { type Grid, gridOf, type Window } from './grid';
import { isInsights, parseInsights } from './insights/parse-insights';
import { runInsights } from './insights/run-insights';
import { defaultLabels } from './labels';
import { compute, type Scope } from './math';
import { type Column, type MetricIdentity, metricKey, type MetricSource } from './metric-source';
import { findMetrics } from './search/find-metrics';
import { parseSearch } from './search/parse-search';
import { many, one, type Series, type SeriesMetric, type Value } from './series';
import { parseStatistic } from './statistic-name';
import type { Steps } from './steps';

/** Most series one search answers, and how many of them when it finds more. */
const MAX_FOUND = 500;
const FOUND_OF_TOO_MANY = 100;
const MINUTE = 60_000;

export interface Request {
  source: MetricSource;
  accountId: string;
  queries: readonly MetricQuery[];
  /** ms. */
  now: number;
  /** Told when a search finds more than can be answered. */
  onTooMany?: () => void;
}

/** One metric's statistic on a grid, as long as CloudWatch keeps it. */
export function measure(source: MetricSource, stat: MetricStat, on: Grid, now: number): Column {
  const spec = parseStatistic(stat.Stat);
  if (spec === null) throw new RangeError(`unknown statistic ${stat.Stat}`);
  const { Namespace, MetricName, Dimensions } = stat.Metric;
  return source.column(metricKey(Namespace, MetricName, Dimensions), spec, on, now, stat.Unit);
}

/** The period of expressions that name none, ms: the longest of the request's metrics. */
const periodOfRequest = (queries: readonly MetricQuery[]): number =>
  Math.max(60, ...queries.map((query) => query.MetricStat?.Period ?? 0)) * 1000;

/** Queries by id over one window, each computed once. */
export class Solver {
  private readonly done = new Map<string, Value>();
  private readonly open = new Set<string>();
  private readonly byId: ReadonlyMap<string, MetricQuery>;
  private readonly periodMs: number;
  private names: ReadonlyMap<string, string> | null = null;

  constructor(
    private readonly request: Request,
    private readonly window: Window,
  ) {
    this.byId = new Map(request.queries.map((query) => [query.Id, query]));
    this.periodMs = periodOfRequest(request.queries);
  }

  /** Throws `ExpressionError` for unknown ids, circles and whatever is wrong with an expression. */
  *resolve(id: string): Steps<Value> {
    const known = this.done.get(id);
    if (known !== undefined) return known;
    const query = this.byId.get(id);
    if (query === undefined) throw new ExpressionError(`ID '${id}' not found`);
    if (this.open.has(id)) throw new ExpressionError(`Circular dependency involving '${id}'`);
    this.open.add(id);
    const value = yield* this.solve(query);
    this.open.delete(id);
    this.done.set(id, value);
    return value;
  }

  private *solve(query: MetricQuery): Steps<Value> {
    const { MetricStat: stat, Expression: expression = '' } = query;
    if (stat !== undefined) {
      yield;
      const { Namespace: namespace, MetricName: metricName, Dimensions: dimensions } = stat.Metric;
      return one(
        this.read({ namespace, metricName, dimensions }, stat.Stat, stat.Period * 1000, stat.Unit),
      );
    }
    if (isInsights(expression)) return yield* this.insights(query, expression);
    return yield* compute(parseExpression(expression), this.scopeOf(query));
  }

  private *insights(query: MetricQuery, expression: string): Steps<Value> {
    if (query.Period === undefined) {
      throw new ExpressionError('Period is a required field when using query within an expression');
    }
    const parsed = parseInsights(expression);
    const { now } = this.request;
    const on = gridOf(this.window, Math.max(query.Period * 1000, MINUTE), now);
    const lines = yield* runInsights(parsed, this.request, on, now);
    const [only] = lines;
    return parsed.groupBy.length > 0 || only === undefined ? many(lines) : one(only);
  }

  private scopeOf(query: MetricQuery): Scope {
    const { request } = this;
    return {
      window: this.window,
      now: request.now,
      periodMs: query.Period === undefined ? this.periodMs : query.Period * 1000,
      resolve: (id) => this.resolve(id),
      metrics: (filter) => this.metrics(filter),
      search: (text, stat, periodMs) => this.search(text, stat, periodMs),
      over: (window) => new Solver(request, window).scopeOf(query),
      quotaOf: (metric) => request.source.quotaOf(metric),
    };
  }

  private *metrics(filter: string): Steps<Series[]> {
    const lines: Series[] = [];
    for (const query of this.request.queries) {
      if (query.MetricStat === undefined || !query.Id.includes(filter)) continue;
      const value = yield* this.resolve(query.Id);
      if (value.kind !== 'series') continue;
      lines.push({ ...value.series, label: this.nameOf(query) });
    }
    return lines;
  }

  private nameOf(query: MetricQuery): string {
    this.names ??= defaultLabelsById(this.request.queries);
    const own = query.Label ?? '';
    return own === '' ? (this.names.get(query.Id) ?? query.Id) : own;
  }

  private *search(text: string, stat: string | null, periodMs: number): Steps<Series[]> {
    const name = stat ?? 'Average';
    if (parseStatistic(name) === null) {
      throw new ExpressionError(
        `Invalid search expression: the statistic ${name} is not supported`,
      );
    }
    if (!isPeriod(periodMs / 1000)) {
      throw new ExpressionError('Invalid search expression: the period is not supported');
    }
    const { source, accountId } = this.request;
    const all = yield* findMetrics(source.list(), parseSearch(text), accountId);
    if (all.length > MAX_FOUND) this.request.onTooMany?.();
    const found = all.length > MAX_FOUND ? all.slice(0, FOUND_OF_TOO_MANY) : all;
    const lines: Series[] = [];
    for (const metric of found) {
      lines.push(this.read(metric, name, periodMs));
      yield;
    }
    return labelled(lines);
  }

  private read(metric: MetricIdentity, stat: string, periodMs: number, unit?: string): Series {
    const { namespace, metricName, dimensions } = metric;
    const { source, now } = this.request;
    const on = gridOf(this.window, periodMs, now);
    const from: SeriesMetric = { ...metric, stat, period: periodMs / 1000 };
    const Metric = { Namespace: namespace, MetricName: metricName, Dimensions: dimensions };
    const asked = { Metric, Period: periodMs / 1000, Stat: stat, Unit: unit };
    const { values } = measure(source, asked, on, now);
    return { on, values, label: '', metric: from };
  }
}

/** Seconds CloudWatch can aggregate over. */
export const isPeriod = (seconds: number): boolean =>
  [1, 5, 10, 20, 30].includes(seconds) || (seconds > 0 && seconds % 60 === 0);

function labelled(lines: Series[]): Series[] {
  const metrics = lines.flatMap((line) => (line.metric === null ? [] : [line.metric]));
  const labels = defaultLabels(metrics, true);
  return lines
    .map((line, index) => ({ ...line, label: labels[index] ?? '' }))
    .sort((a, b) => (a.label < b.label ? -1 : a.label > b.label ? 1 : 0));
}

/** What tells a request's metrics apart where they are not labelled, by id. */
export function defaultLabelsById(queries: readonly MetricQuery[]): ReadonlyMap<string, string> {
  const plain = queries.filter((query) => query.MetricStat !== undefined);
  const labels = defaultLabels(plain.flatMap(metricOf), false);
  return new Map(plain.map((query, index) => [query.Id, labels[index] ?? query.Id]));
}

function metricOf({ MetricStat: stat }: MetricQuery): SeriesMetric[] {
  if (stat === undefined) return [];
  const { Namespace: namespace, MetricName: metricName, Dimensions: dimensions } = stat.Metric;
  return [{ namespace, metricName, dimensions, stat: stat.Stat, period: stat.Period }];
}
