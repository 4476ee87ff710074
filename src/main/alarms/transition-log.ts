import type { AlarmState, TransitionSource } from '../../shared/alarms/alarm';

/**
 * CloudWatch's own records of one change differ by a few ms to seconds between DescribeAlarms, history
 * and EventBridge. Alarms evaluate every 10 s at the fastest, so two changes are rarely this near.
 */
export const SAME_CHANGE_MS = 2_000;
/** Changes remembered per alarm: beyond 30 days of history nobody asks, and flapping must not fill memory. */
const REMEMBERED = 128;

type Witness = 'snapshot' | 'history' | 'push';

/** One change of one alarm, however often it is seen. */
export interface KnownChange {
  id: string;
  to: AlarmState;
  at: number;
  /** False for the state an alarm had at first sight, which is news only if history shows it as a change. */
  told: boolean;
  /** At which time each kind of witness put it: the same witness at another time saw another change. */
  seenBy: Partial<Record<Witness, number>>;
}

export interface Claim {
  to: AlarmState;
  at: number;
  source: TransitionSource;
}

const witnessOf = (source: TransitionSource): Witness =>
  source === 'history' || source === 'push' ? source : 'snapshot';

/** The changes known of one alarm, in CloudWatch's order. */
export class TransitionLog {
  /** Ascending by time. */
  private changes: KnownChange[] = [];

  get latest(): KnownChange | undefined {
    return this.changes.at(-1);
  }

  /** The known change this claim speaks of, or undefined when it is a new one. */
  match(claim: Claim): KnownChange | undefined {
    const witness = witnessOf(claim.source);
    let best: KnownChange | undefined;
    for (let i = this.changes.length - 1; i >= 0; i--) {
      const known = this.changes[i];
      if (known === undefined || known.at < claim.at - SAME_CHANGE_MS) break;
      if (known.to !== claim.to || Math.abs(known.at - claim.at) > SAME_CHANGE_MS) continue;
      const seenAt = known.seenBy[witness];
      if (seenAt === claim.at) return known;
      if (seenAt !== undefined || this.changedBetween(known.at, claim)) continue;
      const nearer = best === undefined || distance(known, claim) < distance(best, claim);
      if (nearer) best = known;
    }
    return best;
  }

  /** Remembers that this witness saw the change too. */
  witnessed(change: KnownChange, claim: Claim): void {
    change.seenBy[witnessOf(claim.source)] = claim.at;
  }

  add(id: string, claim: Claim, told: boolean): KnownChange {
    const change: KnownChange = {
      id,
      to: claim.to,
      at: claim.at,
      told,
      seenBy: { [witnessOf(claim.source)]: claim.at },
    };
    let index = this.changes.length;
    while (index > 0 && (this.changes[index - 1]?.at ?? 0) > claim.at) index--;
    this.changes.splice(index, 0, change);
    if (this.changes.length > REMEMBERED) this.changes.shift();
    return change;
  }

  /** The state before this time as far as known. */
  before(at: number): AlarmState | null {
    return this.changes.findLast((change) => change.at < at)?.to ?? null;
  }

  private changedBetween(at: number, claim: Claim): boolean {
    const low = Math.min(at, claim.at);
    const high = Math.max(at, claim.at);
    return this.changes.some((other) => other.to !== claim.to && other.at > low && other.at < high);
  }
}

const distance = (known: KnownChange, claim: Claim): number => Math.abs(known.at - claim.at);
