import { ExpressionError } from './expression';
import { commonGrid, like, one, type Series, type Value, valuesOn } from './series';

/**
 * `IF(condition, yes, no)`, by datapoint where the condition is a line. A true condition whose `yes` has no
 * datapoint gives 0; a false one whose `no` has none, or is left out, gives no datapoint.
 */
export function choose(condition: Value, yes: Value, no: Value | null): Value {
  if (condition.kind === 'scalar') return whole(condition.value !== 0, yes, no);
  if (condition.kind !== 'series') {
    throw new ExpressionError("Function 'IF' requires a time series or a number as its condition");
  }
  const test = condition.series;
  const on = commonGrid([test, ...linesOf(yes), ...linesOf(no)]) ?? test.on;
  const tests = valuesOn(test, on);
  const taken = reader(yes, on);
  const other = no === null ? () => Number.NaN : reader(no, on);
  const values = tests.map((value, index) => {
    if (Number.isNaN(value)) return Number.NaN;
    if (value === 0) return other(index);
    const found = taken(index);
    return Number.isNaN(found) ? 0 : found;
  });
  const shown = yes.kind === 'series' ? yes.series : test;
  return one(like({ ...shown, on, label: '', metric: null }, values));
}

function whole(holds: boolean, yes: Value, no: Value | null): Value {
  const chosen = holds ? yes : no;
  if (chosen !== null) return chosen;
  if (yes.kind !== 'series') throw new ExpressionError("Function 'IF' must return a time series");
  return one(like(yes.series, new Float64Array(yes.series.on.length).fill(Number.NaN)));
}

const linesOf = (value: Value | null): Series[] => (value?.kind === 'series' ? [value.series] : []);

function reader(value: Value, on: Series['on']): (index: number) => number {
  switch (value.kind) {
    case 'scalar':
      return () => value.value;
    case 'series': {
      const values = valuesOn(value.series, on);
      return (index) => values[index] ?? Number.NaN;
    }
    case 'list':
    case 'text':
      throw new ExpressionError("Function 'IF' requires time series or numbers");
  }
}
