import { afterAll, beforeAll, expect, test } from 'vitest';
import { inputSources } from '../../../src/shared/runbooks/runbook';
import { choicesOf } from '../../../src/main/runbooks/choices';
import { awsRig, CRM, REALTECHEE } from './aws-rig';
import type { AwsRig } from './aws-rig';

let rig: AwsRig;
beforeAll(async () => {
  rig = await awsRig();
});
afterAll(() => rig.stop());

const choices = (from: (typeof inputSources)[number], prefix = '', region = CRM) =>
  choicesOf(rig.reads(region), from, prefix, AbortSignal.timeout(10_000));

test.each([
  ['lambda-functions', 'crm-export', CRM],
  ['ecs-clusters', 'crm-production', CRM],
  ['ecs-services', 'crm-core-service', CRM],
  ['rds-instances', 'crm-production-replica', CRM],
  ['log-groups', '/ecs/crm/crm-core', CRM],
  ['alarms', 'CRM-High-Error-Rate', CRM],
  ['ssm-documents', 'Demo-DrainConnections', CRM],
  ['state-machines', 'arn:aws:states:us-east-1:111122223333:stateMachine:crm-lead-reimport', CRM],
  ['sns-topics', 'arn:aws:sns:us-east-1:111122223333:crm-critical-alerts', CRM],
] as const)('%s of the account, those that begin so and all', async (from, name, region) => {
  const all = await choices(from, '', region);
  expect(all).toContain(name);
  expect(all).toEqual(all.toSorted((a, b) => a.localeCompare(b, 'en')));
  const short = name.split(/[:/]/).at(-1) ?? name;
  const prefix = from === 'log-groups' ? name : short;
  const some = await choices(from, prefix, region);
  expect(some).toContain(name);
  expect(some.every((one) => one.includes(prefix))).toBe(true);
  expect(await choices(from, 'zzz', region)).toEqual([]);
});

test('tables are found by how their names begin', async () => {
  const all = await choices('dynamodb-tables', '', REALTECHEE);
  expect(all.length).toBeGreaterThan(3);
  const [first = ''] = all;
  expect(await choices('dynamodb-tables', first, REALTECHEE)).toEqual([first]);
});

test('every source gives something, and none of them changes anything', async () => {
  for (const from of inputSources) {
    const region = from === 'dynamodb-tables' ? REALTECHEE : CRM;
    expect((await choices(from, '', region)).length, from).toBeGreaterThan(0);
  }
  expect(rig.demo.changes.count()).toBe(0);
});
