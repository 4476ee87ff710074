/** Where dashboards come from and what is known of each before it is opened. */
import { z } from 'zod';
import type { Failure } from '../failure';

export interface DashboardEntry {
  /** `cloudwatch|<connectionId>|<region>|<name>`, `file|<path hash>` or `starter|<name>`. */
  id: string;
  source: 'cloudwatch' | 'file' | 'starter';
  name: string;
  connectionId: string | null;
  region: string | null;
  /** Full path of a file; null elsewhere. */
  path: string | null;
  /** ms; null where unknown. */
  modifiedAt: number | null;
  sizeBytes: number | null;
  favourite: boolean;
}

/** Dashboards are global to an account, so one region of a connection is asked. */
export interface DashboardSource {
  connectionId: string;
  phase: 'loading' | 'ready' | 'stale' | 'failed';
  failure: Failure | null;
  asOf: number | null;
}

export interface DashboardListing {
  entries: DashboardEntry[];
  sources: DashboardSource[];
}

export interface OpenedDashboard {
  entry: DashboardEntry;
  /** File name that tells the format where the text does not. */
  fileName: string;
  /** At most 5,000,000 characters. */
  text: string;
  /** SHA-256 of the text, hex. */
  sha256: string;
  /** When it was read from its source (ms); older than now when the source did not answer. */
  asOf: number;
  failure: Failure | null;
  /** Values picked last time, by input. */
  values: Record<string, string>;
}

/** What stands in the account under the name a person wants to save to. */
export interface DashboardOnAws {
  exists: boolean;
  text: string | null;
  sha256: string | null;
  readOnly: boolean;
}

export const putDashboardSchema = z.strictObject({
  connectionId: z.string().min(1).max(200),
  region: z.string().min(1).max(64),
  name: z.string().regex(/^[A-Za-z0-9_-]{1,255}$/),
  body: z.string().min(2).max(1_000_000),
  /** What the person saw and agreed to replace; null: nothing was there. Refused when it is no longer so. */
  replacesSha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .nullable(),
  /** Fresh for each press of the button: the same id twice changes nothing twice. */
  commandId: z.string().regex(/^[a-zA-Z0-9-]{8,64}$/),
});
export type PutDashboard = z.infer<typeof putDashboardSchema>;

/** A CloudFormation stack that can fill a template's open references. */
export interface StackEntry {
  name: string;
  status: string;
  description: string;
  updatedAt: number | null;
}
