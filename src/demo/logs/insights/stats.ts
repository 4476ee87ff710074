import { numberOf, textOf } from './functions';
import type { AggregateName } from './aggregate-names';
import type { Expression } from './expression';
import type { Row, Value } from './row';
import { order } from './compare';

/** Gathers one figure over the rows of a group. */
export interface Gatherer {
  add(row: Row): void;
  result(): Value;
}

export type Maker = (argument: Expression | null, second: number | null) => Gatherer;

/** As many values as a percentile is worked out from exactly; above, every other one is let go. */
const KEPT = 200_000;

const overNumbers = (
  argument: Expression | null,
  add: (value: number) => void,
  result: () => Value,
): Gatherer => ({
  add(row) {
    const value = argument === null ? null : numberOf(argument.of(row));
    if (value !== null) add(value);
  },
  result,
});

function count(argument: Expression | null): Gatherer {
  let total = 0;
  return {
    add(row) {
      if (argument === null || argument.of(row) !== null) total += 1;
    },
    result: () => total,
  };
}

function sum(argument: Expression | null): Gatherer {
  let total = 0;
  return overNumbers(
    argument,
    (value) => (total += value),
    () => total,
  );
}

function average(argument: Expression | null): Gatherer {
  let total = 0;
  let values = 0;
  const add = (value: number): void => {
    total += value;
    values += 1;
  };
  return overNumbers(argument, add, () => (values === 0 ? null : total / values));
}

/** Of text too: the first or last by order. */
const extreme =
  (sign: 1 | -1) =>
  (argument: Expression | null): Gatherer => {
    let best: Value = null;
    return {
      add(row) {
        const value = argument?.of(row) ?? null;
        if (value !== null && (best === null || order(value, best) * sign > 0)) best = value;
      },
      result: () => best,
    };
  };

function deviation(argument: Expression | null): Gatherer {
  let values = 0;
  let mean = 0;
  let squares = 0;
  const add = (value: number): void => {
    values += 1;
    const delta = value - mean;
    mean += delta / values;
    squares += delta * (value - mean);
  };
  return overNumbers(argument, add, () =>
    values < 2 ? (values === 0 ? null : 0) : Math.sqrt(squares / (values - 1)),
  );
}

function percentile(argument: Expression | null, percent: number | null): Gatherer {
  let values: number[] = [];
  const add = (value: number): void => {
    values.push(value);
    if (values.length > KEPT) values = values.filter((_, index) => index % 2 === 0);
  };
  return overNumbers(argument, add, () => {
    if (values.length === 0) return null;
    const sorted = [...values].sort((a, b) => a - b);
    const rank = Math.ceil(((percent ?? 50) / 100) * sorted.length);
    return sorted[Math.min(sorted.length, Math.max(1, rank)) - 1] ?? null;
  });
}

function distinct(argument: Expression | null): Gatherer {
  const seen = new Set<string>();
  return {
    add(row) {
      const value = argument?.of(row) ?? null;
      if (value !== null) seen.add(textOf(value));
    },
    result: () => seen.size,
  };
}

/** The value of the row that is first or last in time. */
const byTime =
  (sign: 1 | -1) =>
  (argument: Expression | null): Gatherer => {
    let at: number | null = null;
    let best: Value = null;
    return {
      add(row) {
        const time = numberOf(row.get('@timestamp'));
        const value = argument?.of(row) ?? null;
        if (value === null || time === null || (at !== null && (time - at) * sign <= 0)) return;
        at = time;
        best = value;
      },
      result: () => best,
    };
  };

/** By name in lower case. */
export const aggregates: ReadonlyMap<AggregateName, Maker> = new Map<AggregateName, Maker>([
  ['count', count],
  ['count_distinct', distinct],
  ['sum', sum],
  ['avg', average],
  ['min', extreme(-1)],
  ['max', extreme(1)],
  ['stddev', deviation],
  ['pct', percentile],
  ['percentile', percentile],
  ['median', percentile],
  ['earliest', byTime(-1)],
  ['latest', byTime(1)],
  ['sortsfirst', extreme(-1)],
  ['sortslast', extreme(1)],
]);
