/** What plans and read-only connections promise, against an endpoint that writes down every change it is asked for. */
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { startDemo } from '../../../src/demo';
import { tableName } from '../../../src/demo/systems/realtechee';
import { CRM_ACCOUNT } from '../../../src/demo/world';
import type { DemoAws } from '../../../src/demo';
import { readRunbook } from '../../../src/shared/runbooks/read-runbook';
import type { PlanRequest } from '../../../src/shared/runbooks/plan';
import { stepKinds } from '../../../src/shared/runbooks/step-kinds';
import type { StepAction, StepKind } from '../../../src/shared/runbooks/step-kinds';
import { record } from './local-rig';
import type { RecordingServer } from './local-rig';
import { newDir, startConsole, starterDir } from './console-rig';
import type { ConsoleRig } from './console-rig';

const region = 'us-east-1';
const topic = `arn:aws:sns:us-east-1:${CRM_ACCOUNT}:crm-critical-alerts`;

let demo: DemoAws;
let desk: ConsoleRig | null = null;
const nothing = newDir();
let outside: RecordingServer;
beforeAll(async () => {
  demo = await startDemo({ evaluateEveryMs: Infinity, logsPerMinute: 20 });
  outside = await record((_request, response) => response.end('{}'));
});
afterAll(async () => {
  await demo.stop();
  await outside.stop();
  rmSync(nothing, { recursive: true });
});
beforeEach(() => demo.changes.clear());
afterEach(async () => {
  await desk?.stop();
  desk = null;
});
const start = async (init: Partial<Parameters<typeof startConsole>[0]>): Promise<ConsoleRig> => {
  // Without the starter set unless it is wanted: none of it runs by itself meanwhile.
  desk = await startConsole({ endpoint: demo.endpoint, starterDir: nothing, ...init });
  // An account that becomes known after a plan was made is another plan.
  const rig = desk;
  await rig.until(() => rig.alarms.statuses()[0]?.accountId ?? null);
  return desk;
};

const requestOf = (runbookId: string, inputs: PlanRequest['inputs'] = {}): PlanRequest => ({
  runbookId,
  alarmKey: null,
  connectionId: 'demo',
  region,
  inputs,
  undoOf: null,
});
const idOf = async (rig: ConsoleRig, fileName: string): Promise<string> =>
  (await rig.runbooks.list()).entries.find((entry) => entry.fileName === fileName)?.id ?? '';

/** One of each kind, on what the demo has. */
const actions = (): Record<Exclude<StepKind, 'runbook'>, StepAction> => ({
  'lambda-invoke': { kind: 'lambda-invoke', function: 'crm-export', payload: { all: true } },
  'ssm-automation': {
    kind: 'ssm-automation',
    document: 'Demo-DrainConnections',
    parameters: { Database: 'crm-production' },
  },
  'ssm-command': {
    kind: 'ssm-command',
    document: 'AWS-RunShellScript',
    instances: ['i-0317828c84edbe100'],
    parameters: { commands: ['uptime'] },
  },
  'sns-publish': { kind: 'sns-publish', topic, message: 'x' },
  'sqs-send': { kind: 'sqs-send', queue: 'crm-mail-out', message: 'x' },
  'step-functions': { kind: 'step-functions', stateMachine: 'crm-lead-reimport' },
  'eventbridge-put': { kind: 'eventbridge-put', source: 's', detailType: 't', detail: {} },
  'ecs-update': {
    kind: 'ecs-update',
    cluster: 'crm-production',
    service: 'crm-core-service',
    rollBack: true,
  },
  'lambda-alias': { kind: 'lambda-alias', function: 'crm-export', alias: 'live', version: '2' },
  'rds-reboot': { kind: 'rds-reboot', instance: 'crm-production', failover: true },
  'dynamodb-capacity': {
    kind: 'dynamodb-capacity',
    table: tableName('Requests'),
    readUnits: 5,
    writeUnits: 5,
  },
  'waf-block': { kind: 'waf-block', ipSet: 'crm-blocked-addresses', addresses: ['192.0.2.0/24'] },
  'alarm-actions': { kind: 'alarm-actions', alarms: ['CRM-High-Error-Rate'], enabled: false },
  'alarm-state': {
    kind: 'alarm-state',
    alarm: 'CRM-High-Error-Rate',
    state: 'ALARM',
    reason: 'A drill',
  },
  'dashboard-mark': {
    kind: 'dashboard-mark',
    dashboard: 'CRM-Operational-Dashboard',
    label: 'Drill',
  },
  'metric-data': { kind: 'metric-data', namespace: 'Test', metric: 'm', value: 1 },
  retention: { kind: 'retention', group: '/ecs/crm/scheduler', days: 7 },
  'support-case': { kind: 'support-case', subject: 's', body: 'b' },
  describe: { kind: 'describe', what: 'rds-instance', name: 'crm-production' },
  'logs-query': { kind: 'logs-query', groups: ['/ecs/crm/scheduler'], query: 'fields @message' },
  'metric-query': {
    kind: 'metric-query',
    metrics: [{ id: 'm1', namespace: 'AWS/RDS', metric: 'DatabaseConnections' }],
  },
  'http-request': { kind: 'http-request', method: 'POST', url: outside.url('/changed'), body: {} },
  script: { kind: 'script', command: [process.execPath, 'trace.mjs'] },
  check: { kind: 'check', that: 'true' },
  'wait-for': { kind: 'wait-for', alarm: { name: 'CRM-High-Error-Rate', state: 'OK' } },
  ask: { kind: 'ask', question: 'Sure?', answer: 'confirm' },
  note: { kind: 'note', text: 'x' },
  open: { kind: 'open', dashboard: 'd' },
  notify: { kind: 'notify', title: 'x' },
  'page-someone': { kind: 'page-someone', service: 'pagerduty', integration: 'p', summary: 's' },
});
/** Where the demo's tables are. */
const west = { region: 'us-west-1' };
const fileOf = (kind: string, action: StepAction): string =>
  stringify({
    nightdesk: 'runbook/1',
    name: kind,
    steps: [{ id: 'only', do: action, ...(action.kind === 'dynamodb-capacity' && west) }],
  });

