import type { GetMetricDataInput, GetMetricDataOutput } from '@aws-sdk/client-cloudwatch';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Asker } from '../../../src/main/metrics/asker';
import { emptyEntry } from '../../../src/main/metrics/entry';
import { SeriesSource } from '../../../src/main/metrics/series-source';
import type { QueryGroup, SeriesHead, SeriesSet } from '../../../src/shared/metrics/query';
import { TestClock } from '../../support/test-clock';

const MINUTE = 60_000;

interface Series {
  seed: number;
  periodMs: number;
  /** Share of periods without a value. */
  sparse: number;
}

const chance = (seed: number, n: number): number => {
  let x = Math.imul(seed ^ n, 0x9e3779b1) >>> 0;
  x = Math.imul(x ^ (x >>> 15), 0x85ebca6b) >>> 0;
  return ((x ^ (x >>> 13)) >>> 0) / 2 ** 32;
};

/** The service's truth: a value grows while its period runs and is corrected until two periods later. */
function valueAt({ seed, periodMs, sparse }: Series, start: number, at: number): number | null {
  // Both questions of a step come within one second.
  const now = Math.floor(at / 1000) * 1000;
  const n = start / periodMs;
  if (chance(seed, n) < sparse) return null;
  const visibleFrom = start + chance(seed + 1, n) * 3 * periodMs;
  if (now < visibleFrom) return null;
  const steps = Math.min(3, Math.floor((now - visibleFrom) / (periodMs / 10)));
  const settledAt = start + 3 * periodMs;
  return Math.round(chance(seed + 2, n) * 1_000) + (now >= settledAt ? 0 : steps - 5);
}

function fakeService(series: Series, clock: TestClock) {
  const calls: GetMetricDataInput[] = [];
  const answer = (input: GetMetricDataInput): GetMetricDataOutput => {
    calls.push(input);
    const { periodMs } = series;
    const Timestamps: Date[] = [];
    const Values: number[] = [];
    const from = Math.floor((input.StartTime?.getTime() ?? 0) / periodMs) * periodMs;
    for (let at = from; at < (input.EndTime?.getTime() ?? 0); at += periodMs) {
      const value = at > clock.now() ? null : valueAt(series, at, clock.now());
      if (value === null) continue;
      Timestamps.push(new Date(at));
      Values.push(value);
    }
    const results = (input.MetricDataQueries ?? []).map(({ Id }) => ({
      Id,
      Label: 'x',
      Timestamps,
      Values,
      StatusCode: 'Complete' as const,
    }));
    return { MetricDataResults: results };
  };
  const api = {
    connectionId: 'c',
    getMetricData: (input: GetMetricDataInput) => Promise.resolve(answer(input)),
  };
  return { api, calls };
}

function source(series: Series, clock: TestClock) {
  const { api, calls } = fakeService(series, clock);
  const entries = new Map<string, ReturnType<typeof emptyEntry>>();
  const made = new SeriesSource({
    asker: new Asker(() => api, clock),
    store: {
      open: (_id, _region, key) => {
        const entry = entries.get(key) ?? emptyEntry();
        entries.set(key, entry);
        return Promise.resolve(entry);
      },
      changed: () => undefined,
    },
    clock,
    isPaused: () => false,
    pausedFailure: () => {
      throw new Error('never paused');
    },
    report: (problem) => {
      throw new Error(problem);
    },
  });
  return { source: made, calls };
}

const group = (periodMs: number, startMs: number, endMs: number): QueryGroup => ({
  connectionId: 'c',
  region: 'us-east-1',
  queries: [
    {
      id: 'm1',
      metric: { namespace: 'N', metricName: 'M', dimensions: [] },
      expression: null,
      stat: 'Sum',
      unit: null,
      periodSeconds: periodMs / 1000,
      label: null,
      accountId: null,
      returnData: true,
    },
  ],
  startMs,
  endMs,
  labelOffset: '+0000',
});

