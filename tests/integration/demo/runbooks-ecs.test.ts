import {
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  DescribeTasksCommand,
  ECSClient,
  ListClustersCommand,
  ListServicesCommand,
  ListTaskDefinitionsCommand,
  ListTasksCommand,
  UpdateServiceCommand,
} from '@aws-sdk/client-ecs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { DemoAws } from '../../../src/demo';
import { alarmState, configOf, pass, quietDemo, refusal } from './support/runbook-clients';

let demo: DemoAws;
let rt: ECSClient;
let crm: ECSClient;
beforeEach(async () => {
  demo = await quietDemo();
  rt = new ECSClient(configOf(demo, 'us-west-1'));
  crm = new ECSClient(configOf(demo, 'us-east-1'));
});
afterEach(async () => {
  rt.destroy();
  crm.destroy();
  await demo.stop();
});

async function serviceOf(client: ECSClient, cluster: string, name: string) {
  const answer = await client.send(new DescribeServicesCommand({ cluster, services: [name] }));
  const service = answer.services?.[0];
  if (service === undefined) throw new Error('no service');
  return service;
}
const web = () => serviceOf(rt, 'realtechee-production', 'realtechee-web');
const core = () => serviceOf(crm, 'crm-production', 'crm-core-service');
const revisionOf = (arn: string | undefined): number => Number(arn?.split(':').at(-1));

test('rolling the service back ends the bad deployment, and its alarm, within a minute', async () => {
  const good = revisionOf((await web()).taskDefinition);
  demo.run('bad-deployment');
  pass(demo, 120);
  expect(await alarmState(demo, 'us-west-1', 'RealTechee-Critical-Error-Rate')).toBe('ALARM');
  const bad = await web();
  expect(revisionOf(bad.taskDefinition)).toBe(good + 1);
  const definitions = await rt.send(
    new ListTaskDefinitionsCommand({ familyPrefix: 'realtechee-web', sort: 'DESC' }),
  );
  const previous = definitions.taskDefinitionArns?.[1];
  expect(revisionOf(previous)).toBe(good);
  await rt.send(
    new UpdateServiceCommand({
      cluster: 'realtechee-production',
      service: 'realtechee-web',
      taskDefinition: previous,
    }),
  );
  const during = await web();
  expect(during.deployments?.map((one) => [one.status, one.rolloutState])).toEqual([
    ['PRIMARY', 'IN_PROGRESS'],
    ['ACTIVE', 'COMPLETED'],
  ]);
  pass(demo, 60);
  const after = await web();
  expect(after.deployments?.map((one) => [one.rolloutState, one.runningCount])).toEqual([
    ['COMPLETED', 3],
  ]);
  expect(after.events?.[0]?.message).toBe('(service realtechee-web) has reached a steady state.');
  expect(await alarmState(demo, 'us-west-1', 'RealTechee-Critical-Error-Rate')).toBe('OK');
  expect(demo.scenarios().some(({ running }) => running)).toBe(false);
  pass(demo, 600);
  expect(await alarmState(demo, 'us-west-1', 'RealTechee-Response-Time-Warning')).toBe('OK');
  expect(await alarmState(demo, 'us-west-1', 'RealTechee-Database-Latency')).toBe('OK');
});

test('restarting the bad release does not help', async () => {
  demo.run('bad-deployment');
  pass(demo, 120);
  await rt.send(
    new UpdateServiceCommand({
      cluster: 'realtechee-production',
      service: 'realtechee-web',
      forceNewDeployment: true,
    }),
  );
  pass(demo, 120);
  expect((await web()).deployments?.[0]?.rolloutState).toBe('COMPLETED');
  expect(await alarmState(demo, 'us-west-1', 'RealTechee-Critical-Error-Rate')).toBe('ALARM');
});

