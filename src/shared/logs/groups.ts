import { z } from 'zod';
import type { Failure } from '../failure';

export const logTargetSchema = z.strictObject({
  connectionId: z.string().min(1).max(200),
  region: z.string().min(1).max(64),
  /** Names of log groups. */
  groups: z.array(z.string().min(1).max(512)).min(1).max(50),
});
/** Log groups of one connection and region that are searched, queried or followed together. */
export type LogTarget = z.infer<typeof logTargetSchema>;

export interface LogGroup {
  connectionId: string;
  region: string;
  name: string;
  arn: string;
  /** Null where CloudWatch did not say. */
  storedBytes: number | null;
  /** Null: kept for ever. */
  retentionDays: number | null;
  /** ms UTC. */
  createdAt: number | null;
  logClass: 'STANDARD' | 'INFREQUENT_ACCESS' | 'ESSENTIALS' | 'DELIVERY';
}

/** How far the groups of one connection and region are known. */
export interface GroupSource {
  connectionId: string;
  region: string;
  phase: 'loading' | 'ready' | 'stale' | 'failed';
  failure: Failure | null;
  asOf: number | null;
  count: number;
}

export interface GroupListing {
  sources: GroupSource[];
  /** JSON of `LogGroup[]`: one string, because accounts have thousands. */
  groupsJson: string;
}
