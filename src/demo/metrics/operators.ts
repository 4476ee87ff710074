import { ExpressionError, type Operator } from './expression';
import {
  commonGrid,
  like,
  many,
  mapPoints,
  one,
  scalar,
  type Series,
  typeName,
  type Value,
  valuesOn,
} from './series';

type Apply = (a: number, b: number) => number;

const operators: Record<Operator, Apply> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  // A division by zero drops the datapoint.
  '/': (a, b) => (b === 0 ? Number.NaN : a / b),
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

export const negate = (value: Value): Value => combine('*', scalar(-1), value);

/** Two values by an operator. Throws `ExpressionError` for two arrays and for texts. */
export function combine(operator: Operator, a: Value, b: Value): Value {
  const apply = operators[operator];
  if (a.kind === 'scalar' && b.kind === 'scalar') return scalar(apply(a.value, b.value));
  if (a.kind === 'scalar' && b.kind === 'series') {
    return one(mapPoints(b.series, (value) => apply(a.value, value)));
  }
  if (a.kind === 'series' && b.kind === 'scalar') {
    return one(mapPoints(a.series, (value) => apply(value, b.value)));
  }
  if (a.kind === 'series' && b.kind === 'series') return one(pair(a.series, b.series, apply));
  if (a.kind === 'list' && b.kind === 'scalar') {
    return many(a.list.map((line) => mapPoints(line, (value) => apply(value, b.value))));
  }
  if (a.kind === 'scalar' && b.kind === 'list') {
    return many(b.list.map((line) => mapPoints(line, (value) => apply(a.value, value))));
  }
  if (a.kind === 'list' && b.kind === 'series') {
    return many(a.list.map((line) => named(pair(line, b.series, apply), line)));
  }
  if (a.kind === 'series' && b.kind === 'list') {
    return many(b.list.map((line) => named(pair(a.series, line, apply), line)));
  }
  throw new ExpressionError(
    `Unsupported operand type(s) for ${operator}: '${typeName(a)}' and '${typeName(b)}'`,
  );
}

const named = (result: Series, { label, metric }: Series): Series => ({ ...result, label, metric });

/** Where only one of two lines has a datapoint, the other counts as 0. */
function pair(a: Series, b: Series, apply: Apply): Series {
  const on = commonGrid([a, b]) ?? a.on;
  const left = valuesOn(a, on);
  const right = valuesOn(b, on);
  const values = new Float64Array(on.length);
  for (let index = 0; index < on.length; index += 1) {
    const x = left[index] ?? Number.NaN;
    const y = right[index] ?? Number.NaN;
    const noneX = Number.isNaN(x);
    const noneY = Number.isNaN(y);
    values[index] = noneX && noneY ? Number.NaN : apply(noneX ? 0 : x, noneY ? 0 : y);
  }
  return like({ on, values, label: '', metric: null }, values);
}
