import { metricKey } from '../metrics/metric-source';
import type { RegionStore } from '../region';
import type { DemoTable } from './resources';

const DYNAMO = 'AWS/DynamoDB';
const MINUTE = 60_000;
/** Demo ms between two looks at what a table is asked for. */
const REVIEW_MS = 30_000;

const keyOf = (table: DemoTable, metric: string): string =>
  metricKey(DYNAMO, metric, [{ Name: 'TableName', Value: table.name }]);

/** Reads a minute beyond what the table is given. */
function throttled(region: RegionStore, table: DemoTable, at: number): number {
  const consumed = region.metrics.window(
    keyOf(table, 'ConsumedReadCapacityUnits'),
    at - 5 * MINUTE,
    at,
    at,
  );
  return Math.max(0, Math.round((consumed?.sum ?? 0) / 5 - table.read * 60));
}

/** A table's capacity is another now: its metric says so, and what it cannot serve is throttled from here on. */
export function capacityChanged(region: RegionStore, table: DemoTable, at: number): void {
  const level = { kind: 'to', value: table.read } as const;
  region.resources.hold(keyOf(table, 'ProvisionedReadCapacityUnits'), level, at);
  const changedAt = at;
  table.changedAt = changedAt;
  let before = 0;
  const review = (when: number): void => {
    if (table.changedAt !== changedAt) return;
    const events = throttled(region, table, when);
    const key = keyOf(table, 'ReadThrottleEvents');
    if (events !== before) {
      if (events > 0) region.resources.hold(key, { kind: 'to', value: events }, when);
      else region.resources.release(key, when);
    }
    before = events;
    region.resources.later(when + REVIEW_MS, review);
  };
  region.resources.release(keyOf(table, 'ReadThrottleEvents'), at);
  review(at);
}
