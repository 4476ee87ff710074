import { expect, test } from 'vitest';
import { type DemoAws, startDemo } from '../../../src/demo';

const startAt = Date.UTC(2026, 10, 20, 15, 3, 20);
const atRest = ['crm-report-build-dlq-not-empty', 'realtechee-fn-contact-sync-iterator-age'];
const notOk = (demo: DemoAws): string[] =>
  demo.world
    .all()
    .flatMap((region) => [...region.alarms.values()])
    .filter((alarm) => alarm.state !== 'OK')
    .map((alarm) => alarm.name)
    .sort();

test('without an incident nothing fires all day but what was broken before', async () => {
  for (const seed of [1, 2]) {
    const demo = await startDemo({ evaluateEveryMs: Infinity, startAt, seed });
    for (let hour = 0; hour < 12; hour += 1) {
      demo.advance(3_600_000);
      expect(notOk(demo)).toEqual(atRest);
    }
    await demo.stop();
  }
}, 60_000);

test('every incident raises its alarms within minutes, and passes', async () => {
  const demo = await startDemo({ evaluateEveryMs: Infinity, startAt });
  for (const scenario of demo.scenarios()) demo.run(scenario.id);
  for (let step = 0; step < 50; step += 1) demo.advance(5000);
  expect(notOk(demo)).toEqual(
    [
      ...atRest,
      'CRM-Customer-Impact',
      'CRM-Database-Degraded',
      'CRM-Database-High-CPU',
      'CRM-Database-High-Connections',
      'CRM-High-Auth-Failures',
      'CRM-High-Error-Rate',
      'CRM-High-Response-Time',
      'CRM-Low-Lead-Conversion',
      'RealTechee-Critical-Error-Rate',
      'RealTechee-Customer-Impact',
      'RealTechee-Database-Latency',
      'RealTechee-Error-Rate-Percent',
      'RealTechee-Response-Time-Warning',
    ].sort(),
  );
  demo.advance(3 * 3_600_000);
  expect(notOk(demo)).toEqual(atRest);
  expect(demo.scenarios().map((scenario) => scenario.running)).toEqual([
    false,
    false,
    false,
    false,
  ]);
  await demo.stop();
}, 60_000);

test('by itself, the first incident begins within half a minute', async () => {
  const demo = await startDemo({ evaluateEveryMs: Infinity, startAt, autoplay: true });
  let seconds = 0;
  while (!notOk(demo).includes('RealTechee-Critical-Error-Rate') && seconds < 60) {
    demo.advance(5000);
    seconds += 5;
  }
  expect(seconds).toBeLessThanOrEqual(30);
  await demo.stop();
});

test('ten thousand alarms cost an evaluation little', async () => {
  const demo = await startDemo({ evaluateEveryMs: Infinity, fleet: { alarms: 10_000 } });
  demo.tick();
  const before = performance.now();
  for (let round = 0; round < 10; round += 1) demo.tick();
  const each = (performance.now() - before) / 10;
  console.log(`one evaluation of 10,000 alarms takes ${each.toFixed(1)} ms`);
  // Ample: the machine may be busy with other suites.
  expect(each).toBeLessThan(200);
  await demo.stop();
}, 60_000);
