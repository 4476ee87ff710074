import { z } from 'zod';
import type { GroupListing, LogGroup } from '../../shared/logs/groups';

/** The groups known of one connection and region, by name. */
export type KnownGroups = (connectionId: string, region: string) => ReadonlyMap<string, GroupFacts>;
export type GroupFacts = Pick<LogGroup, 'arn' | 'storedBytes' | 'retentionDays' | 'createdAt'>;

const groupsSchema = z.array(
  z.object({
    connectionId: z.string(),
    region: z.string(),
    name: z.string(),
    arn: z.string(),
    storedBytes: z.number().nullable(),
    retentionDays: z.number().nullable(),
    createdAt: z.number().nullable(),
  }),
);

/** Reads the listing once for as long as it stays the same. */
export function knownGroups(listing: () => GroupListing): KnownGroups {
  let read = '';
  let byPlace = new Map<string, Map<string, GroupFacts>>();
  return (connectionId, region) => {
    const { groupsJson } = listing();
    if (groupsJson !== read) {
      byPlace = byPlaceOf(groupsJson);
      read = groupsJson;
    }
    return byPlace.get(place(connectionId, region)) ?? new Map();
  };
}

function byPlaceOf(groupsJson: string): Map<string, Map<string, GroupFacts>> {
  const found = new Map<string, Map<string, GroupFacts>>();
  for (const group of groupsSchema.parse(JSON.parse(groupsJson))) {
    const key = place(group.connectionId, group.region);
    const groups = found.get(key) ?? new Map<string, GroupFacts>();
    groups.set(group.name, group);
    found.set(key, groups);
  }
  return found;
}

const place = (connectionId: string, region: string): string => `${connectionId}|${region}`;

/** An ARN as the log APIs take it: without the `:*` that DescribeLogGroups puts behind. */
export const plainArn = (arn: string): string => arn.replace(/:\*$/, '');