test('restarting the service that leaks drains the connections', async () => {
  demo.run('connection-leak');
  pass(demo, 120);
  expect(await alarmState(demo, 'us-east-1', 'CRM-Database-High-Connections')).toBe('ALARM');
  const before = (await core()).taskDefinition;
  await crm.send(
    new UpdateServiceCommand({
      cluster: 'crm-production',
      service: 'crm-core-service',
      forceNewDeployment: true,
    }),
  );
  pass(demo, 100);
  expect(await alarmState(demo, 'us-east-1', 'CRM-Database-High-Connections')).toBe('OK');
  // What was started again is what ran.
  expect((await core()).taskDefinition).toBe(before);
});

test('a deployment that is replaced before it is done never completes', async () => {
  const update = { cluster: 'crm-production', service: 'crm-core-service' };
  await crm.send(new UpdateServiceCommand({ ...update, forceNewDeployment: true }));
  const first = (await core()).deployments?.[0]?.id;
  pass(demo, 10);
  await crm.send(new UpdateServiceCommand({ ...update, forceNewDeployment: true }));
  pass(demo, 60);
  const left = (await core()).deployments?.map((one) => one.id);
  expect(left).toHaveLength(1);
  expect(left).not.toContain(first);
});

test('the count of tasks follows what is asked for, and so does its alarm', async () => {
  const update = { cluster: 'crm-production', service: 'crm-core-service' };
  await crm.send(new UpdateServiceCommand({ ...update, desiredCount: 1 }));
  pass(demo, 900);
  expect((await core()).runningCount).toBe(1);
  expect(await alarmState(demo, 'us-east-1', 'crm-core-service-running-tasks')).toBe('ALARM');
  await crm.send(new UpdateServiceCommand({ ...update, desiredCount: 4 }));
  expect((await core()).pendingCount).toBe(3);
  pass(demo, 900);
  expect((await core()).runningCount).toBe(4);
  expect(await alarmState(demo, 'us-east-1', 'crm-core-service-running-tasks')).toBe('OK');
});

test('clusters, services and tasks are listed and described', async () => {
  const clusters = await crm.send(new ListClustersCommand({}));
  expect(clusters.clusterArns).toEqual([
    'arn:aws:ecs:us-east-1:111122223333:cluster/crm-production',
  ]);
  const cluster = 'crm-production';
  const first = await crm.send(new ListServicesCommand({ cluster, maxResults: 4 }));
  const second = await crm.send(
    new ListServicesCommand({ cluster, maxResults: 4, nextToken: first.nextToken }),
  );
  expect([first.serviceArns?.length, second.serviceArns?.length]).toEqual([4, 2]);
  const listed = await crm.send(new ListTasksCommand({ cluster, serviceName: 'crm-auth-service' }));
  const { tasks, failures } = await crm.send(
    new DescribeTasksCommand({ cluster, tasks: [...(listed.taskArns ?? []), 'none'] }),
  );
  expect(tasks?.map((task) => task.lastStatus)).toEqual(['RUNNING', 'RUNNING', 'RUNNING']);
  expect(failures?.map((one) => one.reason)).toEqual(['MISSING']);
  const { taskDefinition } = await crm.send(
    new DescribeTaskDefinitionCommand({ taskDefinition: tasks?.[0]?.taskDefinitionArn }),
  );
  expect(taskDefinition?.family).toBe('crm-auth-service');
});

test('what is not there is refused in AWS’s words, and noted as a change that was tried', async () => {
  const none = await refusal(
    crm.send(new UpdateServiceCommand({ cluster: 'crm-production', service: 'none' })),
  );
  expect(none).toEqual({ name: 'ServiceNotFoundException', message: 'Service not found.' });
  expect(
    await refusal(crm.send(new DescribeServicesCommand({ cluster: 'none', services: ['a'] }))),
  ).toEqual({ name: 'ClusterNotFoundException', message: 'Cluster not found.' });
  expect(
    await refusal(
      crm.send(
        new UpdateServiceCommand({
          cluster: 'crm-production',
          service: 'crm-core-service',
          taskDefinition: 'crm-core-service:1',
        }),
      ),
    ),
  ).toEqual({ name: 'ClientException', message: 'Unable to describe task definition.' });
  expect(demo.changes.entries.map(({ operation, error }) => [operation, error])).toEqual([
    ['UpdateService', 'ServiceNotFoundException'],
    ['UpdateService', 'ClientException'],
  ]);
});
