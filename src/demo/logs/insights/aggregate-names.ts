const names = [
  'count',
  'count_distinct',
  'sum',
  'avg',
  'min',
  'max',
  'stddev',
  'pct',
  'percentile',
  'median',
  'earliest',
  'latest',
  'sortsfirst',
  'sortslast',
] as const;

/** Functions of many rows, in lower case. */
export type AggregateName = (typeof names)[number];

export const aggregateNames: ReadonlySet<string> = new Set(names);

export const isAggregate = (name: string): name is AggregateName => aggregateNames.has(name);

/** Those whose value is a time when their argument is one. */
export const keepsTime = (name: string): boolean =>
  ['min', 'max', 'earliest', 'latest', 'sortsfirst', 'sortslast'].includes(name);