const typedFor: Readonly<Record<string, string | number>> = {
  text: 'crm-core-service',
  number: 1,
  alarm: 'CRM-High-Error-Rate',
  'log-group': '/ecs/crm/scheduler',
  arn: topic,
};
const known: Readonly<Record<string, string>> = {
  function: 'crm-read-only-mode',
  database: 'crm-production',
  address: '192.0.2.0/24',
  ipSet: 'crm-blocked-addresses',
};

describe('a plan', () => {
  it.each(readdirSync(starterDir).filter((name) => name.endsWith('.yaml')))(
    'of the starter %s changes nothing',
    async (name) => {
      const rig = await start({ starterDir });
      const read = readRunbook(readFileSync(join(starterDir, name), 'utf8'));
      if (!read.ok) throw new Error('not a runbook');
      // What may be left empty is, and what has a default has that.
      const wanted = (read.runbook.inputs ?? []).filter((input) => {
        const given = 'default' in input ? input.default : undefined;
        // A default that looks at the alarm is none here.
        return input.required !== false && (given === undefined || String(given).includes('{%'));
      });
      const inputs = Object.fromEntries(
        wanted.map((input) => [input.name, known[input.name] ?? typedFor[input.type] ?? 'x']),
      );
      const asked = demo.requests.count();
      const plan = await rig.plan(requestOf(`starter/${name}`, inputs));
      expect(plan.steps.length).toBeGreaterThan(0);
      expect(demo.changes.entries).toEqual([]);
      // Something of the account was looked at, but for runbooks that only name things.
      expect(demo.requests.count()).toBeGreaterThanOrEqual(asked);
    },
  );

  it('of each kind of step changes nothing, here or outside', async () => {
    const files = Object.entries(actions()).map(([kind, action]) => [
      `${kind}.yaml`,
      fileOf(kind, action),
    ]);
    const rig = await start({ files: Object.fromEntries(files) });
    const trace = join(rig.folder, 'trace.txt');
    writeFileSync(
      join(rig.folder, 'trace.mjs'),
      `import { writeFileSync } from 'node:fs'; writeFileSync(${JSON.stringify(trace)}, 'x');`,
    );
    const kinds = Object.keys(actions());
    expect(new Set([...kinds, 'runbook'])).toEqual(new Set(Object.keys(stepKinds)));
    const before = demo.requests.count();
    const problems: string[] = [];
    for (const kind of kinds) {
      const plan = await rig.plan(requestOf(await idOf(rig, `${kind}.yaml`)));
      problems.push(...plan.problems);
      expect(plan.steps.map((step) => step.kind)).toEqual([kind]);
    }
    // All but these could run: it is not that the plans stopped before they looked.
    expect(problems).toEqual([
      expect.stringContaining('support plan has no cases'),
      expect.stringContaining('no integration p'),
    ]);
    expect(demo.requests.count()).toBeGreaterThan(before);
    expect(demo.changes.entries).toEqual([]);
    expect(outside.asked).toEqual([]);
    expect(rig.presenter.shown.filter(({ id }) => id.startsWith('runbook-'))).toEqual([]);
    expect(existsSync(trace)).toBe(false);
    expect((await rig.entries()).filter(({ event }) => event.type.startsWith('runbook'))).toEqual(
      [],
    );
  });

  it('is the only thing without a change: the same step, run, is one', async () => {
    const rig = await start({ files: { 'a.yaml': fileOf('a', actions()['lambda-invoke']) } });
    const request = requestOf(await idOf(rig, 'a.yaml'));
    const plan = await rig.plan(request);
    expect(plan.problems).toEqual([]);
    expect(demo.changes.entries).toEqual([]);
    const { runId } = await rig.start(request, plan);
    expect((await rig.ended(runId)).status).toBe('done');
    expect(demo.changes.entries.map(({ operation }) => operation)).toEqual(['Invoke']);
  });
});

