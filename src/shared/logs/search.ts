/** A search with FilterLogEvents over many groups; its events go into the engine's dataset of the search's id. */
import { z } from 'zod';
import type { Failure } from '../failure';
import { logTargetSchema } from './groups';

export const logRunId = z.string().regex(/^[a-zA-Z0-9-]{1,64}$/);

export const logSearchSchema = z.strictObject({
  searchId: logRunId,
  targets: z.array(logTargetSchema).min(1).max(40),
  /** ms UTC. */
  startMs: z.number().int(),
  endMs: z.number().int(),
  /** CloudWatch's filter pattern; empty finds everything. */
  pattern: z.string().max(1_024),
  newestFirst: z.boolean(),
  /** Stops, resumable, once so many events were found. */
  maxEvents: z.number().int().min(1).max(10_000_000),
});
export type LogSearch = z.infer<typeof logSearchSchema>;

/** What was scanned of one group, so that a gap is never mistaken for silence. */
export interface GroupProgress {
  connectionId: string;
  region: string;
  group: string;
  phase: 'waiting' | 'searching' | 'done' | 'stopped' | 'failed';
  pages: number;
  /** Pages without events that went on. */
  emptyPages: number;
  events: number;
  /** How many the source says match in all; absent where it does not say (as CloudWatch). */
  matching?: number;
  bytes: number;
  throttles: number;
  /** The part of the window that has been read whole (ms UTC); null before the first page. */
  coveredFromMs: number | null;
  coveredToMs: number | null;
  failure: Failure | null;
}

export interface SearchProgress {
  searchId: string;
  /** `full`: `maxEvents` was reached; it can be resumed. */
  phase: 'searching' | 'done' | 'stopped' | 'full';
  groups: GroupProgress[];
  events: number;
  startedAt: number;
  endedAt: number | null;
}
