/** How each connection's regions are doing, in the words of the status strip. */
import type { ConnectionStatus, RegionStatus } from '../../shared/connections/connection';
import { assertNever } from '../../shared/assert-never';
import { formatAge, formatClock } from '../ui/time';
import type { TimeZone } from '../ui/time';

export type Health = 'good' | 'waiting' | 'paused' | 'blind' | 'failed';

export interface RegionHealth {
  id: string;
  connectionId: string;
  /** `RealTechee us-west-1`. */
  label: string;
  health: Health;
  /** `6 s ago`, `blind since 02:14, sign in again`. */
  text: string;
  /** What to do next, where something is wrong. */
  advice: string | null;
  lastGoodAt: number | null;
  alarmCount: number;
}

function describe(region: RegionStatus, now: number, zone: TimeZone): [Health, string] {
  const message = region.failure?.message ?? null;
  if (region.blindSince !== null) {
    const since = `blind since ${formatClock(region.blindSince, zone)}`;
    return ['blind', message === null ? since : `${since}: ${message}`];
  }
  const age = region.lastGoodAt === null ? null : formatAge(region.lastGoodAt, now);
  const aged = age === null ? 'no data yet' : age === 'now' ? 'now' : `${age} ago`;
  switch (region.phase) {
    case 'idle':
      return ['waiting', aged];
    case 'loading':
      return region.lastGoodAt === null ? ['waiting', 'asking AWS…'] : ['good', aged];
    case 'ready':
      return ['good', aged];
    case 'paused':
      return ['paused', 'paused'];
    case 'stale':
      return ['failed', message ?? `last data ${aged}`];
    case 'failed':
      return ['failed', message ?? 'failed'];
    default:
      return assertNever(region.phase);
  }
}

/** One line per connection and region, in the connections' order. */
export function regionHealths(
  list: readonly ConnectionStatus[],
  now: number,
  zone: TimeZone,
): RegionHealth[] {
  return list.flatMap((status) =>
    status.regions.map((region) => {
      const [health, text] = describe(region, now, zone);
      return {
        id: `${status.connection.id}·${region.region}`,
        connectionId: status.connection.id,
        label: `${status.connection.label} ${region.region}`,
        health,
        text,
        advice: region.failure?.advice ?? null,
        lastGoodAt: region.lastGoodAt,
        alarmCount: region.alarmCount,
      };
    }),
  );
}

export function isTrouble(health: Health): boolean {
  return health === 'blind' || health === 'failed';
}

export interface Load {
  callsPerHour: number;
  throttlesPerHour: number;
  costPerHour: number;
}

/** API calls, throttles and estimated dollars per hour over all connections. */
export function totalLoad(list: readonly ConnectionStatus[]): Load {
  return list.reduce<Load>(
    (sum, one) => ({
      callsPerHour: sum.callsPerHour + one.callsPerHour,
      throttlesPerHour: sum.throttlesPerHour + one.throttlesPerHour,
      costPerHour: sum.costPerHour + one.estimatedCostPerHour,
    }),
    { callsPerHour: 0, throttlesPerHour: 0, costPerHour: 0 },
  );
}
