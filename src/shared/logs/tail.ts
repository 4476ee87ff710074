/** Live tail; its events go into the engine's dataset of the tail's id. */
import { z } from 'zod';
import type { Failure } from '../failure';
import { logTargetSchema } from './groups';
import { logRunId } from './search';

export const logTailSchema = z.strictObject({
  tailId: logRunId,
  targets: z.array(logTargetSchema).min(1).max(5),
  pattern: z.string().max(1_024),
});
export type LogTail = z.infer<typeof logTailSchema>;

export interface TailTarget {
  connectionId: string;
  region: string;
  /** `polling`: live tail is denied or not there, so the groups are searched every few seconds. */
  phase: 'connecting' | 'live' | 'polling' | 'failed' | 'ended';
  events: number;
  /** AWS left events out because there were more than it sends. */
  sampled: boolean;
  failure: Failure | null;
}

export interface TailState {
  tailId: string;
  targets: TailTarget[];
  /** Events a second over the last 10 s. */
  rate: number;
  startedAt: number;
  endedAt: number | null;
}
