import { z } from 'zod';
import type { Failure } from '../failure';

/** AWS's limits of one GetMetricData call. https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html */
export const MAX_QUERIES_PER_CALL = 500;
export const MAX_POINTS_PER_CALL = 100_800;

export const metricIdSchema = z.strictObject({
  namespace: z.string().min(1).max(255),
  metricName: z.string().min(1).max(255),
  dimensions: z
    .array(z.strictObject({ name: z.string().min(1).max(255), value: z.string().max(1024) }))
    .max(30),
});
/** One metric of CloudWatch. */
export type MetricId = z.infer<typeof metricIdSchema>;

export const metricQuerySchema = z.strictObject({
  /** Unique within its group; expressions name other queries by it. */
  id: z.string().regex(/^[a-z][a-zA-Z0-9_]{0,254}$/),
  /** Exactly one of `metric` and `expression` is set. */
  metric: metricIdSchema.nullable(),
  /** Metric math, SEARCH or a Metrics Insights query. */
  expression: z.string().max(10_000).nullable(),
  /** `Average`, `p99`, `TM(10%:90%)` …; null for expressions. */
  stat: z.string().max(100).nullable(),
  /** Filters datapoints by their unit. */
  unit: z.string().max(50).nullable(),
  /** Seconds; null where an expression takes its inputs' period. */
  periodSeconds: z
    .number()
    .int()
    .min(1)
    .max(86_400 * 30)
    .nullable(),
  /** As written, `${…}` included; null leaves naming to the console. */
  label: z.string().max(2_000).nullable(),
  /** A linked source account (cross-account observability). */
  accountId: z
    .string()
    .regex(/^\d{12}$/)
    .nullable(),
  /** False: only an input of another query. */
  returnData: z.boolean(),
});
export type MetricQuery = z.infer<typeof metricQuerySchema>;

/** Queries that belong together (a widget's in one region): their ids mean something to each other only. */
export const queryGroupSchema = z.strictObject({
  connectionId: z.string().min(1).max(200),
  region: z.string().min(1).max(64),
  queries: z.array(metricQuerySchema).min(1).max(MAX_QUERIES_PER_CALL),
  /** ms UTC. */
  startMs: z.number().int(),
  endMs: z.number().int(),
  /** Zone that dynamic labels write times in, `+0200`. */
  labelOffset: z.string().regex(/^[+-]\d{4}$/),
});
export type QueryGroup = z.infer<typeof queryGroupSchema>;

/**
 * `cached`: what is known, memory or disk, without asking AWS. `due`: asks only where a new datapoint can
 * have come. `now`: a person asked for it.
 */
export const freshnesses = ['cached', 'due', 'now'] as const;
export type Freshness = (typeof freshnesses)[number];

/** One series of an answer; its values are `values[offset … offset + count)` of the set. */
export interface SeriesHead {
  queryId: string;
  /** Unique in the set: the query's id, or with a suffix where one query answers several (SEARCH, GROUP BY, bands). */
  key: string;
  /** CloudWatch's label where it named the series (dynamic labels, SEARCH, expressions); else null. */
  label: string | null;
  /** Time of the first value, ms UTC; value i is at `startMs + i × periodMs`. */
  startMs: number;
  periodMs: number;
  offset: number;
  count: number;
  status: 'complete' | 'partial' | 'failed';
  /** CloudWatch's own messages on this series (multiple units, limits …). */
  messages: string[];
}

/** The answer to a group. Bulk data crosses as one array; NaN is a gap, never zero. */
export interface SeriesSet {
  startMs: number;
  endMs: number;
  /** JSON of `SeriesHead[]`: one string, because hundreds of objects are slow across the bridge. */
  headsJson: string;
  values: Float64Array;
  /** When the oldest part was answered by AWS (ms); null when nothing was ever answered. */
  asOf: number | null;
  /** `paused`: the cost cap is reached; what is shown is what was known. */
  state: 'fresh' | 'cached' | 'paused';
  /** Why the newest question failed; the values are what was known before. */
  failure: Failure | null;
  /** Messages on the whole answer. */
  messages: string[];
}

/** What metric queries cost and whether the user's cap has stopped them. */
export interface MetricBudget {
  /** US dollars in the last 60 minutes, all connections, list price. */
  spentUsd: number;
  capUsd: number | null;
  paused: boolean;
  /** When spending falls under the cap again if nothing more is asked (ms); null while not paused. */
  resumesAt: number | null;
}
