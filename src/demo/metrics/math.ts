import { bandAround, lineOfBand, trainingWindow } from './band';
import { choose } from './choose';
import { type Expression, ExpressionError } from './expression';
import { gridOf, type Window } from './grid';
import { fillerFor, fillLine, lineFunctions, timeFunctions, timesOf } from './line-functions';
import { combine, negate } from './operators';
import { reduce, type Reducer, reducers } from './reduce';
import {
  like,
  many,
  mapLines,
  notSupported,
  one,
  scalar,
  type Series,
  type SeriesMetric,
  type Value,
} from './series';
import { sortLines } from './sort-lines';
import type { Steps } from './steps';

/** What an expression may ask of the request it stands in. */
export interface Scope {
  window: Window;
  /** ms. */
  now: number;
  /** Period of a line made of nothing (`TIME_SERIES`) and of a search that names none, ms. */
  periodMs: number;
  resolve(id: string): Steps<Value>;
  /** The request's metrics whose id contains the text. */
  metrics(filter: string): Steps<Series[]>;
  search(text: string, stat: string | null, periodMs: number): Steps<Series[]>;
  /** The same request over another time. */
  over(window: Window): Scope;
  /** Null for a metric without a quota. */
  quotaOf(metric: SeriesMetric): number | null;
}

type Arguments = readonly Expression[];
type Compute = (args: Arguments, scope: Scope) => Steps<Value>;

/** Computes an expression. Throws `ExpressionError` with CloudWatch's words where they are known. */
export function* compute(expression: Expression, scope: Scope): Steps<Value> {
  switch (expression.kind) {
    case 'number':
      return scalar(expression.value);
    case 'text':
      return { kind: 'text', value: expression.value };
    case 'id':
      return yield* scope.resolve(expression.name);
    case 'array':
      return many(yield* linesOf(expression.of, scope));
    case 'negate':
      return negate(yield* compute(expression.of, scope));
    case 'binary': {
      const left = yield* compute(expression.left, scope);
      const right = yield* compute(expression.right, scope);
      return combine(expression.operator, left, right);
    }
    case 'call':
      return yield* call(expression.name, expression.args, scope);
  }
}

function* call(name: string, args: Arguments, scope: Scope): Steps<Value> {
  const special = specials.get(name);
  if (special !== undefined) return yield* special(args, scope);
  const reducer = reducers.find((known) => known === name);
  if (reducer !== undefined) return reduce(reducer, yield* only(name, args, scope));
  const byLine = lineFunctions.get(name);
  if (byLine !== undefined) return mapLines(yield* only(name, args, scope), byLine, name);
  const ofTime = timeFunctions.get(name);
  if (ofTime !== undefined) {
    return mapLines(yield* only(name, args, scope), (line) => timesOf(line, ofTime), name);
  }
  throw new ExpressionError(`Function '${name}' not found`);
}

/** The lines of several arguments, in order. */
function* linesOf(args: Arguments, scope: Scope): Steps<Series[]> {
  const lines: Series[] = [];
  for (const arg of args) {
    const value = yield* compute(arg, scope);
    if (value.kind === 'series') lines.push(value.series);
    else if (value.kind === 'list') lines.push(...value.list);
    else throw new ExpressionError('An array can only contain time series');
  }
  return lines;
}

function* only(name: string, args: Arguments, scope: Scope): Steps<Value> {
  const [arg] = args;
  if (arg === undefined || args.length > 1) throw argumentCount(name);
  return yield* compute(arg, scope);
}

const argumentCount = (name: string): ExpressionError =>
  new ExpressionError(`Function '${name}' was given the wrong number of arguments`);

function need(name: string, args: Arguments, index: number): Expression {
  const arg = args[index];
  if (arg === undefined) throw argumentCount(name);
  return arg;
}

function* list(name: string, args: Arguments, scope: Scope): Steps<Series[]> {
  const value = yield* compute(need(name, args, 0), scope);
  if (value.kind === 'list') return value.list;
  throw notSupported(name, value);
}

function* number(name: string, arg: Expression, scope: Scope): Steps<number> {
  const value = yield* compute(arg, scope);
  if (value.kind === 'scalar') return value.value;
  throw notSupported(name, value);
}

const textOf = (arg: Expression | undefined): string | null =>
  arg?.kind === 'text' ? arg.value : null;
const wordOf = (arg: Expression | undefined): string => (arg?.kind === 'id' ? arg.name : '');

const unavailable = (name: string, why: string): Compute =>
  function* () {
    yield;
    throw new ExpressionError(`Function '${name}' ${why}`);
  };