describe('a read-only connection', () => {
  const changing = Object.entries(stepKinds).flatMap(([kind, facts]) =>
    facts.onAws && facts.class !== 'reads' ? [kind] : [],
  );

  it.each(changing)('refuses %s, and nothing is asked of the account', async (kind) => {
    const action = Object.entries(actions()).find(([one]) => one === kind)?.[1];
    if (action === undefined) throw new Error(kind);
    const rig = await start({
      files: { 'a.yaml': fileOf(kind, action) },
      connection: { readOnly: true },
    });
    const request = requestOf(await idOf(rig, 'a.yaml'));
    const plan = await rig.plan(request);
    expect(plan.problems).toEqual([expect.stringContaining('Demo is read-only')]);
    expect(plan.steps[0]?.failure?.kind).toBe('read-only');
    const typed = plan.approval.kind === 'type' ? plan.approval.text : null;
    await expect(rig.start(request, plan, typed)).rejects.toThrow(/read-only/);
    expect(demo.changes.entries).toEqual([]);
    expect(rig.changesOf(region)).toBeNull();
  });
});

describe('a run', () => {
  it('happens once for a double click, a click after the end, and a click on the same plan', async () => {
    const rig = await start({ files: { 'a.yaml': fileOf('a', actions()['lambda-invoke']) } });
    const request = requestOf(await idOf(rig, 'a.yaml'));
    const { hash } = await rig.plan(request);
    const command = { ...request, commandId: 'one', hash, typed: null, secondPerson: null };
    const [first, second, other] = await Promise.allSettled([
      rig.runbooks.start(command),
      rig.runbooks.start(command),
      rig.runbooks.start({ ...command, commandId: 'two' }),
    ]);
    if (first.status === 'rejected' || second.status === 'rejected') throw new Error('refused');
    expect(second.value.runId).toBe(first.value.runId);
    expect(other.status).toBe('rejected');
    await rig.ended(first.value.runId);
    expect((await rig.runbooks.start(command)).runId).toBe(first.value.runId);
    await expect(rig.runbooks.start({ ...command, commandId: 'two' })).rejects.toThrow();
    expect(demo.changes.count('Invoke')).toBe(1);
  });

  it('does not begin without a journal', async () => {
    const rig = await start({ files: { 'a.yaml': fileOf('a', actions()['lambda-invoke']) } });
    const request = requestOf(await idOf(rig, 'a.yaml'));
    const plan = await rig.plan(request);
    await rig.journal.close();
    await expect(rig.start(request, plan)).rejects.toThrow(/journal cannot record/);
    expect(demo.changes.entries).toEqual([]);
  });

  it('is on disk, step by step, before the account is asked', async () => {
    const rig = await start({ files: { 'a.yaml': fileOf('a', actions()['lambda-invoke']) } });
    const request = requestOf(await idOf(rig, 'a.yaml'));
    const plan = await rig.plan(request);
    const file = join(rig.dir, 'journal');
    const onDisk = (): string =>
      readdirSync(file)
        .filter((name) => name.endsWith('.jsonl'))
        .map((name) => readFileSync(join(file, name), 'utf8'))
        .join('');
    let seen = '';
    const add = demo.changes.add.bind(demo.changes);
    demo.changes.add = (call) => {
      seen = onDisk();
      add(call);
    };
    const { runId } = await rig.start(request, plan);
    await rig.ended(runId);
    expect(seen).toContain('"runbook-started"');
    expect(seen).toMatch(/"stepId":"only"[^\n]*"phase":"started"/);
    expect(seen).not.toContain('"phase":"done"');
    demo.changes.add = add;
  });
});
