/** Whole runs over the real path: what steps gave is what later steps, checks and the undoing look at. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startDemo } from '../../../src/demo';
import type { DemoAws } from '../../../src/demo';
import type { PlanRequest } from '../../../src/shared/runbooks/plan';
import type { RunState } from '../../../src/shared/runbooks/run';
import { startConsole } from './console-rig';
import type { ConsoleRig } from './console-rig';

let demo: DemoAws;
let desk: ConsoleRig;
beforeEach(async () => {
  demo = await startDemo({ evaluateEveryMs: Infinity, logsPerMinute: 20 });
});
afterEach(async () => {
  await desk.stop();
  await demo.stop();
});

const runbook = `nightdesk: runbook/1
name: Everything that can be taken back
steps:
  - id: alias
    do: { kind: lambda-alias, function: crm-export, alias: live, version: previous }
  - id: block
    do: { kind: waf-block, ipSet: crm-blocked-addresses, addresses: [192.0.2.1/32, 198.51.100.0/28] }
  - id: quiet
    do: { kind: alarm-actions, alarms: [CRM-High-Error-Rate, CRM-High-Response-Time], enabled: false }
  - id: keep
    do: { kind: retention, group: /ecs/crm/crm-core, days: 90 }
  - id: level
    do:
      kind: metric-query
      metrics:
        - id: m1
          namespace: AWS/RDS
          metric: DatabaseConnections
          dimensions: { DBInstanceIdentifier: crm-production }
      period: 1m
      last: 30m
  - id: plausible
    do: { kind: check, that: '{% $steps.level.output.last.m1 > 0 %}', else: There is no value. }
  - id: count
    do:
      kind: logs-query
      groups: [/ecs/crm/scheduler]
      query: stats count(*) as lines
      last: 1h
  - id: tell
    do:
      kind: sqs-send
      queue: crm-mail-out
      message:
        lines: '{% $steps.count.output.rows[0].lines %}'
        before: '{% $steps.alias.output.before %}'
undo:
  - id: aliasBack
    do: { kind: lambda-alias, function: crm-export, alias: live, version: '{% $steps.alias.output.before %}' }
  - id: unblock
    do: { kind: waf-block, ipSet: crm-blocked-addresses, addresses: '{% [$steps.block.output.added] %}', remove: true }
  - id: loud
    do: { kind: alarm-actions, alarms: '{% [$steps.quiet.output.changed] %}', enabled: true }
  - id: keepAsBefore
    do: { kind: retention, group: /ecs/crm/crm-core, days: '{% $steps.keep.output.before %}' }
`;

const requestOf = (runbookId: string, more: Partial<PlanRequest> = {}): PlanRequest => ({
  runbookId,
  alarmKey: null,
  connectionId: 'demo',
  region: 'us-east-1',
  inputs: {},
  undoOf: null,
  ...more,
});

/** Planned, approved as a person would, and answered with yes wherever it asks. */
async function carriedOut(request: PlanRequest): Promise<RunState> {
  const plan = await desk.plan(request);
  expect(plan.problems).toEqual([]);
  const typed = plan.approval.kind === 'type' ? plan.approval.text : null;
  const { runId } = await desk.start(request, plan, typed);
  for (;;) {
    const state = await desk.until(() => {
      const now = desk.states.get(runId);
      const rests = now !== undefined && (now.endedAt !== null || now.status === 'asking');
      return rests ? now : null;
    });
    const asking = state.steps.find(({ status }) => status === 'asking');
    if (asking === undefined) return state;
    await desk.runbooks.act({ action: 'answer', runId, stepId: asking.id, answer: 'yes' });
  }
}

const failures = ({ steps }: RunState): string[] =>
  steps.flatMap(({ id, failure }) => (failure === null ? [] : [`${id}: ${failure.message}`]));

test('what was done is taken back by what the steps gave', async () => {
  demo.advance(1_800_000);
  desk = await startConsole({ endpoint: demo.endpoint, files: { 'all.yaml': runbook } });
  const { entries } = await desk.runbooks.list();
  const id = entries.find(({ fileName }) => fileName === 'all.yaml')?.id ?? '';
  const plan = await desk.plan(requestOf(id));
  expect(plan.steps.map(({ effect }) => effect).slice(0, 4)).toEqual([
    'version 4 → 3',
    'adds 192.0.2.1/32; crm-blocked-addresses holds 1 → 2 ranges',
    'actions on → off for 2 alarms',
    'events are kept 30 days → 90 days',
  ]);
  expect(demo.changes.count()).toBe(0);
  const run = await carriedOut(requestOf(id));
  expect(failures(run)).toEqual([]);
  expect(run.status).toBe('done');
  const sent = demo.changes.entries.find(({ operation }) => operation === 'SendMessage');
  expect(sent?.input).toMatchObject({
    MessageBody: expect.stringMatching(/^\{"lines":"[1-9]\d*","before":"4"\}$/),
  });
  demo.changes.clear();
  // Two runs within a second are taken for a mistake.
  await new Promise((resolve) => setTimeout(resolve, 1_100));
  const undone = await carriedOut(requestOf(id, { undoOf: run.runId }));
  expect(failures(undone)).toEqual([]);
  expect(demo.changes.entries).toMatchObject([
    { operation: 'UpdateAlias', input: { FunctionVersion: '4' } },
    { operation: 'UpdateIPSet', input: { Addresses: ['198.51.100.0/28'] } },
    {
      operation: 'EnableAlarmActions',
      input: { AlarmNames: ['CRM-High-Error-Rate', 'CRM-High-Response-Time'] },
    },
    { operation: 'PutRetentionPolicy', input: { retentionInDays: 30 } },
  ]);
});

test('the starter that rolls a function back ends the incident that its release began', async () => {
  const running = () => demo.scenarios().find(({ id }) => id === 'bad-deployment')?.running;
  demo.run('bad-deployment');
  expect(running()).toBe(true);
  desk = await startConsole({ endpoint: demo.endpoint });
  const { entries } = await desk.runbooks.list();
  const starter = entries.find(({ name }) => name === 'Roll back the last Lambda deployment');
  const inputs = { function: 'RealTechee-notification-processor', alias: 'live' };
  const run = await carriedOut(requestOf(starter?.id ?? '', { region: 'us-west-1', inputs }));
  expect(failures(run)).toEqual([]);
  expect(run.status).toBe('done');
  expect(run.steps.find(({ kind }) => kind === 'lambda-alias')?.status).toBe('done');
  // Requests that are under way end on the version they began with.
  demo.advance(10_000);
  expect(running()).toBe(false);
});
