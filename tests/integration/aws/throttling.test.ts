import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RateBudget } from '../../../src/main/aws/rate-budget';
import { systemClock } from '../../../src/shared/clock';
import { connectionTo, failureOf, never, region, sessionOf } from './sessions';
import { answerWell, sendError, startStandIn } from './stand-in';
import type { Responder, StandIn } from './stand-in';

let aws: StandIn;
beforeEach(async () => {
  aws = await startStandIn();
});
afterEach(() => aws.close());

const throttle: Responder = (asked, response) =>
  sendError(asked, response, 'ThrottlingException', 'Rate exceeded');

describe('R6: throttled', () => {
  it('forty callers stay under 1.2 × the quota of 9/s while throttled, and recover', async () => {
    aws.respond(throttle);
    const stop = new AbortController();
    const session = sessionOf(connectionTo(aws.url));
    const api = session.api(region);
    const start = Date.now();
    const callers = Array.from({ length: 40 }, () =>
      api.describeAlarms({}, stop.signal).then(
        () => 'ok',
        () => 'failed',
      ),
    );
    await new Promise((resolve) => setTimeout(resolve, 6_000));
    const seconds = (Date.now() - start) / 1000;
    const perSecond = aws.asked.length / seconds;
    console.info(`R6 calls/s while throttled: ${perSecond.toFixed(2)} (quota 9, goal ≤ 10.8)`);
    expect(perSecond).toBeLessThanOrEqual(9 * 1.2);
    expect(session.usage().throttles).toBe(aws.asked.length);
    aws.respond(answerWell);
    const recovering = Date.now();
    await expect(api.describeAlarms({}, never())).resolves.toBeDefined();
    const recovery = Date.now() - recovering;
    console.info(`R6 recovered after ${recovery} ms (goal < 30000)`);
    expect(recovery).toBeLessThan(30_000);
    stop.abort();
    await Promise.all(callers);
  }, 60_000);

  it('gives up with a sentence when it lasts', async () => {
    aws.respond(throttle);
    const fast = {
      ...systemClock,
      after: (ms: number, task: () => void) => systemClock.after(ms / 50, task),
    };
    const start = Date.now();
    const hurried = { ...fast, now: () => start + (Date.now() - start) * 50 };
    const session = sessionOf(connectionTo(aws.url), {
      clock: hurried,
      budget: new RateBudget(hurried),
    });
    const failure = await failureOf(session.api(region).describeAlarms({}, never()));
    expect(failure.kind).toBe('throttled');
    expect(aws.asked).toHaveLength(5);
  });
});

it('R6: nine accounts are not delayed by a tenth that hangs', async () => {
  const ill = await startStandIn();
  ill.respond(() => undefined);
  const stop = new AbortController();
  const budget = new RateBudget(systemClock);
  const sessions = Array.from({ length: 9 }, (_, i) =>
    sessionOf(connectionTo(aws.url, { id: `account-${i}` }), { budget }),
  );
  const round = async (): Promise<number> => {
    const start = performance.now();
    await Promise.all(sessions.map((s) => s.api(region).describeAlarms({}, never())));
    return performance.now() - start;
  };
  const median = (values: number[]): number =>
    values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
  await round();
  const normal: number[] = [];
  const beside: number[] = [];
  const tenth = sessionOf(connectionTo(ill.url, { id: 'account-ill' }), { budget });
  const hanging: Promise<unknown>[] = [];
  for (let i = 0; i < 4; i += 1) {
    normal.push(await round());
    if (i === 0) hanging.push(failureOf(tenth.api(region).describeAlarms({}, stop.signal)));
    beside.push(await round());
  }
  console.info(
    `R6 round of nine: ${median(normal).toFixed(1)} ms alone, ${median(beside).toFixed(1)} ms beside a hanging tenth`,
  );
  // A floor of 20 ms, under which the machine's own noise is larger than the tenth this promise allows.
  expect(median(beside)).toBeLessThan(Math.max(median(normal) * 1.1, median(normal) + 20));
  stop.abort();
  await Promise.all(hanging);
  await ill.close();
});
