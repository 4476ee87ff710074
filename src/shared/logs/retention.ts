/** Which log groups are kept as long as the policy says, and what keeping them costs. */
import { z } from 'zod';
import type { Failure } from '../failure';
import { elasticSourceId } from './elastic';
import type { LogGroup } from './groups';
import { BYTES_PER_GB, USD_PER_GB_MONTH_STORED } from './prices';

/**
 * The days CloudWatch takes.
 * https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html
 */
export const retentionChoices = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288,
  3653,
] as const;

const days = z.literal(retentionChoices).nullable();
/** Null: for ever. */
export type RetentionDays = z.infer<typeof days>;

/** As CloudWatch takes it; undefined for days that it does not take. */
export const retentionDaysOf = (wanted: number | null): RetentionDays | undefined =>
  wanted === null ? null : retentionChoices.find((choice) => choice === wanted);

export const retentionRuleSchema = z.strictObject({
  /** A group's name, `*` standing for anything, slashes too. */
  pattern: z.string().trim().min(1).max(512),
  /** Null: for ever. */
  days,
});
export type RetentionRule = z.infer<typeof retentionRuleSchema>;

/** The first rule that fits a group counts. */
export const retentionPolicySchema = z.array(retentionRuleSchema).max(500);
export type RetentionPolicy = z.infer<typeof retentionPolicySchema>;

/** Application 30 days, errors 90, access 14, audit a year (SOX, GDPR), business half a year. */
export const defaultRetentionPolicy: RetentionPolicy = [
  { pattern: '/aws/amplify/RealTechee-Gen2*/errors*', days: 90 },
  { pattern: '/aws/amplify/RealTechee-Gen2*/access*', days: 14 },
  { pattern: '/aws/amplify/RealTechee-Gen2*/audit*', days: 365 },
  { pattern: '/aws/amplify/RealTechee-Gen2*/business*', days: 180 },
  { pattern: '/aws/amplify/RealTechee-Gen2*', days: 30 },
];

export const retentionVerdicts = [
  'compliant',
  'too-short',
  'too-long',
  'never-expires',
  /** No rule fits the group. */
  'no-rule',
] as const;
export type RetentionVerdict = (typeof retentionVerdicts)[number];

export interface AuditedGroup extends Pick<
  LogGroup,
  'connectionId' | 'region' | 'name' | 'storedBytes' | 'retentionDays' | 'createdAt'
> {
  verdict: RetentionVerdict;
  /** Place of the rule that counts; null: none does. */
  rule: number | null;
  /** What the rule says; null: for ever, or no rule. */
  wantedDays: RetentionDays;
  /** US dollars a month for what is stored, list price; null where the bytes are not known. */
  monthlyUsd: number | null;
  /**
   * What the month's cost becomes different by once the rule is obeyed, US dollars; less than nothing is saved. Null
   * where it cannot be known: of bytes or age that nobody told, or of what is to be kept for ever.
   */
  changeUsd: number | null;
}

export interface VerdictSum {
  groups: number;
  bytes: number;
  monthlyUsd: number;
  /** Of the groups for which it is known. */
  changeUsd: number;
  /** Groups of which the bytes are not known: the sums are without them. */
  unsized: number;
}

export interface RetentionAudit {
  groups: AuditedGroup[];
  sums: Record<RetentionVerdict, VerdictSum>;
}

/** @param nowMs ms UTC, by which a group has its age. */
export function auditRetention(
  groups: readonly LogGroup[],
  policy: RetentionPolicy,
  nowMs: number,
): RetentionAudit {
  const tests = policy.map(({ pattern }) => fits(pattern));
  const sums: RetentionAudit['sums'] = {
    compliant: none(),
    'too-short': none(),
    'too-long': none(),
    'never-expires': none(),
    'no-rule': none(),
  };
  // Only CloudWatch keeps logs by its groups: other servers have rules of their own.
  const kept = groups.filter(({ connectionId }) => elasticSourceId(connectionId) === null);
  const audited = kept.map((group) => {
    const found = tests.findIndex((test) => test(group.name));
    const one = judge(group, found, policy[found], nowMs);
    const sum = sums[one.verdict];
    sum.groups += 1;
    sum.bytes += one.storedBytes ?? 0;
    sum.monthlyUsd += one.monthlyUsd ?? 0;
    sum.changeUsd += one.changeUsd ?? 0;
    sum.unsized += one.storedBytes === null ? 1 : 0;
    return one;
  });
  return { groups: audited, sums };
}

