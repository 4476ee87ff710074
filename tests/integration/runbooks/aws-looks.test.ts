import { afterAll, beforeAll, expect, test } from 'vitest';
import type { StepAction } from '../../../src/shared/runbooks/step-kinds';
import { awsHandlers } from '../../../src/main/runbooks/actions/aws';
import type { AwsKind } from '../../../src/main/runbooks/actions/aws';
import { awsRig, CRM, REALTECHEE } from './aws-rig';
import type { AwsRig } from './aws-rig';

let rig: AwsRig;
beforeAll(async () => {
  rig = await awsRig();
});
afterAll(() => rig.stop());

type One<K extends AwsKind> = Extract<StepAction, { kind: K }>;

const metrics = [{ id: 'm1', namespace: 'AWS/RDS', metric: 'DatabaseConnections' }];
const shell = { document: 'AWS-RunShellScript', parameters: { commands: ['hostname'] } };

/** One of each kind that the demo can do, and what is said of it before. */
const steps: { [K in AwsKind]: [One<K>, resource: string | null, effect: RegExp | null] } = {
  'lambda-invoke': [
    { kind: 'lambda-invoke', function: 'crm-export', payload: {} },
    'crm-export',
    /^runs crm-export/,
  ],
  'ssm-automation': [
    { kind: 'ssm-automation', document: 'Demo-RebuildSearchIndex' },
    'Demo-RebuildSearchIndex',
    /^runs 3 steps/,
  ],
  'ssm-command': [
    { kind: 'ssm-command', ...shell, instances: ['i-0317828c84edbe100'] },
    'i-0317828c84edbe100',
    /on 1 instance: crm-worker-1$/,
  ],
  'sns-publish': [
    { kind: 'sns-publish', topic: 'crm-critical-alerts', message: 'x' },
    'crm-critical-alerts',
    /subscri/,
  ],
  'sqs-send': [{ kind: 'sqs-send', queue: 'crm-mail-out', message: 'x' }, 'crm-mail-out', /^goes/],
  'step-functions': [
    { kind: 'step-functions', stateMachine: 'crm-lead-reimport' },
    'crm-lead-reimport',
    /^starts/,
  ],
  'eventbridge-put': [
    { kind: 'eventbridge-put', source: 'a', detailType: 'b', detail: {} },
    'default',
    /^goes/,
  ],
  'ecs-update': [
    { kind: 'ecs-update', cluster: 'crm-production', service: 'crm-core-service', desiredCount: 5 },
    'crm-core-service',
    /^desired count 3 → 5$/,
  ],
  'lambda-alias': [
    { kind: 'lambda-alias', function: 'crm-export', alias: 'live', version: '2' },
    'crm-export:live',
    /^version 4 → 2$/,
  ],
  'rds-reboot': [
    { kind: 'rds-reboot', instance: 'crm-production' },
    'crm-production',
    /^reboots in its place/,
  ],
  'dynamodb-capacity': [
    { kind: 'dynamodb-capacity', table: '', readUnits: 5, writeUnits: 5 },
    '',
    /^read 100 → 5, write 50 → 5 units$/,
  ],
  'waf-block': [
    { kind: 'waf-block', ipSet: 'crm-blocked-addresses', addresses: ['192.0.2.1/32'] },
    'crm-blocked-addresses',
    /^adds 192\.0\.2\.1\/32;/,
  ],
  'alarm-actions': [
    { kind: 'alarm-actions', alarms: ['CRM-High-Error-Rate'], enabled: false },
    'CRM-High-Error-Rate',
    /^actions on → off for 1 alarm$/,
  ],
  'alarm-state': [
    { kind: 'alarm-state', alarm: 'CRM-High-Error-Rate', state: 'ALARM', reason: 'x' },
    'CRM-High-Error-Rate',
    /^OK → ALARM/,
  ],
  'dashboard-mark': [
    { kind: 'dashboard-mark', dashboard: 'CRM-Operational-Dashboard', label: 'Drill' },
    'CRM-Operational-Dashboard',
    /^marks \d+ charts$/,
  ],
  'metric-data': [
    { kind: 'metric-data', namespace: 'Drills', metric: 'Held', value: 1 },
    'Drills Held',
    /^puts 1/,
  ],
  retention: [
    { kind: 'retention', group: '/ecs/crm/crm-core', days: 7 },
    '/ecs/crm/crm-core',
    /^events are kept 30 days → 7 days/,
  ],
  'support-case': [
    { kind: 'support-case', subject: 'a', body: 'b' },
    null,
    /support plan has no cases/,
  ],
  describe: [{ kind: 'describe', what: 'lambda-function', name: 'crm-export' }, 'crm-export', null],
  'logs-query': [
    { kind: 'logs-query', groups: ['/ecs/crm/crm-core'], query: 'fields @message' },
    '/ecs/crm/crm-core',
    /^reads 1 log group/,
  ],
  'metric-query': [{ kind: 'metric-query', metrics }, 'DatabaseConnections', /^asks for 1 metric/],
};

test('every kind of AWS has a handler, and every handler an example here', () => {
  expect(Object.keys(awsHandlers()).sort()).toEqual(Object.keys(steps).sort());
});

test('looking ahead changes nothing, whatever the kind, and says what would', async () => {
  const [table = ''] = await rig
    .reads(REALTECHEE)
    .listTables(undefined, AbortSignal.timeout(5_000))
    .then(({ TableNames = [] }) => TableNames);
  for (const [action, resource, effect] of Object.values(steps)) {
    const filled = action.kind === 'dynamodb-capacity' ? { ...action, table } : action;
    const region = action.kind === 'dynamodb-capacity' ? REALTECHEE : CRM;
    expect(rig.resource(filled), action.kind).toBe(resource === '' ? table : resource);
    // The demo's accounts have no support plan with an API.
    const said = rig.effect(filled, region).catch((error: unknown) => String(error));
    if (effect === null) expect(await said, action.kind).toBeNull();
    else expect(await said, action.kind).toMatch(effect);
  }
  expect(rig.demo.changes.entries).toEqual([]);
  expect(rig.demo.requests.count()).toBeGreaterThan(20);
});
