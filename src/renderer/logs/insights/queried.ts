/** Which of the chosen groups Insights can ask: those of CloudWatch. */
import { elasticSourceId } from '../../../shared/logs/elastic';
import type { LogTarget } from '../../../shared/logs/groups';
import type { LogGroupRef } from '../../../shared/logs/settings';
import { targetsOf } from '../store';

/** The most connections and regions of one query; a place with more than 50 groups counts again. */
export const MOST_TARGETS = 40;

export interface Queried {
  targets: LogTarget[];
  /** Chosen groups of other servers, left out. */
  others: number;
}

export function queriedOf(chosen: readonly LogGroupRef[]): Queried {
  const own = chosen.filter(({ connectionId }) => elasticSourceId(connectionId) === null);
  return { targets: targetsOf(own), others: chosen.length - own.length };
}

/** Why the query cannot be run as things are; null when it can. */
export function runProblem(text: string, { targets, others }: Queried): string | null {
  if (text.trim() === '') return 'Write a query.';
  if (targets.length > MOST_TARGETS) {
    return 'Too many accounts and regions at once: choose fewer groups.';
  }
  if (targets.length > 0) return null;
  return others > 0
    ? 'Insights asks CloudWatch only: choose log groups of an account.'
    : 'Choose log groups.';
}

/** What is left out; null for nothing. */
export function othersText({ targets, others }: Queried): string | null {
  if (others === 0) return null;
  const what = others === 1 ? 'One chosen group is' : `${others} chosen groups are`;
  return targets.length === 0
    ? `${what} not of CloudWatch: search there instead.`
    : `${what} not of CloudWatch and left out here.`;
}