const specials: ReadonlyMap<string, Compute> = new Map<string, Compute>([
  ['METRICS', metricsOf],
  ['SEARCH', search],
  ['IF', iff],
  ['FILL', fill],
  ['SORT', sort],
  ['SLICE', slice],
  ['ANOMALY_DETECTION_BAND', band],
  ['SERVICE_QUOTA', serviceQuota],
  [
    'CONCAT',
    function* (args, scope) {
      return many(yield* linesOf(args, scope));
    },
  ],
  [
    'FIRST',
    function* (args, scope) {
      return edge('FIRST', (yield* list('FIRST', args, scope))[0]);
    },
  ],
  [
    'LAST',
    function* (args, scope) {
      return edge('LAST', (yield* list('LAST', args, scope)).at(-1));
    },
  ],
  [
    'METRIC_COUNT',
    function* (args, scope) {
      return scalar((yield* list('METRIC_COUNT', args, scope)).length);
    },
  ],
  [
    'REMOVE_EMPTY',
    function* (args, scope) {
      const lines = yield* list('REMOVE_EMPTY', args, scope);
      return many(lines.filter(({ values }) => values.some((value) => !Number.isNaN(value))));
    },
  ],
  [
    'PERIOD',
    function* (args, scope) {
      const value = yield* only('PERIOD', args, scope);
      if (value.kind !== 'series') throw notSupported('PERIOD', value);
      return scalar(value.series.on.periodMs / 1000);
    },
  ],
  [
    'TIME_SERIES',
    function* (args, scope) {
      const value = yield* number('TIME_SERIES', need('TIME_SERIES', args, 0), scope);
      const on = gridOf(scope.window, scope.periodMs, scope.now);
      const values = new Float64Array(on.length).fill(value);
      return one(like({ on, values, label: '', metric: null }, values));
    },
  ],
  ['LAMBDA', unavailable('LAMBDA', 'is not supported: this account has no data source connector')],
  [
    'DB_PERF_INSIGHTS',
    unavailable('DB_PERF_INSIGHTS', 'is not supported: no database has Performance Insights on'),
  ],
  [
    'INSIGHT_RULE_METRIC',
    unavailable('INSIGHT_RULE_METRIC', 'refers to a Contributor Insights rule that does not exist'),
  ],
]);

function edge(name: string, line: Series | undefined): Value {
  if (line === undefined) throw new ExpressionError(`Function '${name}' was given an empty array`);
  return one(line);
}

function* metricsOf(args: Arguments, scope: Scope): Steps<Value> {
  const [filter] = args;
  if (args.length > 1 || (filter !== undefined && filter.kind !== 'text')) {
    throw argumentCount('METRICS');
  }
  return many(yield* scope.metrics(textOf(filter) ?? ''));
}

function* search(args: Arguments, scope: Scope): Steps<Value> {
  const text = textOf(args[0]);
  if (text === null || args.length > 3) throw argumentCount('SEARCH');
  const stat = args[1] === undefined ? null : textOf(args[1]);
  const period =
    args[2] === undefined ? scope.periodMs : 1000 * (yield* number('SEARCH', args[2], scope));
  return many(yield* scope.search(text, stat, period));
}

function* iff(args: Arguments, scope: Scope): Steps<Value> {
  const [test, yes, no] = args;
  if (test === undefined || yes === undefined || args.length > 3) throw argumentCount('IF');
  return choose(
    yield* compute(test, scope),
    yield* compute(yes, scope),
    no === undefined ? null : yield* compute(no, scope),
  );
}

function* fill(args: Arguments, scope: Scope): Steps<Value> {
  if (args.length !== 2) throw argumentCount('FILL');
  const value = yield* compute(need('FILL', args, 0), scope);
  const how = need('FILL', args, 1);
  const word = wordOf(how);
  const filling: Value | null =
    word === 'REPEAT' || word === 'LINEAR' ? null : yield* compute(how, scope);
  return mapLines(value, (line) => fillLine(line, fillerFor(line, word, filling)), 'FILL');
}

const sorters: readonly Reducer[] = ['AVG', 'MIN', 'MAX', 'SUM'];

function* sort(args: Arguments, scope: Scope): Steps<Value> {
  const lines = yield* list('SORT', args, scope);
  const by = sorters.find((name) => name === wordOf(args[1]));
  const order = wordOf(args[2]);
  if (by === undefined || (order !== 'ASC' && order !== 'DESC')) throw argumentCount('SORT');
  const limit = args[3] === undefined ? lines.length : yield* number('SORT', args[3], scope);
  return many(sortLines(lines, by, order).slice(0, Math.max(0, limit)));
}

function* slice(args: Arguments, scope: Scope): Steps<Value> {
  const lines = yield* list('SLICE', args, scope);
  const from = yield* number('SLICE', need('SLICE', args, 1), scope);
  const to = args[2] === undefined ? lines.length : yield* number('SLICE', args[2], scope);
  return many(lines.slice(Math.max(0, from), Math.max(0, to)));
}

function* band(args: Arguments, scope: Scope): Steps<Value> {
  const around = need('ANOMALY_DETECTION_BAND', args, 0);
  const width = args[1] === undefined ? 2 : yield* number('ANOMALY_DETECTION_BAND', args[1], scope);
  const line = lineOfBand(yield* compute(around, scope));
  const past = yield* compute(around, scope.over(trainingWindow(line)));
  return bandAround(line, past, width);
}

function* serviceQuota(args: Arguments, scope: Scope): Steps<Value> {
  const value = yield* only('SERVICE_QUOTA', args, scope);
  return mapLines(
    value,
    (line) => {
      const quota = line.metric === null ? null : scope.quotaOf(line.metric);
      if (quota === null) {
        throw new ExpressionError("Function 'SERVICE_QUOTA' requires a usage metric with a quota");
      }
      return like(line, new Float64Array(line.on.length).fill(quota));
    },
    'SERVICE_QUOTA',
  );
}
