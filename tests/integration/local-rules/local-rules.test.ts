import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startDemo } from '../../../src/demo';
import type { DemoAws } from '../../../src/demo';
import { IncidentService } from '../../../src/main/incidents/incident-service';
import { LocalRuleService } from '../../../src/main/local-rules/local-rule-service';
import { Notifier } from '../../../src/main/notify/notifier';
import { openJournal } from '../../../src/main/store/journal';
import type { LocalRule } from '../../../src/shared/local-rules/local-rule';
import { FakePresenter } from '../../unit/incidents/fixtures';
import { rule } from '../../unit/local-rules/rule';
import { TestClock } from '../../support/test-clock';
import { startService } from '../metrics/service';

const MINUTE = 60_000;
const KEY = 'local|r1';

/** Target 5XX of RealTechee, which a scenario of the demo breaks. */
const errors = rule({
  connectionId: 'demo',
  region: 'us-west-1',
  queries: rule().queries.map((query) => ({
    ...query,
    metric: {
      namespace: 'AWS/ApplicationELB',
      metricName: 'HTTPCode_Target_5XX_Count',
      dimensions: [{ name: 'LoadBalancer', value: 'app/RealTechee-ALB/7a1c9e4b5d2f3060' }],
    },
  })),
});

async function setUp(rules: LocalRule[], dir: string, clock: TestClock, demo: DemoAws) {
  const metrics = await startService(demo.endpoint, { clock, cacheDir: join(dir, 'cache') });
  const { settings } = metrics;
  settings.localRules = rules;
  const journal = await openJournal({ dir: join(dir, 'journal'), clock });
  const presenter = new FakePresenter();
  const common = { clock, settings: () => settings };
  const notifier = new Notifier({
    ...common,
    presenter,
    navigate: () => undefined,
    sound: () => undefined,
  });
  let ids = 0;
  const newId = (): string => `id-${(ids += 1)}`;
  const incidents = new IncidentService({ ...common, journal, notifier, newId });
  await incidents.start();
  const service = new LocalRuleService({
    metrics: metrics.service,
    settings: { get: () => settings, onChange: () => () => undefined },
    clock,
    seed: incidents.knownTransitions(),
    accountOf: () => '',
    report: (problem) => {
      throw new Error(problem);
    },
  });
  service.onUpdate((update) => incidents.handle(update));
  service.start();
  return {
    service,
    incidents,
    presenter,
    async stop() {
      await service.stop();
      await incidents.stop();
      await metrics.stop();
      await journal.close();
    },
  };
}

let dir: string;
let clock: TestClock;
let demo: DemoAws;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'nightdesk-rules-'));
  clock = new TestClock(Math.floor(Date.now() / MINUTE) * MINUTE);
  demo = await startDemo({ clock, evaluateEveryMs: Infinity });
});
afterEach(async () => {
  await demo.stop();
  await rm(dir, { recursive: true, force: true });
});

/** Lets time pass in steps that leave real calls the time to be answered, until `done` or `minutes` later. */
async function pass(minutes: number, done: () => boolean = () => false): Promise<void> {
  for (let second = 0; second < minutes * 60 && !done(); second += 2) {
    await clock.advance(2_000);
    await sleep(8);
  }
}

it('a broken release makes the rule fire as an incident, and recover', async () => {
  const running = await setUp([errors], dir, clock, demo);
  const state = () => running.service.alarms.get(KEY)?.state;
  try {
    await pass(2);
    expect(state()).toBe('OK');
    expect(running.incidents.openIncidents()).toEqual([]);

    demo.run('bad-deployment');
    const started = clock.now();
    await pass(4, () => running.incidents.openIncidents().length > 0);
    const [incident] = running.incidents.openIncidents();
    expect(incident).toMatchObject({ alarmKey: KEY, severity: 'critical', state: 'triggered' });
    // Metrics are asked once a minute, the rule evaluated twice.
    expect(clock.now() - started).toBeLessThanOrEqual(2 * MINUTE);
    await pass(1);
    expect(running.presenter.shown.length).toBeGreaterThan(0);
    expect(running.service.alarms.get(KEY)?.stateReason).toMatch(
      /^The sum over 5 min is \d+; the rule fires when it is above 10\.$/,
    );

    demo.resolve('bad-deployment');
    await pass(12, () => state() === 'OK');
    expect(state()).toBe('OK');
    await pass(1);
    expect(running.incidents.openIncidents()).toEqual([]);
  } finally {
    await running.stop();
  }
});

it('refused, it says that it is blind, and a restart tells nothing twice', async () => {
  const first = await setUp([errors], dir, clock, demo);
  demo.run('bad-deployment');
  await pass(4, () => first.incidents.openIncidents().length > 0);
  demo.faults.set({ fault: { kind: 'access-denied' }, operation: 'GetMetricData' });
  await pass(3, () => (first.service.alarms.get(KEY)?.blindSince ?? null) !== null);
  expect(first.service.alarms.get(KEY)).toMatchObject({ state: 'ALARM' });
  expect(first.service.alarms.get(KEY)?.blindSince).toBeLessThanOrEqual(clock.now());
  demo.faults.clear();
  await first.stop();
  const told = first.presenter.shown.length;
  expect(told).toBeGreaterThan(0);

  const second = await setUp([errors], dir, clock, demo);
  try {
    await pass(2);
    expect(second.service.alarms.get(KEY)).toMatchObject({ state: 'ALARM', blindSince: null });
    const [incident] = second.incidents.openIncidents();
    expect(incident?.alarmCount).toBe(1);
  } finally {
    await second.stop();
  }
});

it('tries a rule against what CloudWatch answers', async () => {
  const running = await setUp([], dir, clock, demo);
  try {
    demo.run('bad-deployment');
    await pass(0.5);
    const { signal } = new AbortController();
    const tried = running.service.test(errors, signal);
    await pass(0.5);
    expect(await tried).toMatchObject({ holds: true });
    const nobody = errors.queries.map((query) => ({
      ...query,
      metric: { namespace: 'No/Such', metricName: 'Metric', dimensions: [] },
    }));
    const empty = running.service.test({ ...errors, queries: nobody, noData: 'no-data' }, signal);
    await pass(0.5);
    expect(await empty).toMatchObject({ holds: false, value: null });
  } finally {
    await running.stop();
  }
});
