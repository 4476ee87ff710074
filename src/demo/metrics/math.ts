import { type Expression, ExpressionError } from './expression';

/** A series on a common grid of periods; null where there is no data. */
export type Points = readonly (number | null)[];

export type Value =
  | { kind: 'scalar'; value: number }
  | { kind: 'text'; value: string }
  | { kind: 'series'; points: Points }
  | { kind: 'list'; series: Points[] }
  | { kind: 'band'; lower: Points; upper: Points };

/** What an expression may name: other queries by id (a metric's own marks it for METRICS()). */
export interface Scope {
  resolve(id: string): Value;
  metrics(filter: string): Points[];
  /** Periods in the grid. */
  length: number;
}

const series = (points: Points): Value => ({ kind: 'series', points });

/** Computes an expression over the grid. Throws `ExpressionError` for what the demo does not know. */
export function compute(expression: Expression, scope: Scope): Value {
  switch (expression.kind) {
    case 'number':
      return { kind: 'scalar', value: expression.value };
    case 'text':
      return { kind: 'text', value: expression.value };
    case 'id':
      return scope.resolve(expression.name);
    case 'negate':
      return combine(compute(expression.of, scope), { kind: 'scalar', value: -1 }, (a, b) => a * b);
    case 'binary':
      return combine(
        compute(expression.left, scope),
        compute(expression.right, scope),
        operator(expression.operator),
      );
    case 'call':
      return call(expression.name, expression.args, scope);
  }
}

function operator(sign: string): (a: number, b: number) => number | null {
  const operators: Record<string, (a: number, b: number) => number | null> = {
    '+': (a, b) => a + b,
    '-': (a, b) => a - b,
    '*': (a, b) => a * b,
    // CloudWatch gives no datapoint for a division by zero.
    '/': (a, b) => (b === 0 ? null : a / b),
    '^': (a, b) => a ** b,
    '<': (a, b) => Number(a < b),
    '>': (a, b) => Number(a > b),
    '<=': (a, b) => Number(a <= b),
    '>=': (a, b) => Number(a >= b),
    '==': (a, b) => Number(a === b),
    '!=': (a, b) => Number(a !== b),
    '&&': (a, b) => Number(a !== 0 && b !== 0),
    '||': (a, b) => Number(a !== 0 || b !== 0),
  };
  const found = operators[sign];
  if (found === undefined) throw new ExpressionError(`unknown operator ${sign}`);
  return found;
}

function combine(a: Value, b: Value, apply: (a: number, b: number) => number | null): Value {
  if (a.kind === 'scalar' && b.kind === 'scalar') {
    return { kind: 'scalar', value: apply(a.value, b.value) ?? 0 };
  }
  if (a.kind === 'list')
    return {
      kind: 'list',
      series: a.series.map((one) => pointsOf(combine(series(one), b, apply))),
    };
  const length = a.kind === 'series' ? a.points.length : pointsOf(b).length;
  const at = (value: Value, index: number): number | null =>
    value.kind === 'scalar' ? value.value : (pointsOf(value)[index] ?? null);
  return series(
    Array.from({ length }, (_, index) => {
      const left = at(a, index);
      const right = at(b, index);
      return left === null || right === null ? null : apply(left, right);
    }),
  );
}

function pointsOf(value: Value): Points {
  if (value.kind !== 'series')
    throw new ExpressionError(`expected a time series, found ${value.kind}`);
  return value.points;
}

function call(name: string, args: readonly Expression[], scope: Scope): Value {
  if (name === 'METRICS') {
    const filter = args[0] === undefined ? null : compute(args[0], scope);
    return { kind: 'list', series: scope.metrics(filter?.kind === 'text' ? filter.value : '') };
  }
  const [first, second, third] = args;
  if (first === undefined) throw new ExpressionError(`${name} needs an argument`);
  if (name === 'FILL') return fill(compute(first, scope), second, scope);
  const value = compute(first, scope);
  switch (name) {
    case 'SUM':
      return reduce(value, scope.length, (values) => values.reduce((a, b) => a + b, 0));
    case 'AVG':
      return reduce(
        value,
        scope.length,
        (values) => values.reduce((a, b) => a + b, 0) / values.length,
      );
    case 'MIN':
      return reduce(value, scope.length, (values) => Math.min(...values));
    case 'MAX':
      return reduce(value, scope.length, (values) => Math.max(...values));
    case 'ABS':
      return each(value, Math.abs);
    case 'CEIL':
      return each(value, Math.ceil);
    case 'FLOOR':
      return each(value, Math.floor);
    case 'IF': {
      if (second === undefined || third === undefined)
        throw new ExpressionError('IF needs three arguments');
      return choose(value, compute(second, scope), compute(third, scope), scope.length);
    }
    case 'ANOMALY_DETECTION_BAND':
      return band(pointsOf(value), second?.kind === 'number' ? second.value : 2);
    default:
      throw new ExpressionError(`unknown function ${name}`);
  }
}

/** A list becomes a series (per period), a series a scalar. */
function reduce(value: Value, length: number, apply: (values: number[]) => number): Value {
  if (value.kind === 'list') {
    return series(
      Array.from({ length }, (_, index) => {
        const present = value.series.map((one) => one[index] ?? null).filter((v) => v !== null);
        return present.length === 0 ? null : apply(present);
      }),
    );
  }
  if (value.kind === 'scalar') return value;
  const present = pointsOf(value).filter((v) => v !== null);
  return { kind: 'scalar', value: present.length === 0 ? 0 : apply(present) };
}

const each = (value: Value, apply: (v: number) => number): Value =>
  combine(value, { kind: 'scalar', value: 0 }, (v) => apply(v));

function fill(value: Value, how: Expression | undefined, scope: Scope): Value {
  if (value.kind === 'list')
    return {
      kind: 'list',
      series: value.series.map((one) => pointsOf(fill(series(one), how, scope))),
    };
  const repeatLast = how?.kind === 'id' && how.name.toUpperCase() === 'REPEAT';
  const filler = how === undefined || repeatLast ? null : compute(how, scope);
  let last: number | null = null;
  return series(
    pointsOf(value).map((point, index) => {
      if (point !== null) last = point;
      if (point !== null || repeatLast) return point ?? last;
      return filler?.kind === 'scalar'
        ? filler.value
        : filler?.kind === 'series'
          ? (filler.points[index] ?? null)
          : null;
    }),
  );
}

function choose(test: Value, yes: Value, no: Value, length: number): Value {
  const at = (value: Value, index: number): number | null =>
    value.kind === 'scalar' ? value.value : (pointsOf(value)[index] ?? null);
  if (test.kind === 'scalar') return test.value === 0 ? no : yes;
  return series(
    Array.from({ length }, (_, index) => {
      const condition = at(test, index);
      return condition === null ? null : at(condition === 0 ? no : yes, index);
    }),
  );
}

/** Mean ± width deviations of what the grid shows: enough to draw and to compare with. */
function band(points: Points, width: number): Value {
  const present = points.filter((v) => v !== null);
  const mean = present.reduce((a, b) => a + b, 0) / Math.max(1, present.length);
  const variance = present.reduce((a, b) => a + (b - mean) ** 2, 0) / Math.max(1, present.length);
  const reach = width * Math.sqrt(variance);
  return {
    kind: 'band',
    lower: points.map(() => mean - reach),
    upper: points.map(() => mean + reach),
  };
}
