/** The set that ships, run as a person would against the demo: nothing is typed where an alarm tells it. */
import { readdirSync, readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { REALTECHEE_ACCOUNT } from '../../../src/demo/accounts';
import { runbooksFor } from '../../../src/shared/runbooks/match';
import { starterDir } from './console-rig';
import { outputOf, starterRig, stepOf, troubleOf } from './starters-rig';
import type { StarterRig } from './starters-rig';

const CRM = 'us-east-1';
const REALTECHEE = 'us-west-1';
const requests = 'Requests-k2v5x7q3jrhdnb6w-prod';
const tables = { suffix: '-k2v5x7q3jrhdnb6w-prod' };
const realTecheeAlb = 'app/RealTechee-ALB/7a1c9e4b5d2f3060';

let rig: StarterRig;
beforeEach(async () => {
  rig = await starterRig();
});
afterEach(() => rig.stop());

const changed = (): string[] => rig.demo.changes.entries.map(({ operation }) => operation);
const stateOf = (key: string) => rig.desk.alarms.alarms.get(key)?.state;

describe('a person has to type nothing for', () => {
  it('a bad deployment: the service is rolled back and its alarm is OK again', async () => {
    const key = await rig.fires('bad-deployment', REALTECHEE, 'RealTechee-Critical-Error-Rate');
    const state = await rig.run('roll-back-ecs-service.yaml', {
      alarmKey: key,
      region: REALTECHEE,
    });
    expect(troubleOf(state)).toBe('done');
    expect(state.inputs).toEqual({ cluster: 'realtechee-production', service: 'realtechee-web' });
    expect(outputOf(state, 'before')).toMatchObject({ taskDefinition: 'realtechee-web:213' });
    expect(outputOf(state, 'after')).toMatchObject({ taskDefinition: 'realtechee-web:212' });
    expect(outputOf(state, 'recovered')).toMatchObject({ state: 'OK' });
    expect(changed()).toEqual(['UpdateService']);
    const undone = await rig.run('roll-back-ecs-service.yaml', {
      alarmKey: key,
      region: REALTECHEE,
      undoOf: state.runId,
    });
    expect(troubleOf(undone)).toBe('done');
    expect(outputOf(undone, 'forward')).toMatchObject({ taskDefinition: 'realtechee-web:213' });
  });

  it('a bad version: the alias points to the one before, and undoing points it back', async () => {
    const key = await rig.fires('bad-deployment', REALTECHEE, 'RealTechee-Critical-Error-Rate');
    const of = { alarmKey: key, region: REALTECHEE };
    const state = await rig.run('roll-back-lambda-alias.yaml', of);
    expect(troubleOf(state)).toBe('done');
    expect(outputOf(state, 'rollBack')).toMatchObject({ before: '5', version: '4' });
    expect(outputOf(state, 'recovered')).toMatchObject({ state: 'OK' });
    const undone = await rig.run('roll-back-lambda-alias.yaml', { ...of, undoOf: state.runId });
    expect(outputOf(undone, 'forward')).toMatchObject({ before: '4', version: '5' });
  });

  it('a connection leak: it drains after the restart', async () => {
    const key = await rig.fires('connection-leak', CRM, 'CRM-Database-High-Connections');
    const state = await rig.run('drain-connection-leak.yaml', { alarmKey: key });
    expect(troubleOf(state)).toBe('done');
    expect(outputOf(state, 'fallen')).toMatchObject({ metric: 'DatabaseConnections' });
    expect(outputOf(state, 'recovered')).toMatchObject({ state: 'OK' });
    expect(changed()).toEqual(['UpdateService']);
  });

  it('password spraying: its sources are found, blocked, and let in again by undoing', async () => {
    const key = await rig.fires('password-spraying', CRM, 'CRM-High-Auth-Failures');
    const state = await rig.run('block-password-spraying.yaml', { alarmKey: key });
    expect(troubleOf(state)).toBe('done');
    const sources = ['192.0.2.181/32', '192.0.2.44/32', '192.0.2.45/32'];
    const { added } = z.object({ added: z.array(z.string()) }).parse(outputOf(state, 'block'));
    expect(added.toSorted()).toEqual(sources);
    expect(outputOf(state, 'recovered')).toMatchObject({ state: 'OK' });
    const of = { alarmKey: key, undoOf: state.runId };
    const undone = await rig.run('block-password-spraying.yaml', of);
    expect(outputOf(undone, 'unblock')).toMatchObject({ addresses: ['198.51.100.0/28'] });
  });

  it('a rate that falls silent: the job that publishes it is let go on', async () => {
    const key = await rig.fires('lead-conversion-silent', CRM, 'CRM-Low-Lead-Conversion');
    const state = await rig.run('restart-lead-conversion-job.yaml', { alarmKey: key });
    expect(troubleOf(state)).toBe('done');
    expect(outputOf(state, 'recovered')).toMatchObject({ state: 'OK' });
  });
});

it('every alarm of the incidents has a runbook that fits it, beside the evidence', async () => {
  await rig.desk.alarmKey(CRM, 'CRM-High-Error-Rate');
  await rig.desk.alarmKey(REALTECHEE, 'RealTechee-Customer-Impact');
  const { entries } = await rig.desk.runbooks.list();
  const watched = [...rig.desk.alarms.alarms.values()].filter(({ name }) =>
    /^(CRM|RealTechee)-[A-Z]/.test(name),
  );
  expect(watched.length).toBeGreaterThanOrEqual(15);
  for (const alarm of watched) {
    const fit = runbooksFor(alarm, 'warning', entries).map(({ fileName }) => fileName);
    expect(fit, alarm.name).toContain('collect-evidence.yaml');
    expect(fit.length, alarm.name).toBeGreaterThan(1);
    expect(fit[0], alarm.name).not.toBe('collect-evidence.yaml');
  }
});

describe('by itself', () => {
  it.each([
    ['bad-deployment', REALTECHEE, 'RealTechee-Critical-Error-Rate', 'realtechee-web:213'],
    ['connection-leak', CRM, 'CRM-Database-High-Connections', 'crm-core-service:49'],
    ['password-spraying', CRM, 'CRM-High-Auth-Failures', 'crm-auth-service:41'],
  ])('evidence of %s is collected', async (scenario, region, name, runs) => {
    const key = await rig.fires(scenario, region, name);
    const ended = await rig.desk.until(
      () =>
        [...rig.desk.states.values()].find(
          ({ alarmKey, endedAt }) => alarmKey === key && endedAt !== null,
        ) ?? null,
    );
    expect(troubleOf(ended)).toBe('done');
    expect(ended).toMatchObject({ automatic: true, name: 'Collect evidence' });
    expect(outputOf(ended, 'metric')).toMatchObject({ last: { m1: expect.any(Number) } });
    expect(outputOf(ended, 'state')).toMatchObject({ alarm: name, state: 'ALARM' });
    expect(outputOf(ended, 'said')).toContain(runs);
    expect(changed()).toEqual([]);
  });
});

describe('on a quiet day', () => {
  it('an alarm is tried out and set back to what it was', async () => {
    const key = await rig.desk.alarmKey(CRM, 'CRM-Low-Lead-Conversion');
    const state = await rig.run('check-alarm-fires.yaml', { alarmKey: key });
    expect(troubleOf(state)).toBe('done');
    expect(state.inputs).toEqual({ alarm: 'CRM-Low-Lead-Conversion' });
    expect(changed()).toEqual(['SetAlarmState', 'SetAlarmState']);
    expect(stepOf(state, 'backToUnknown').status).toBe('skipped');
    expect(outputOf(state, 'backToOk')).toMatchObject({ state: 'OK' });
  });

  it('an alarm people were not told of goes on firing until a person undoes it', async () => {
    const key = await rig.desk.alarmKey(CRM, 'CRM-Low-Lead-Conversion');
    const state = await rig.run('check-alarm-fires.yaml', { alarmKey: key, answer: 'no' });
    expect(state.status).toBe('failed');
    expect(changed()).toEqual(['SetAlarmState']);
    const undone = await rig.run('check-alarm-fires.yaml', { alarmKey: key, undoOf: state.runId });
    expect(troubleOf(undone)).toBe('done');
    expect(stepOf(undone, 'undoToUnknown').status).toBe('skipped');
    await rig.desk.until(() => (stateOf(key) === 'OK' ? true : null));
  });

  it('read-only mode is switched on, left, and an undoing of nothing does nothing', async () => {
    const { environment } = rig.demo.world
      .region(REALTECHEE_ACCOUNT, REALTECHEE)
      .resources.functions.get('RealTechee-Read-Only-Mode') ?? { environment: {} };
    const of = { region: REALTECHEE };
    const on = await rig.run('activate-read-only-mode.yaml', of);
    expect(troubleOf(on)).toBe('done');
    expect(environment).toEqual({ READ_ONLY: 'true' });
    const again = await rig.run('activate-read-only-mode.yaml', of);
    const undone = await rig.run('activate-read-only-mode.yaml', { ...of, undoOf: again.runId });
    expect(stepOf(undone, 'switchBack').status).toBe('skipped');
    expect(environment).toEqual({ READ_ONLY: 'true' });
    const off = await rig.run('leave-read-only-mode.yaml', of);
    expect(troubleOf(off)).toBe('done');
    expect(environment).toEqual({ READ_ONLY: 'false' });
    await rig.run('leave-read-only-mode.yaml', { ...of, undoOf: off.runId });
    expect(environment).toEqual({ READ_ONLY: 'true' });
  });

  it('a table is given more, and less again by undoing', async () => {
    const inputs = { table: requests, readUnits: 200, writeUnits: 50 };
    const state = await rig.run('raise-table-capacity.yaml', { region: REALTECHEE, inputs });
    expect(troubleOf(state)).toBe('done');
    const table = rig.demo.world
      .region(REALTECHEE_ACCOUNT, REALTECHEE)
      .resources.tables.get(requests);
    expect(table).toMatchObject({ read: 200, write: 50 });
    const of = { region: REALTECHEE, inputs, undoOf: state.runId };
    expect(troubleOf(await rig.run('raise-table-capacity.yaml', of))).toBe('done');
    expect(table).toMatchObject({ read: 100, write: 50 });
  });

  it('a service is restarted', async () => {
    const inputs = { service: 'crm-gateway-service' };
    const state = await rig.run('restart-ecs-service.yaml', { inputs });
    expect(troubleOf(state)).toBe('done');
    expect(outputOf(state, 'restart')).toMatchObject({ stable: true });
  });

  it('the response to an incident is told to the topic', async () => {
    const inputs = { summary: 'Checkout is down' };
    const state = await rig.run('start-incident-response.yaml', { inputs, answer: 'everybody' });
    expect(troubleOf(state)).toBe('done');
    expect(outputOf(state, 'kept')).toBe('Checkout is down — affected: everybody');
    expect(changed()).toEqual(['Publish']);
  });

  it('what only reads finds what there is, and changes nothing', async () => {
    const found = async (
      file: string,
      region: string,
      inputs: Record<string, string> = {},
    ): Promise<(id: string) => unknown> => {
      const state = await rig.run(file, { region, inputs });
      expect(`${file}: ${troubleOf(state)}`).toBe(`${file}: done`);
      expect(state.class).toBe('reads');
      return (id) => outputOf(state, id);
    };
    const both = { loadBalancer: realTecheeAlb, table: requests };
    const daily = await found('daily-operations-check.yaml', REALTECHEE, both);
    expect(daily('report')).toMatch(
      /^The last 24 hours: answers took [\d.]+ s on average, requests: \d+, submitted: \d+, lines with ERROR: \d+, read units consumed at most: [\d.]+\. Remarks: yes$/,
    );
    const weekly = await found('weekly-performance-analysis.yaml', REALTECHEE, both);
    expect(weekly('said')).toMatch(
      /^By the day, answers took [\d.]+ to [\d.]+ s on average; requests in the week: \d+\.$/,
    );
    const capacity = await found('evaluate-capacity.yaml', REALTECHEE, { table: requests });
    expect(capacity('said')).toMatch(
      /is given 100 read and 50 write units a second\. In the busiest five minutes of the day it used [\d.]+ and [\d.]+\.$/,
    );
    const slow = await found('investigate-performance.yaml', CRM, {
      loadBalancer: 'app/crm-production-alb/50dc6c495c0c9188',
      slowMs: '100',
    });
    expect(slow('next')).toMatch(/^The slowest took \d+ ms: .+ leads to its other lines\.$/);
    expect(slow('times')).toMatchObject({ last: { m1: expect.any(Number) } });
    const realTechee = await found('check-realtechee-health.yaml', REALTECHEE, {
      ...tables,
      pool: 'us-west-1_DemoPool',
      loadBalancer: realTecheeAlb,
    });
    expect(realTechee('report')).toMatch(
      /^Site: unknown; Functions: 3 of 3, healthy; Tables: 5 of 5, healthy; User pool: healthy; Bucket: healthy; Service: healthy; Critical alarms: none fires; Response time: [\d.]+ s, healthy$/,
    );
    const crm = await found('check-crm-health.yaml', CRM, {
      loadBalancer: 'app/crm-production-alb/50dc6c495c0c9188',
    });
    expect(crm('report')).toMatch(
      /^\/health: unknown; Services: 4 of 4, healthy; Databases: 2 of 2, healthy; Functions: 4 of 4, healthy; Dead letters: 0; Bucket: healthy; Alarms: none fires; Response time: [\d.]+ s, healthy$/,
    );
    expect(changed()).toEqual([]);
  });

  it('a check of health that finds something wrong fails, and its report tells what', async () => {
    const inputs = { ...tables, pool: 'us-west-1_Nowhere' };
    const state = await rig.run('check-realtechee-health.yaml', { region: REALTECHEE, inputs });
    expect(state.status).toBe('failed');
    expect(outputOf(state, 'report')).toContain('User pool: FAILED');
    expect(stepOf(state, 'healthy').failure?.message).toContain('Something is not healthy');
  });
});

it('every file of the set is run here', () => {
  const files = readdirSync(starterDir).filter((name) => name.endsWith('.yaml'));
  const text = readFileSync(import.meta.filename, 'utf8');
  // What runs by itself is named by its title.
  const run = files.filter(
    (name) => text.includes(`'${name}'`) || name === 'collect-evidence.yaml',
  );
  expect(run).toEqual(files);
});
