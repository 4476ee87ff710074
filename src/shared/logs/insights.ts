/** Logs Insights queries, one StartQuery for each target. */
import { z } from 'zod';
import type { Failure } from '../failure';
import { logTargetSchema } from './groups';
import { logRunId } from './search';

export const insightsLanguages = ['CWLI', 'PPL', 'SQL'] as const;

export const insightsQuerySchema = z.strictObject({
  queryId: logRunId,
  targets: z.array(logTargetSchema).min(1).max(40),
  startMs: z.number().int(),
  endMs: z.number().int(),
  query: z.string().min(1).max(10_000),
  language: z.enum(insightsLanguages),
  /** Rows; CloudWatch gives 10,000 at most. */
  limit: z.number().int().min(1).max(10_000),
});
export type InsightsQuery = z.infer<typeof insightsQuerySchema>;

export interface InsightsTarget {
  connectionId: string;
  region: string;
  status:
    | 'waiting'
    | 'scheduled'
    | 'running'
    | 'complete'
    | 'failed'
    | 'cancelled'
    | 'timeout'
    | 'unknown';
  recordsMatched: number;
  recordsScanned: number;
  bytesScanned: number;
  rows: number;
  failure: Failure | null;
  /** Where the query does not parse: offsets of characters, the end not included. */
  mistake?: { start: number; end: number } | null;
}

export interface InsightsState {
  queryId: string;
  phase: 'running' | 'complete' | 'stopped' | 'failed';
  targets: InsightsTarget[];
  /** In the order CloudWatch gave them; `@ptr` left out. */
  columns: string[];
  rows: number;
  /** Grows when rows changed: partial rows are replaced by later ones. */
  revision: number;
  /** US dollars, list price by bytes scanned. */
  costUsd: number;
  startedAt: number;
  endedAt: number | null;
}

/** Rows of a query: JSON of `{ target: index, ptr: string | null, values: (string | null)[] }[]`. */
export interface InsightsRows {
  revision: number;
  rowsJson: string;
}

export interface InsightsEstimate {
  bytes: number;
  usd: number;
  /** One sentence: what the estimate rests on. */
  basis: string;
}

/** A query saved in the account or on disk. */
export interface SavedQuery {
  id: string;
  name: string;
  source: 'account' | 'disk' | 'starter';
  connectionId: string | null;
  region: string | null;
  groups: string[];
  query: string;
  language: (typeof insightsLanguages)[number];
  /** How far back it is meant to look (ms); left out where it does not say. */
  rangeMs?: number;
}