async function ask(
  from: SeriesSource,
  clock: TestClock,
  asked: QueryGroup,
  freshness: 'due' | 'now' | 'cached',
): Promise<SeriesSet> {
  const answer = from.query(asked, freshness, new AbortController().signal);
  await clock.advance(20);
  return answer;
}

/** Time → value, gaps left out. */
function pointsOf(set: SeriesSet): [number, number][] {
  const heads: SeriesHead[] = JSON.parse(set.headsJson);
  return heads.flatMap(({ startMs, periodMs, offset, count }) =>
    [...set.values.subarray(offset, offset + count)].flatMap((value, index): [number, number][] =>
      Number.isNaN(value) ? [] : [[startMs + index * periodMs, value]],
    ),
  );
}

describe('what is known after refreshes', () => {
  it('equals asking everything anew, for any series and any times', async () => {
    let refreshes = 0;
    let asked = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          seed: fc.integer({ min: 1, max: 1_000_000 }),
          periodMs: fc.constantFrom(MINUTE, 5 * MINUTE, 60 * MINUTE),
          sparse: fc.constantFrom(0, 0.3, 0.9, 1),
        }),
        fc.array(
          fc.record({
            waitPeriods: fc.double({ min: 0, max: 30, noNaN: true }),
            lengthPeriods: fc.integer({ min: 2, max: 80 }),
            agoPeriods: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 100 })),
            freshness: fc.constantFrom('due' as const, 'due' as const, 'now' as const),
          }),
          { minLength: 2, maxLength: 14 },
        ),
        async (series, steps) => {
          const clock = new TestClock();
          const cached = source(series, clock);
          for (const step of steps) {
            // Longer than an answer counts as fresh.
            clock.jump(300_000 + Math.round((step.waitPeriods * series.periodMs) / 1000) * 1000);
            const end = clock.now() - step.agoPeriods * series.periodMs;
            const wanted = group(series.periodMs, end - step.lengthPeriods * series.periodMs, end);
            const known = await ask(cached.source, clock, wanted, step.freshness);
            const anew = await ask(source(series, clock).source, clock, wanted, 'now');
            expect(pointsOf(known)).toEqual(pointsOf(anew));
            refreshes += 1;
          }
          asked += cached.calls.length;
        },
      ),
      { numRuns: 300 },
    );
    console.info(`merging: ${refreshes} refreshes of 300 random series, ${asked} calls`);
  });

  it('costs nothing to zoom and pan within it, and little to refresh', async () => {
    const clock = new TestClock();
    const series = { seed: 7, periodMs: 5 * MINUTE, sparse: 0 };
    const { source: made, calls } = source(series, clock);
    const end = clock.now();
    await ask(made, clock, group(series.periodMs, end - 12 * 60 * MINUTE, end), 'due');
    expect(calls).toHaveLength(1);
    const ranges: [number, number][] = [
      [600, 300],
      [700, 30],
      [120, 0],
    ];
    for (const [from, to] of ranges) {
      await ask(made, clock, group(series.periodMs, end - from * MINUTE, end - to * MINUTE), 'due');
    }
    expect(calls).toHaveLength(1);
    clock.jump(5 * MINUTE);
    const later = clock.now();
    await ask(made, clock, group(series.periodMs, later - 12 * 60 * MINUTE, later), 'due');
    expect(calls).toHaveLength(2);
    const window = (calls[1]?.EndTime?.getTime() ?? 0) - (calls[1]?.StartTime?.getTime() ?? 0);
    expect(window).toBeLessThanOrEqual(8 * series.periodMs);
    await ask(made, clock, group(series.periodMs, later - 12 * 60 * MINUTE, later), 'now');
    await ask(made, clock, group(series.periodMs, later - 12 * 60 * MINUTE, later), 'cached');
    expect(calls).toHaveLength(2);
    clock.jump(2_100);
    await ask(made, clock, group(series.periodMs, later - 12 * 60 * MINUTE, later), 'now');
    expect(calls).toHaveLength(3);
  });
});
