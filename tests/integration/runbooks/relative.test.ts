/** Steps whose target rests on what runs now: what was approved is what runs, and never goes further back. */
import { cpSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, expect, it } from 'vitest';
import { startDemo } from '../../../src/demo';
import type { DemoAws } from '../../../src/demo';
import { newDir, startConsole } from './console-rig';
import type { ConsoleRig } from './console-rig';

const region = 'us-east-1';
const place = { cluster: 'crm-production', service: 'crm-core-service' };
const file = `nightdesk: runbook/1
name: Back
steps:
  - id: sure
    do: { kind: ask, question: Now?, answer: confirm }
  - id: back
    do: { kind: ecs-update, cluster: ${place.cluster}, service: ${place.service}, rollBack: true }
`;

let demo: DemoAws;
let rig: ConsoleRig;
const shelf = newDir();
const start = async (dir?: string): Promise<void> => {
  rig = await startConsole({
    endpoint: demo.endpoint,
    starterDir: shelf,
    ...(dir === undefined ? {} : { dir }),
  });
};
writeFileSync(join(shelf, 'back.yaml'), file);
afterAll(() => rmSync(shelf, { recursive: true }));
beforeEach(async () => {
  demo = await startDemo({ evaluateEveryMs: Infinity, logsPerMinute: 20 });
  await start();
});
afterEach(async () => {
  await rig.stop();
  await demo.stop();
});

async function asking(): Promise<string> {
  const { entries } = await rig.runbooks.list();
  const request = {
    runbookId: entries[0]?.id ?? '',
    alarmKey: null,
    connectionId: 'demo',
    region,
    inputs: {},
    undoOf: null,
  };
  const plan = await rig.plan(request);
  expect(plan.problems).toEqual([]);
  const { runId } = await rig.start(request, plan);
  await rig.until(() => (rig.states.get(runId)?.status === 'asking' ? true : null));
  return runId;
}

it('a plan made before anything was heard of the account names it, and stays good', async () => {
  // What the list of connections shows is learned behind the first sweep only.
  const { entries } = await rig.runbooks.list();
  const request = {
    runbookId: entries[0]?.id ?? '',
    alarmKey: null,
    connectionId: 'demo',
    region,
    inputs: {},
    undoOf: null,
  };
  const plan = await rig.plan(request);
  expect(plan.steps[1]?.place?.accountId).toMatch(/^\d{12}$/);
  await rig.until(() => rig.alarms.statuses()[0]?.accountId ?? null);
  const { runId } = await rig.start(request, plan);
  await rig.until(() => (rig.states.get(runId)?.status === 'asking' ? true : null));
});

it('a service that was changed between approval and step is left alone', async () => {
  const runId = await asking();
  const changes = rig.changesOf(region);
  await changes?.updateService(
    { ...place, taskDefinition: 'crm-core-service:46' },
    AbortSignal.timeout(5_000),
  );
  demo.changes.clear();
  await rig.runbooks.act({ action: 'answer', runId, stepId: 'sure', answer: 'yes' });
  const ended = await rig.ended(runId);
  expect(ended.status).toBe('failed');
  expect(ended.steps[1]?.failure?.message).toMatch(/has changed since it was approved/);
  expect(demo.changes.entries).toEqual([]);
});

it('is not tried again by another console than the one that began it', async () => {
  const runId = await asking();
  await rig.runbooks.act({ action: 'answer', runId, stepId: 'sure', answer: 'yes' });
  await rig.until(() => (demo.changes.count('UpdateService') === 1 ? true : null));
  // As a crash leaves it: begun on record, and no end.
  const left = newDir();
  cpSync(rig.dir, left, { recursive: true, filter: (path) => !path.endsWith('lock') });
  await rig.stop();
  await start(left);
  const { status, steps } = await rig.runbooks.run(runId);
  expect([status, steps[1]?.status]).toEqual(['interrupted', 'unknown']);
  await expect(rig.runbooks.act({ action: 'retry', runId, stepId: 'back' })).rejects.toThrow(
    /not known how far this step went/,
  );
  // A person who has looked goes on behind it.
  await rig.runbooks.act({ action: 'skip', runId, stepId: 'back', reason: 'It is through' });
  expect((await rig.ended(runId)).status).toBe('done');
  expect(demo.changes.count('UpdateService')).toBe(1);
});

it('goes nowhere else after a crash than where it was approved to go', async () => {
  const runId = await asking();
  const left = newDir();
  cpSync(rig.dir, left, { recursive: true, filter: (path) => !path.endsWith('lock') });
  await rig.stop();
  await start(left);
  // A colleague has changed the service while nobody looked.
  await rig
    .changesOf(region)
    ?.updateService(
      { ...place, taskDefinition: 'crm-core-service:46' },
      AbortSignal.timeout(5_000),
    );
  demo.changes.clear();
  await rig.runbooks.act({ action: 'retry', runId, stepId: 'sure' });
  await rig.until(() => (rig.states.get(runId)?.status === 'asking' ? true : null));
  await rig.runbooks.act({ action: 'answer', runId, stepId: 'sure', answer: 'yes' });
  const ended = await rig.ended(runId);
  expect(ended.status).toBe('failed');
  expect(ended.steps[1]?.failure?.message).toMatch(/has changed since it was approved/);
  expect(demo.changes.entries).toEqual([]);
});
