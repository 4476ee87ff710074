import { CloudWatchClient, paginateDescribeAlarms } from '@aws-sdk/client-cloudwatch';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type DemoAws, demoKeys, startDemo } from '../../src/demo';
import { CloudWatchAlarmService } from '../../src/main/alarms/alarm-service';
import { RegionReader } from '../../src/main/alarms/region-reader';
import { createConnectionSession } from '../../src/main/aws/connection-session';
import { RateBudget } from '../../src/main/aws/rate-budget';
import { type Clock, systemClock } from '../../src/shared/clock';
import { benchConnection } from './console-folder';
import { fastClock } from './fast-clock';
import { median, quick, report, round, runs } from './report';

const ALARMS = 5_000;
let demo: DemoAws;
beforeAll(async () => {
  demo = await startDemo({ evaluateEveryMs: Infinity, fleet: { alarms: ALARMS } });
  demo.storm('us-east-1', 20);
});
afterAll(() => demo.stop());

function openSession(clock: Clock) {
  return createConnectionSession({
    connection: benchConnection(demo.endpoint),
    clock,
    budget: new RateBudget(clock),
    askMfa: () => Promise.reject(new Error('no code expected')),
  });
}

async function listWithSdk(client: CloudWatchClient): Promise<number> {
  let count = 0;
  const pages = paginateDescribeAlarms(
    { client, pageSize: 100 },
    { AlarmTypes: ['MetricAlarm', 'CompositeAlarm'] },
  );
  for await (const page of pages) {
    count += (page.MetricAlarms?.length ?? 0) + (page.CompositeAlarms?.length ?? 0);
  }
  return count;
}

async function listOurs(): Promise<number> {
  const session = openSession(systemClock);
  const reader = new RegionReader(session.api('us-east-1'), systemClock);
  let count = 0;
  for await (const page of reader.all(new AbortController().signal)) count += page.sightings.length;
  session.destroy();
  return count;
}

it('F3 listing 5,000 alarms', async () => {
  const client = new CloudWatchClient({
    endpoint: demo.endpoint,
    region: 'us-east-1',
    credentials: demoKeys.both,
  });
  const sdk: number[] = [];
  const ours: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    const started = performance.now();
    const floor = await listWithSdk(client);
    const between = performance.now();
    const found = await listOurs();
    ours.push(performance.now() - between);
    sdk.push(between - started);
    expect(found).toBe(floor);
    expect(found).toBeGreaterThanOrEqual(ALARMS);
  }
  client.destroy();
  report({
    name: 'F3 listing 5,000 alarms ÷ SDK paginator',
    value: round(median(ours) / median(sdk)),
    goal: 1.05,
    unit: 'x',
    detail: `${round(median(ours), 0)} ms against ${round(median(sdk), 0)} ms, ${runs} runs`,
  });
});

function startService(
  clock: Clock,
  intervals: { pollIntervalMs: number; sweepIntervalMs: number },
) {
  const service = new CloudWatchAlarmService({
    clock,
    checkpoints: { get: () => null, set: () => undefined },
    intervals: () => intervals,
    severityOf: () => 'warning',
    needsTags: () => false,
    report: () => undefined,
    open: () => openSession(clock),
  });
  return service;
}

it('F3 round trips to the first ALARM rows', async () => {
  demo.requests.clear();
  const service = startService(systemClock, { pollIntervalMs: 30_000, sweepIntervalMs: 600_000 });
  const trips = await new Promise<number>((done) => {
    service.onUpdate(({ upserted }) => {
      if (upserted.some(({ state }) => state === 'ALARM')) done(demo.requests.count());
    });
    service.setConnections([benchConnection(demo.endpoint)]);
  });
  await service.stop();
  report({
    name: 'F3 round trips to the first ALARM rows',
    value: trips,
    goal: 3,
    unit: 'trips',
    detail: JSON.stringify(demo.requests.perOperation()),
  });
});

it('F5 calls per hour', async () => {
  const minutes = quick ? 20 : 60;
  const speed = 60;
  demo.requests.clear();
  const service = startService(fastClock(speed), {
    pollIntervalMs: 30_000,
    sweepIntervalMs: 600_000,
  });
  service.setConnections([benchConnection(demo.endpoint)]);
  await new Promise((wake) => setTimeout(wake, (minutes * 60_000) / speed));
  const perHour = (demo.requests.count() * 60) / minutes;
  const made = JSON.stringify(demo.requests.perOperation());
  await service.stop();

  demo.requests.clear();
  const client = new CloudWatchClient({
    endpoint: demo.endpoint,
    region: 'us-east-1',
    credentials: demoKeys.both,
  });
  await listWithSdk(client);
  client.destroy();
  const everything = demo.requests.count() * 120;
  report({
    name: 'F5 API calls ÷ polling everything every 30 s',
    value: round(perHour / everything, 3),
    goal: 0.1,
    unit: 'x',
    detail: `${round(perHour, 0)} against ${everything} calls an hour; ${made} in ${minutes} min`,
  });
});
