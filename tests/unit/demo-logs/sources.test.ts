import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { LogEvent } from '../../../src/demo/logs/event';
import { garble } from '../../../src/demo/logs/garble';
import { stockLogs } from '../../../src/demo/logs/stock';
import { populate } from '../../../src/demo/populate';
import type { RegionStore } from '../../../src/demo/region';
import { Scenarios } from '../../../src/demo/scenarios';
import { crm } from '../../../src/demo/systems/crm';
import { realtechee } from '../../../src/demo/systems/realtechee';
import { World } from '../../../src/demo/world';

const MINUTE = 60_000;
const NOW = Date.parse('2026-11-22T18:30:00Z');

function stocked(system = crm, perMinute = 2000): { world: World; region: RegionStore } {
  const world = new World(1, () => NOW);
  const region = world.region(system.accountId, system.region);
  populate(region, system, NOW);
  stockLogs(region, world.seed, NOW, perMinute);
  return { world, region };
}

function between(region: RegionStore, name: string, minutes: number, now = NOW): LogEvent[] {
  const group = region.logs.find(name);
  if (group === undefined) throw new Error(`no group ${name}`);
  const found: LogEvent[] = [];
  for (let at = NOW - minutes * MINUTE; at < NOW; at += MINUTE)
    found.push(...group.minute(at, now));
  return found;
}

const recordSchema = z.looseObject({
  '@timestamp': z.iso.datetime(),
  service: z.enum(['auth', 'crm-core', 'social-media', 'analytics']),
  environment: z.literal('production'),
  level: z.enum(['debug', 'info', 'warn', 'error']),
  message: z.string().min(1),
  type: z.enum([
    'api_request',
    'business_event',
    'error',
    'security_event',
    'performance_issue',
    'application',
  ]),
  requestId: z.uuid().optional(),
  hostname: z.string().min(5),
  pid: z.number(),
});
const records = (region: RegionStore, service: string, minutes: number, now = NOW) =>
  between(region, `/ecs/crm/${service}`, minutes, now).map((event) =>
    recordSchema.parse(JSON.parse(event.message)),
  );

describe('the CRM’s records', () => {
  test('are JSON with the fields of the mapping, at the time the event has', () => {
    const { region } = stocked();
    for (const service of ['auth', 'crm-core', 'social-media', 'analytics']) {
      const events = between(region, `/ecs/crm/${service}`, 30);
      expect(events.length).toBeGreaterThan(300);
      for (const event of events) {
        const record = recordSchema.parse(JSON.parse(event.message));
        expect(Date.parse(record['@timestamp'])).toBe(event.timestamp);
        expect(record.service).toBe(service);
      }
    }
  });

  test('are a pure function of seed and time, and as many as asked', () => {
    const [a, b] = [stocked(), stocked()];
    const one = between(a.region, '/ecs/crm/crm-core', 5);
    expect(between(b.region, '/ecs/crm/crm-core', 5)).toEqual(one);
    expect(between(a.region, '/ecs/crm/crm-core', 5)).toEqual(one);
    const perMinute = (region: RegionStore): number =>
      ['auth', 'crm-core', 'social-media', 'analytics']
        .map((service) => between(region, `/ecs/crm/${service}`, 10).length / 10)
        .reduce((sum, count) => sum + count, 0);
    // The afternoon has up to 1.4 times the day's mean.
    expect(perMinute(a.region)).toBeGreaterThan(2000);
    expect(perMinute(a.region)).toBeLessThan(3200);
    expect(perMinute(stocked(crm, 20_000).region)).toBeGreaterThan(20_000);
  });

  test('share request ids between the services of one request', () => {
    const { region } = stocked();
    const idsOf = (service: string): Set<string> =>
      new Set(
        records(region, service, 3).flatMap((r) =>
          r.requestId === undefined ? [] : [r.requestId],
        ),
      );
    const auth = idsOf('auth');
    for (const service of ['crm-core', 'social-media', 'analytics']) {
      const shared = [...idsOf(service)].filter((id) => auth.has(id));
      expect(shared.length, service).toBeGreaterThan(10);
    }
  });

  test('hold Vietnamese text, and some of it garbled', () => {
    const { region } = stocked();
    const messages = between(region, '/ecs/crm/social-media', 240).map((event) => event.message);
    const text = 'Khách hàng muốn xem nhà vào thứ bảy tuần này';
    expect(messages.some((message) => message.includes(text))).toBe(true);
    expect(messages.some((message) => message.includes(garble(text, 'windows-1252')))).toBe(true);
  });

  test('nothing of the future is shown, and what is on its way comes later', () => {
    const { region } = stocked();
    const group = region.logs.find('/ecs/crm/crm-core');
    const soon = NOW + 20_000;
    const seen = group?.minute(NOW, soon) ?? [];
    expect(seen.length).toBeGreaterThan(50);
    expect(seen.every((event) => event.ingestionTime <= soon)).toBe(true);
    expect(group?.minute(NOW, NOW + 2 * MINUTE).length).toBeGreaterThan(seen.length * 2);
  });
});

