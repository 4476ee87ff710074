/** Counts what a connection asks of AWS over the last hour, and what that costs at list price. */
import type { Clock } from '../../shared/clock';
import type { UsageReading } from './aws-api';
import { awsOperations, USD_PER_METRIC } from './operations';
import type { OperationName } from './operations';

const SLOT_MS = 60_000;
const SLOTS = 60;

interface Slot extends UsageReading {
  minute: number;
}

export class UsageMeter {
  private slots: Slot[] = [];

  constructor(private readonly clock: Clock) {}

  /** One call sent. */
  called(operation: OperationName): void {
    const slot = this.current();
    slot.calls += 1;
    slot.costUsd += awsOperations[operation].usdPerCall;
  }

  /** GetMetricData is billed by the metric, which its answer tells. */
  billed(metrics: number): void {
    this.current().costUsd += metrics * USD_PER_METRIC;
  }

  throttled(): void {
    this.current().throttles += 1;
  }

  /** The last 60 minutes, to the minute. */
  reading(): UsageReading {
    const sum = { calls: 0, throttles: 0, costUsd: 0 };
    for (const slot of this.recent()) {
      sum.calls += slot.calls;
      sum.throttles += slot.throttles;
      sum.costUsd += slot.costUsd;
    }
    return sum;
  }

  private current(): Slot {
    const minute = Math.floor(this.clock.now() / SLOT_MS);
    const last = this.slots.at(-1);
    if (last?.minute === minute) return last;
    const slot: Slot = { minute, calls: 0, throttles: 0, costUsd: 0 };
    this.slots = [...this.recent(), slot];
    return slot;
  }

  private recent(): Slot[] {
    const minute = Math.floor(this.clock.now() / SLOT_MS);
    return this.slots.filter((slot) => slot.minute > minute - SLOTS && slot.minute <= minute);
  }
}
