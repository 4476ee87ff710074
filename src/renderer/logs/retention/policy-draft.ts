/** The policy while it is edited. Pure. */
import { fitting, retentionPolicySchema } from '../../../shared/logs/retention';
import type { RetentionDays, RetentionPolicy } from '../../../shared/logs/retention';

export interface DraftRule {
  /** Only to tell rules apart while they are moved. */
  id: number;
  pattern: string;
  days: RetentionDays;
}

let lastId = 0;

export function draftRule(pattern: string, days: RetentionDays): DraftRule {
  lastId += 1;
  return { id: lastId, pattern, days };
}

export const draftOf = (policy: RetentionPolicy): DraftRule[] =>
  policy.map(({ pattern, days }) => draftRule(pattern, days));

/** The rule one place earlier or later; at the ends nothing moves. */
export function moved(rules: readonly DraftRule[], at: number, by: -1 | 1): DraftRule[] {
  const next = [...rules];
  const [rule] = next.splice(at, 1);
  if (rule === undefined || at + by < 0 || at + by >= rules.length) return [...rules];
  next.splice(at + by, 0, rule);
  return next;
}

export interface RuleMatch {
  /** Groups that the rule decides about. */
  names: string[];
  /** Groups that it fits, but that an earlier rule decides about. */
  taken: number;
}

/** Rule by rule, what of the groups' names each decides about. */
export function matchesOf(
  rules: readonly Pick<DraftRule, 'pattern'>[],
  names: readonly string[],
): RuleMatch[] {
  const decided = new Set<string>();
  return rules.map(({ pattern }) => {
    const fit = fitting(pattern.trim(), names);
    const own = fit.filter((name) => !decided.has(name));
    for (const name of own) decided.add(name);
    return { names: own, taken: fit.length - own.length };
  });
}

/** What keeps a rule from being saved; null for nothing. */
export function ruleProblem({ pattern }: Pick<DraftRule, 'pattern'>): string | null {
  const length = pattern.trim().length;
  if (length === 0) return 'Write a pattern.';
  return length > 512 ? 'A group’s name has at most 512 characters.' : null;
}

/** Null where a rule is not complete or there are too many. */
export function policyOf(rules: readonly DraftRule[]): RetentionPolicy | null {
  const read = retentionPolicySchema.safeParse(
    rules.map(({ pattern, days }) => ({ pattern, days })),
  );
  return read.success ? read.data : null;
}
