/** Changes of how long groups are kept: what would be done, and doing it with progress. */
import { retentionDaysOf } from '../../../shared/logs/retention';
import type {
  AuditedGroup,
  RetentionChange,
  RetentionDays,
  RetentionOutcome,
} from '../../../shared/logs/retention';
import type { Failure } from '../../../shared/failure';

/** Null is for ever; `policy` what each group's rule says. */
export type Aim = 'policy' | RetentionDays;

export interface PlannedChange {
  change: RetentionChange;
  storedBytes: number | null;
  /** Events that are older are deleted for good. */
  shortens: boolean;
}

export interface ChangePlan {
  planned: PlannedChange[];
  /** Marked, but kept as wanted already. */
  alike: number;
  /** Marked, but no rule says how long. */
  unruled: number;
  /** On connections that change nothing. */
  readOnly: AuditedGroup[];
}

export const isShorter = (fromDays: number | null, toDays: number | null): boolean =>
  toDays !== null && (fromDays === null || toDays < fromDays);

export function planChanges(
  groups: readonly AuditedGroup[],
  aim: Aim,
  isReadOnly: (connectionId: string) => boolean,
): ChangePlan {
  const plan: ChangePlan = { planned: [], alike: 0, unruled: 0, readOnly: [] };
  for (const group of groups) {
    if (aim === 'policy' && group.rule === null) {
      plan.unruled += 1;
      continue;
    }
    const toDays = aim === 'policy' ? group.wantedDays : aim;
    const { connectionId, region, name, retentionDays, storedBytes } = group;
    if (toDays === retentionDays) plan.alike += 1;
    else if (isReadOnly(connectionId)) plan.readOnly.push(group);
    else {
      plan.planned.push({
        change: { connectionId, region, group: name, fromDays: retentionDays, toDays },
        storedBytes,
        shortens: isShorter(retentionDays, toDays),
      });
    }
  }
  return plan;
}

/** Done and on record as one; between two of them it can be stopped. */
const AT_ONCE = 10;

/** The changes in the order given, but those of one account and region together, few at a time. */
export function batchesOf(changes: readonly RetentionChange[]): RetentionChange[][][] {
  const places = new Map<string, RetentionChange[]>();
  for (const change of changes) {
    const place = JSON.stringify([change.connectionId, change.region]);
    const held = places.get(place);
    if (held === undefined) places.set(place, [change]);
    else held.push(change);
  }
  return [...places.values()].map((all) => {
    const batches: RetentionChange[][] = [];
    for (let at = 0; at < all.length; at += AT_ONCE) batches.push(all.slice(at, at + AT_ONCE));
    return batches;
  });
}

export interface ApplyParts {
  set(changes: RetentionChange[]): Promise<RetentionOutcome[]>;
  toFailure(error: unknown): Failure;
  /** After every few groups. */
  told(outcomes: readonly RetentionOutcome[]): void;
  signal: AbortSignal;
}

/** Account by account side by side, so that a slow one holds up no other. Resolves when all is done or stopped. */
export async function applyChanges(
  changes: readonly RetentionChange[],
  { set, toFailure, told, signal }: ApplyParts,
): Promise<void> {
  const one = async (batch: RetentionChange[]): Promise<void> => {
    try {
      told(await set(batch));
    } catch (error) {
      const failure = toFailure(error);
      told(
        batch.map(({ connectionId, region, group }) => ({ connectionId, region, group, failure })),
      );
    }
  };
  await Promise.all(
    batchesOf(changes).map(async (batches) => {
      for (const batch of batches) {
        if (signal.aborted) return;
        await one(batch);
      }
    }),
  );
}

/** The way back from changes that were made; those that were of days CloudWatch does not take have none. */
export function waysBack(changes: readonly RetentionChange[]): RetentionChange[] {
  return changes.flatMap((change) => {
    const toDays = retentionDaysOf(change.fromDays);
    return toDays === undefined ? [] : [{ ...change, fromDays: change.toDays, toDays }];
  });
}
