/** Runbooks that run by themselves, from the demo's alarm to the line in the incident. */
import { cpSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startDemo } from '../../../src/demo';
import type { DemoAws } from '../../../src/demo';
import type { TimelineEntry } from '../../../src/shared/incidents/incident';
import { newDir, startConsole, starterDir } from './console-rig';
import type { ConsoleRig } from './console-rig';

const region = 'us-west-1';
const name = 'RealTechee-Critical-Error-Rate';

const evidence = (more = ''): string => `nightdesk: runbook/1
name: Collect evidence
automatic: true
alarms: [{ name: ${name} }]
steps:
  - id: state
    name: How it stands
    do: { kind: wait-for, alarm: { name: '{% $alarm.name %}', state: ALARM } }
  - id: said
    name: What the alarm says
    do: { kind: note, text: 'It is {% $steps.state.status %} since {% $alarm.stateTransitionedAt %}' }
${more}`;

let demo: DemoAws;
let desk: ConsoleRig | null = null;
let dir: string;
beforeEach(async () => {
  dir = newDir();
  demo = await startDemo({ evaluateEveryMs: Infinity, logsPerMinute: 20 });
});
afterEach(async () => {
  await desk?.stop(true);
  desk = null;
  await demo.stop();
  rmSync(dir, { recursive: true });
});

const start = async (files: Record<string, string>): Promise<ConsoleRig> => {
  // With runbooks of its own, a test has only those.
  const own = Object.keys(files).length > 0 ? { starterDir: dir } : {};
  desk = await startConsole({ endpoint: demo.endpoint, dir, files, ...own });
  return desk;
};
const fire = (): void => demo.setAlarmState(region, name, { state: 'ALARM', holdMs: 3_600_000 });
const calm = (): void => demo.setAlarmState(region, name, { state: 'OK', holdMs: 3_600_000 });
const linesOf = (rig: ConsoleRig, key: string): TimelineEntry[] =>
  (rig.incidents.latest(key)?.timeline ?? []).filter(({ kind }) => kind === 'runbook');
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

it('collects evidence into the incident when the alarm begins to fire, and changes nothing', async () => {
  calm();
  const rig = await start({ 'evidence.yaml': evidence() });
  const key = await rig.alarmKey(region, name);
  const before = demo.changes.count();
  fire();
  const lines = await rig.until(() => {
    const found = linesOf(rig, key);
    return found.length === 2 ? found : null;
  });
  const [run] = await rig.runbooks.runs();
  expect(run).toMatchObject({ automatic: true, by: 'Nightdesk', status: 'done', alarmKey: key });
  expect(lines.map(({ runId, by }) => ({ runId, by }))).toEqual([
    { runId: run?.runId, by: null },
    { runId: run?.runId, by: null },
  ]);
  expect(lines[0]?.text).toBe('Runbook Collect evidence began by itself, only reading');
  expect(lines[1]?.text).toMatch(/^Runbook Collect evidence is done after [\d.]+ s\n/);
  expect(lines[1]?.text).toContain('What the alarm says: It is done since ');
  // The alarm itself was put there by this test, not by a call.
  expect(demo.changes.count()).toBe(before);
});

it('runs once for a firing, not again after a restart, and not for a flap', async () => {
  calm();
  const first = await start({ 'evidence.yaml': evidence() });
  const key = await first.alarmKey(region, name);
  fire();
  await first.until(() => (linesOf(first, key).length === 2 ? true : null));
  calm();
  await first.until(() => (first.incidents.open(key) === null ? true : null));
  fire();
  await first.until(() => (first.incidents.latest(key)?.alarmCount === 2 ? true : null));
  await pause(500);
  expect(linesOf(first, key)).toHaveLength(2);
  await first.stop(true);
  desk = null;

  const second = await start({ 'evidence.yaml': evidence() });
  await second.alarmKey(region, name);
  await pause(2_500);
  expect(await second.runbooks.runs()).toHaveLength(1);
  expect(linesOf(second, key).map(({ text }) => text.split('\n')[0])).toEqual([
    expect.stringContaining('began'),
    expect.stringContaining('is done'),
  ]);
}, 30_000);

it('collects what an earlier console began to collect when it died, once', async () => {
  calm();
  const slow = evidence().replace(
    '  - id: said',
    '  - id: hold\n    do: { kind: wait-for, time: 3s }\n  - id: said',
  );
  const first = await start({ 'evidence.yaml': slow });
  const key = await first.alarmKey(region, name);
  fire();
  const runId = await first.until(
    () =>
      [...first.states.values()].find(({ steps }) => steps[1]?.status === 'running')?.runId ?? null,
  );
  // As a crash leaves it: begun on record, and no end.
  const left = newDir();
  cpSync(dir, left, { recursive: true, filter: (path) => !path.endsWith('lock') });
  await first.stop();
  renameSync(left, dir);
  desk = null;

  const second = await start({ 'evidence.yaml': slow });
  const again = await second.until(() => [...second.states.values()][0] ?? null);
  expect(await second.ended(again.runId)).toMatchObject({ automatic: true, status: 'done' });
  expect(again.runId).not.toBe(runId);
  await second.until(() => (linesOf(second, key).length === 3 ? true : null));
  const runs = await second.runbooks.runs();
  expect(runs.map(({ status }) => status).sort()).toEqual(['done', 'interrupted']);
  await second.stop(true);
  desk = null;

  // It has been collected: nothing is owed any more.
  const third = await start({ 'evidence.yaml': slow });
  await third.alarmKey(region, name);
  await pause(1_500);
  expect(third.states.size).toBe(0);
}, 30_000);

