import { z } from 'zod';
import type { Failure } from '../failure';

/** Where credentials come from. Secrets themselves are never part of it. */
export const credentialSourceSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('profile'), profile: z.string().min(1).max(200) }),
  z.strictObject({ kind: z.literal('default-chain') }),
  /** The embedded demo: fixed test credentials, only ever sent to the loopback endpoint. */
  z.strictObject({ kind: z.literal('demo') }),
]);

export const connectionSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]{1,64}$/),
  label: z.string().trim().min(1).max(80),
  /** CSS hex colour. */
  color: z.string().regex(/^#[0-9a-fA-F]{6}$/),
  credentials: credentialSourceSchema,
  regions: z
    .array(z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d$/))
    .min(1)
    .max(40),
  roleArn: z
    .string()
    .regex(/^arn:aws[a-z-]*:iam::\d{12}:role\/.+$/)
    .nullable(),
  endpoint: z.url({ protocol: /^https?$/ }).nullable(),
  readOnly: z.boolean(),
  paused: z.boolean(),
  /** SQS queue that EventBridge feeds with alarm state changes; null polls only. */
  pushQueueUrl: z.url({ protocol: /^https?$/ }).nullable(),
});
export type Connection = z.infer<typeof connectionSchema>;

export type LoadPhase = 'idle' | 'loading' | 'ready' | 'stale' | 'failed' | 'paused';

/** How one connection is doing in one region. */
export interface RegionStatus {
  region: string;
  phase: LoadPhase;
  /** When data last arrived whole (ms), null if never. */
  lastGoodAt: number | null;
  /** Set when no full poll has worked for twice the interval. */
  blindSince: number | null;
  failure: Failure | null;
  alarmCount: number;
  firingCount: number;
  push: 'off' | 'connected' | 'failed';
}

export interface ConnectionStatus {
  connection: Connection;
  accountId: string | null;
  identityArn: string | null;
  regions: RegionStatus[];
  callsPerHour: number;
  throttlesPerHour: number;
  /** US dollars; an estimate from list prices. */
  estimatedCostPerHour: number;
}

/** A profile found in the shared config files. */
export interface FoundProfile {
  name: string;
  region: string | null;
  /** How it gets credentials, for people: "SSO", "assume role with MFA", "access key" … */
  method: string;
}

export interface ProfileScan {
  profiles: FoundProfile[];
  /** Malformed lines: file, 1-based line, what is wrong. */
  problems: { file: string; line: number; message: string }[];
}

export interface PermissionCheck {
  /** IAM action, e.g. `cloudwatch:DescribeAlarms`. */
  action: string;
  region: string;
  outcome: 'allowed' | 'denied' | 'failed';
  message: string | null;
}

export interface ConnectionTest {
  accountId: string;
  arn: string;
  permissions: PermissionCheck[];
}