function judge(
  group: LogGroup,
  found: number,
  rule: RetentionRule | undefined,
  nowMs: number,
): AuditedGroup {
  const { connectionId, region, name, storedBytes, retentionDays, createdAt } = group;
  return {
    connectionId,
    region,
    name,
    storedBytes,
    retentionDays,
    createdAt,
    verdict: rule === undefined ? 'no-rule' : verdictOf(retentionDays, rule.days),
    rule: rule === undefined ? null : found,
    wantedDays: rule?.days ?? null,
    monthlyUsd: storedBytes === null ? null : storageUsd(storedBytes),
    changeUsd: rule === undefined ? null : changeUsd(group, rule.days, nowMs),
  };
}

const DAY_MS = 86_400_000;

/**
 * By how much a month's cost changes when a group is kept for so many days (null: for ever), US dollars at list price.
 * What is stored is taken to have come evenly over the days it is of. Null where it cannot be known.
 */
export function changeUsd(
  {
    storedBytes,
    retentionDays,
    createdAt,
  }: Pick<LogGroup, 'storedBytes' | 'retentionDays' | 'createdAt'>,
  wantedDays: number | null,
  nowMs: number,
): number | null {
  if (retentionDays === wantedDays) return 0;
  if (storedBytes === null) return null;
  if (storedBytes === 0) return 0;
  const age = createdAt === null ? Infinity : Math.max(1, (nowMs - createdAt) / DAY_MS);
  const holds = Math.min(age, retentionDays ?? Infinity);
  if (wantedDays === null || !Number.isFinite(holds)) return null;
  const shortened = retentionDays === null || wantedDays < retentionDays;
  const willHold = shortened ? Math.min(wantedDays, holds) : wantedDays;
  const held = shortened ? holds : (retentionDays ?? holds);
  return storageUsd((storedBytes / holds) * (willHold - held));
}

/** Both in days, null for ever. */
function verdictOf(has: number | null, wanted: number | null): RetentionVerdict {
  if (has === wanted) return 'compliant';
  if (has === null) return 'never-expires';
  return wanted === null || has < wanted ? 'too-short' : 'too-long';
}

/** US dollars a month for so many stored bytes. */
export const storageUsd = (bytes: number): number =>
  (bytes / BYTES_PER_GB) * USD_PER_GB_MONTH_STORED;

/** The names that a pattern fits; those that an earlier rule takes are among them. */
export function fitting(pattern: string, names: readonly string[]): string[] {
  return names.filter(fits(pattern));
}

/** Greedy from the left, as no expression of regexes is: a pattern of many stars takes no time. */
function fits(pattern: string): (name: string) => boolean {
  const [first = '', ...rest] = pattern.split('*');
  const last = rest.pop();
  if (last === undefined) return (name) => name === first;
  return (name) => {
    if (!name.startsWith(first)) return false;
    let at = first.length;
    for (const part of rest) {
      const found = name.indexOf(part, at);
      if (found < 0) return false;
      at = found + part.length;
    }
    return name.length - last.length >= at && name.endsWith(last);
  };
}

const none = (): VerdictSum => ({
  groups: 0,
  bytes: 0,
  monthlyUsd: 0,
  changeUsd: 0,
  unsized: 0,
});

export const setRetentionSchema = z.strictObject({
  /** The same command twice changes nothing twice. */
  commandId: z.uuid(),
  changes: z
    .array(
      z.strictObject({
        connectionId: z.string().min(1).max(200),
        region: z.string().min(1).max(64),
        group: z.string().min(1).max(512),
        /** What the person was shown; if it is different by now, nothing is changed. Null: for ever. */
        fromDays: z.number().int().positive().nullable(),
        toDays: days,
      }),
    )
    .min(1)
    .max(1_000),
});
export type SetRetention = z.infer<typeof setRetentionSchema>;
export type RetentionChange = SetRetention['changes'][number];

export interface RetentionOutcome {
  connectionId: string;
  region: string;
  group: string;
  /** Null: it is as wanted. */
  failure: Failure | null;
}