describe('incidents', () => {
  test('a password spraying shows as security events from few addresses, beside the metric', () => {
    const { world, region } = stocked();
    const failures = (now: number) =>
      records(region, 'auth', 2, now).filter((record) => record['eventType'] === 'login_failed');
    expect(failures(NOW).length).toBeLessThan(8);
    new Scenarios(world, 1).toggle('password-spraying', NOW);
    expect(failures(NOW).length).toBeLessThan(8);
    const after = failures(NOW + 10_000);
    expect(after.length).toBeGreaterThan(40);
    expect(new Set(after.map((record) => record['ip'])).size).toBeLessThanOrEqual(3);
  });

  test('a leak of connections shows as timeouts of the pool with their stack', () => {
    const { world, region } = stocked();
    const before = records(region, 'crm-core', 5).map((record) => record.message);
    new Scenarios(world, 1).toggle('connection-leak', NOW);
    const timeouts = records(region, 'crm-core', 2, NOW + 60_000).filter((record) =>
      record.message.startsWith('PoolTimeoutError'),
    );
    expect(before.some((message) => message.startsWith('PoolTimeoutError'))).toBe(false);
    expect(timeouts.length).toBeGreaterThan(5);
    expect(timeouts[0]).toMatchObject({
      level: 'error',
      error: { stack: expect.stringContaining('at Pool.acquire') },
    });
  });

  test('a bad deployment shows in the application, its errors, the access log and a function, as often as the metric says', () => {
    const { world, region } = stocked(realtechee);
    new Scenarios(world, 1).toggle('bad-deployment', NOW);
    const now = NOW + 60_000;
    const errors = between(region, '/aws/amplify/RealTechee-Gen2/errors', 5, now);
    const key = { LoadBalancer: 'app/RealTechee-ALB/7a1c9e4b5d2f3060' };
    const metric = region.metrics.window(
      `AWS/ApplicationELB|HTTPCode_Target_5XX_Count|LoadBalancer=${key.LoadBalancer}`,
      NOW - 5 * MINUTE,
      NOW,
      now,
    );
    expect(errors.length).toBeGreaterThan(25);
    expect(errors).toHaveLength(metric?.sum ?? -1);
    const access = between(region, '/aws/amplify/RealTechee-Gen2/access', 5, now);
    expect(access.filter((event) => / 5\d\d \d+ "/.test(event.message))).toHaveLength(
      errors.length,
    );
    const thrown = between(region, '/aws/lambda/RealTechee-status-processor', 5, now).filter(
      (event) => event.message.includes('\tERROR\tInvoke Error'),
    );
    expect(thrown.length).toBeGreaterThan(5);
  });

  test('a job that has stopped says so', () => {
    const { world, region } = stocked();
    new Scenarios(world, 1).toggle('lead-conversion-silent', NOW);
    const found = records(region, 'analytics', 30, NOW + 60_000).filter((record) =>
      record.message.startsWith('JobLockError'),
    );
    expect(found.length).toBeGreaterThanOrEqual(5);
  });
});

test('Lambda groups have START, END and REPORT of every invocation', () => {
  const { region } = stocked(realtechee);
  const events = between(region, '/aws/lambda/RealTechee-user-admin', 10).map((e) => e.message);
  const count = (head: string): number => events.filter((text) => text.startsWith(head)).length;
  expect(count('START RequestId: ')).toBeGreaterThan(50);
  expect(count('END RequestId: ')).toBe(count('START RequestId: '));
  expect(count('REPORT RequestId: ')).toBe(count('START RequestId: '));
});
