/** Exports of log events to a file: what a view shows, or everything found in a range however long. */
import { z } from 'zod';
import type { Failure } from '../failure';
import { exportFormats } from './engine-protocol';
import type { ExportFormat } from './engine-protocol';
import { logRunId, logSearchSchema } from './search';

const name = z.string().min(1).max(200);

export const logExportSchema = z.strictObject({
  exportId: logRunId,
  what: z.discriminatedUnion('kind', [
    /** The rows that a view of the engine holds now, in its order. */
    z.strictObject({ kind: z.literal('view'), dataset: name, view: name }),
    /** All events of the search's range and pattern, from CloudWatch; `maxEvents` does not count. */
    z.strictObject({ kind: z.literal('search'), search: logSearchSchema }),
  ]),
  format: z.enum(exportFormats),
  /** Fields of a CSV beside time, region, group, stream and message. */
  columns: z.array(z.string().min(1).max(4_096)).max(200),
});
export type LogExport = z.infer<typeof logExportSchema>;

/** A group whose events are not in the file, and why. */
export interface LeftOutGroup {
  connectionId: string;
  region: string;
  group: string;
  reason: string;
}

export interface ExportProgress {
  exportId: string;
  kind: LogExport['what']['kind'];
  format: ExportFormat;
  /** Where the file is, or will be once it is whole. */
  path: string;
  phase: 'running' | 'done' | 'stopped' | 'failed';
  /** Written for good. */
  rows: number;
  /** Rows there will be; null while nobody knows. */
  of: number | null;
  bytes: number;
  /** 0 to 1. */
  fraction: number;
  /** Times that AWS said "too fast". */
  throttles: number;
  leftOut: LeftOutGroup[];
  /** `logs.exportResume` goes on where it ended, also after a restart of the console. */
  resumable: boolean;
  failure: Failure | null;
}