it('runs for an alarm that fires at the first sight of it', async () => {
  fire();
  const rig = await start({ 'evidence.yaml': evidence() });
  const key = await rig.alarmKey(region, name);
  await rig.until(() => (linesOf(rig, key).length === 2 ? true : null));
  expect(await rig.runbooks.runs()).toMatchObject([{ automatic: true, status: 'done' }]);
});

it('does not run what does more than read, and says in the incident why nothing was read', async () => {
  calm();
  const rig = await start({
    'changes.yaml': evidence(
      "  - { id: tell, do: { kind: sns-publish, topic: 'arn:aws:sns:us-west-1:1:t', message: x } }\n",
    ).replace('Collect evidence', 'Does more'),
    'outer.yaml': evidence('  - { id: in, do: { kind: runbook, runbook: inner.yaml } }\n').replace(
      'Collect evidence',
      'Through another',
    ),
    'inner.yaml':
      "nightdesk: runbook/1\nname: Inner\nsteps:\n  - { id: tell, do: { kind: sns-publish, topic: 't', message: x } }\n",
  });
  const key = await rig.alarmKey(region, name);
  const before = demo.changes.count();
  fire();
  const remark = await rig.until(
    () =>
      rig.incidents.latest(key)?.timeline.find(({ text }) => text.includes('did not run')) ?? null,
  );
  expect(remark).toMatchObject({
    by: 'Nightdesk',
    text: 'Runbook Through another did not run by itself: it does more than read',
  });
  expect(await rig.runbooks.runs()).toEqual([]);
  expect(demo.changes.count()).toBe(before);
});

const errorEvidence = `nightdesk: runbook/1
name: Collect evidence of errors
automatic: true
alarms: [{ name: ${name} }]
steps:
  - id: service
    name: The web service
    onFailure: continue
    do: { kind: describe, what: ecs-service, cluster: realtechee-production, name: realtechee-web }
  - id: errors
    name: Server errors a minute
    onFailure: continue
    do:
      kind: metric-query
      metrics:
        - {
            id: m1,
            namespace: AWS/ApplicationELB,
            metric: HTTPCode_Target_5XX_Count,
            statistic: Sum,
            dimensions: { LoadBalancer: app/RealTechee-ALB/7a1c9e4b5d2f3060 },
          }
      period: 1m
      last: 15m
  - id: messages
    name: What the errors say
    onFailure: continue
    timeout: 2m
    do:
      kind: logs-query
      groups: [/aws/amplify/RealTechee-Gen2/errors]
      query: stats count(*) as errors by message | sort errors desc
      last: 15m
      limit: 5
`;

it('collects what the bad deployment did, a person rolls it back, and the incident tells both', async () => {
  const rollBack = readFileSync(join(starterDir, 'roll-back-ecs-service.yaml'), 'utf8');
  const rig = await start({ 'evidence.yaml': errorEvidence, 'roll-back.yaml': rollBack });
  const key = await rig.alarmKey(region, name);
  demo.run('bad-deployment');
  for (let i = 0; i < 24; i += 1) demo.advance(5_000);
  const [, evidence] = await rig.until(() => {
    const found = linesOf(rig, key);
    return found.length === 2 ? found : null;
  });
  expect(evidence?.text).toMatch(
    /Server errors a minute: newest HTTPCode_Target_5XX_Count Sum \d+/,
  );
  expect(evidence?.text).toMatch(/The web service: .*taskDefinition realtechee-web:\d+/);
  expect(evidence?.text).toMatch(/What the errors say: \d rows, the first: /);
  expect(demo.changes.entries).toEqual([]);

  const request = {
    runbookId:
      (await rig.runbooks.list()).entries.find(({ fileName }) => fileName === 'roll-back.yaml')
        ?.id ?? '',
    alarmKey: key,
    connectionId: 'demo',
    region,
    inputs: { cluster: 'realtechee-production', service: 'realtechee-web' },
    undoOf: null,
  };
  const { runId } = await rig.start(request, await rig.plan(request));
  await rig.until(() => (rig.states.get(runId)?.status === 'asking' ? true : null));
  await rig.runbooks.act({
    action: 'answer',
    runId,
    stepId: rig.states.get(runId)?.steps.find(({ status }) => status === 'asking')?.id ?? '',
    answer: 'yes',
  });
  const turn = setInterval(() => demo.advance(5_000), 200);
  expect((await rig.ended(runId)).status).toBe('done');
  await rig.until(() => (rig.incidents.open(key) === null ? true : null));
  clearInterval(turn);
  expect(demo.changes.entries.map(({ operation }) => operation)).toEqual(['UpdateService']);
  const lines = linesOf(rig, key);
  expect(lines.map(({ by }) => by)).toEqual([null, null, 'maria', 'maria']);
  expect(lines.at(-1)?.text).toMatch(/^Runbook Roll back .* is done after/);
  const report = await rig.runbooks.report({ runId, format: 'markdown' });
  expect(report).toMatch(/maria answered \w+: yes/);
}, 60_000);
