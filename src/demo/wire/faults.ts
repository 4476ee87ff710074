import { unit } from '../random';

/** What goes wrong. Times in ms. */
export type Fault =
  | { kind: 'latency'; ms: number }
  /** Refuses calls above `perSecond` (0 refuses all), as an account's quota does. */
  | { kind: 'throttle'; perSecond?: number }
  | { kind: 'server-error'; status?: 500 | 503 }
  | { kind: 'expired-token' }
  | { kind: 'access-denied' }
  | { kind: 'unknown-key' }
  | { kind: 'invalid-signature' }
  | { kind: 'time-too-skewed' }
  /** Never answers. */
  | { kind: 'hang' }
  /** Cuts the connection. */
  | { kind: 'reset' }
  | { kind: 'garbage' }
  /** A valid-looking body of this many bytes (default 50 MB). */
  | { kind: 'huge'; bytes?: number }
  /** The same NextToken for ever. */
  | { kind: 'repeat-token' }
  /** The server's clock, in its Date header and its judgement of signatures. */
  | { kind: 'clock-skew'; ms: number }
  /** Lists arrive with every element twice. */
  | { kind: 'duplicate' }
  /** Lists arrive in reverse. */
  | { kind: 'reorder' };

export interface FaultRule {
  fault: Fault;
  /** Conditions; one left out matches everything. */
  operation?: string;
  region?: string;
  accountId?: string;
  /** How often it strikes before it is spent. */
  times?: number;
  /** 0–1, drawn from the demo's seed. */
  probability?: number;
}

export interface FaultSubject {
  operation: string;
  region: string;
  accountId: string;
}

interface Armed {
  rule: FaultRule;
  left: number;
  bucket: { tokens: number; at: number };
}

export class Faults {
  private armed: Armed[] = [];
  private draws = 0;

  constructor(private readonly seed: number) {}

  /** Arms a rule; the returned function takes it back. */
  set(rule: FaultRule): () => void {
    const armed: Armed = {
      rule,
      left: rule.times ?? Infinity,
      bucket: {
        tokens: rule.fault.kind === 'throttle' ? (rule.fault.perSecond ?? 0) : 0,
        at: Date.now(),
      },
    };
    this.armed.push(armed);
    return () => {
      this.armed = this.armed.filter((other) => other !== armed);
    };
  }

  clear(): void {
    this.armed = [];
  }

  /** The faults that strike this call, in the order they were set; spends them. */
  strike(subject: FaultSubject): Fault[] {
    return this.armed.filter((armed) => this.hits(armed, subject)).map((armed) => armed.rule.fault);
  }

  private hits(armed: Armed, subject: FaultSubject): boolean {
    const { rule } = armed;
    if (rule.operation !== undefined && rule.operation !== subject.operation) return false;
    if (rule.region !== undefined && rule.region !== subject.region) return false;
    if (rule.accountId !== undefined && rule.accountId !== subject.accountId) return false;
    if (armed.left <= 0) return false;
    if (rule.probability !== undefined) {
      this.draws += 1;
      if (unit(this.seed, this.draws) >= rule.probability) return false;
    }
    if (rule.fault.kind === 'throttle' && !overQuota(armed, rule.fault.perSecond ?? 0))
      return false;
    armed.left -= 1;
    return true;
  }
}

/** A token bucket that holds one second's quota. */
function overQuota(armed: Armed, perSecond: number): boolean {
  const now = Date.now();
  const refilled = armed.bucket.tokens + ((now - armed.bucket.at) / 1000) * perSecond;
  const tokens = Math.min(perSecond, refilled);
  const over = tokens < 1;
  armed.bucket = { tokens: over ? tokens : tokens - 1, at: now };
  return over;
}
