/** What metric queries cost in the last hour, and whether the user's cap stops them. */
import type { Clock } from '../../shared/clock';
import type { MetricBudget } from '../../shared/metrics/query';
import { USD_PER_METRIC } from '../aws/operations';

const HOUR_MS = 3_600_000;
/** Spending is kept by the minute. */
const SLOT_MS = 60_000;

export interface SpendingParts {
  clock: Clock;
  /** US dollars an hour; null: no cap. */
  cap: () => number | null;
  onChange: (budget: MetricBudget) => void;
  report: (problem: string) => void;
}

export class Spending {
  private slots: { at: number; usd: number }[] = [];
  private goesOnUntil = 0;
  private wasPaused = false;
  private cancelTimer: (() => void) | null = null;

  constructor(private readonly parts: SpendingParts) {}

  /** Metrics that a call was billed for. */
  spent(metrics: number): void {
    if (metrics === 0) return;
    const at = Math.floor(this.parts.clock.now() / SLOT_MS) * SLOT_MS;
    const last = this.slots.at(-1);
    if (last?.at === at) last.usd += metrics * USD_PER_METRIC;
    else this.slots.push({ at, usd: metrics * USD_PER_METRIC });
    this.tell();
  }

  budget(): MetricBudget {
    const spentUsd = this.recent().reduce((sum, { usd }) => sum + usd, 0);
    const capUsd = this.parts.cap();
    const over = capUsd !== null && spentUsd >= capUsd;
    const paused = over && this.parts.clock.now() >= this.goesOnUntil;
    return {
      spentUsd,
      capUsd,
      paused,
      resumesAt: paused ? this.fallsUnder(spentUsd, capUsd) : null,
    };
  }

  /** Goes on for an hour although the cap is reached. */
  resume(): MetricBudget {
    this.goesOnUntil = this.parts.clock.now() + HOUR_MS;
    this.tell();
    return this.budget();
  }

  stop(): void {
    this.cancelTimer?.();
    this.cancelTimer = null;
  }

  private recent(): { at: number; usd: number }[] {
    const since = this.parts.clock.now() - HOUR_MS;
    this.slots = this.slots.filter(({ at }) => at > since);
    return this.slots;
  }

  /** When enough of the last hour's spending is older than an hour. */
  private fallsUnder(spentUsd: number, capUsd: number): number {
    let left = spentUsd;
    for (const { at, usd } of this.recent()) {
      left -= usd;
      if (left < capUsd) return at + HOUR_MS;
    }
    return this.parts.clock.now() + HOUR_MS;
  }

  private tell(): void {
    const budget = this.budget();
    if (budget.paused && !this.wasPaused) {
      this.parts.report(
        `Metric queries are paused: $${budget.spentUsd.toFixed(2)} of the hour's $${(budget.capUsd ?? 0).toFixed(2)} are spent. Alarms are watched as before.`,
      );
    }
    this.wasPaused = budget.paused;
    this.cancelTimer?.();
    this.cancelTimer =
      budget.resumesAt === null
        ? null
        : this.parts.clock.after(budget.resumesAt - this.parts.clock.now() + 1, () => this.tell());
    this.parts.onChange(budget);
  }
}
