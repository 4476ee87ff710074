import type { InsightsEstimate, InsightsQuery } from '../../../shared/logs/insights';
import { scanCostUsd } from '../../../shared/logs/prices';
import type { GroupFacts, KnownGroups } from '../known-groups';

const DAY_MS = 24 * 3_600_000;

/**
 * Bytes a query would read: each group's stored bytes, spread evenly over the time it keeps them, cut to the
 * query's window (ms UTC).
 */
export function estimateQuery(
  { targets, startMs, endMs }: Pick<InsightsQuery, 'targets' | 'startMs' | 'endMs'>,
  known: KnownGroups,
  nowMs: number,
): InsightsEstimate {
  let bytes = 0;
  let groups = 0;
  let unknown = 0;
  for (const target of targets) {
    const facts = known(target.connectionId, target.region);
    for (const name of new Set(target.groups)) {
      const share = shareOf(facts.get(name), startMs, endMs, nowMs);
      groups += 1;
      if (share === null) unknown += 1;
      else bytes += share;
    }
  }
  return { bytes: Math.round(bytes), usd: scanCostUsd(bytes), basis: basis(groups, unknown) };
}

function shareOf(
  group: GroupFacts | undefined,
  startMs: number,
  endMs: number,
  nowMs: number,
): number | null {
  if (group === undefined || group.storedBytes === null) return null;
  const kept = group.retentionDays === null ? Infinity : group.retentionDays * DAY_MS;
  const age = group.createdAt === null ? Infinity : nowMs - group.createdAt;
  const span = Math.min(kept, age);
  // Neither its age nor how long it keeps: it may all lie in the window.
  if (!Number.isFinite(span) || span <= 0) return group.storedBytes;
  const inside = Math.min(endMs, nowMs) - Math.max(startMs, nowMs - span);
  return group.storedBytes * Math.min(1, Math.max(0, inside / span));
}

function basis(groups: number, unknown: number): string {
  if (groups === unknown) return 'No size of these groups is known, so nothing can be estimated.';
  const of =
    unknown === 0
      ? 'their stored bytes'
      : `the stored bytes of ${groups - unknown} of ${groups} groups`;
  return `From ${of}, which CloudWatch counts about once a day, spread evenly over the time they are kept; list price of us-east-1.`;
}
