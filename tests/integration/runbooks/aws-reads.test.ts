import { afterEach, beforeEach, expect, test } from 'vitest';
import type { StepAction } from '../../../src/shared/runbooks/step-kinds';
import { awsRig, CRM, failureOf, REALTECHEE } from './aws-rig';
import type { AwsRig } from './aws-rig';

let rig: AwsRig;
beforeEach(async () => {
  rig = await awsRig();
});
afterEach(() => rig.stop());

const GROUP = '/ecs/crm/scheduler';

test('a service is described with what it runs', async () => {
  const found = await rig.value({
    kind: 'describe',
    what: 'ecs-service',
    cluster: 'crm-production',
    name: 'crm-core-service',
  });
  expect(found).toMatchObject({
    service: 'crm-core-service',
    cluster: 'crm-production',
    desiredCount: 3,
    runningCount: 3,
    deployments: [{ status: 'PRIMARY', running: 3 }],
  });
  expect(found).toHaveProperty('taskDefinition', expect.stringMatching(/^crm-core-service:\d+$/));
});

test('its tasks are a table', async () => {
  const found = await rig.value({
    kind: 'describe',
    what: 'ecs-tasks',
    cluster: 'crm-production',
    name: 'crm-core-service',
  });
  const running = { status: 'RUNNING', health: 'HEALTHY' };
  expect(found).toMatchObject({ rows: [running, running, running] });
});

test('a function is described without the values of its environment', async () => {
  const output = await rig.run({
    kind: 'describe',
    what: 'lambda-function',
    name: 'crm-read-only-mode',
  });
  expect(JSON.parse(output.json)).toMatchObject({
    function: 'crm-read-only-mode',
    runtime: 'nodejs22.x',
    environment: ['READ_ONLY'],
  });
  expect(output.json).not.toContain('false');
});

test.each([
  ['lambda-alias', 'crm-export:live', CRM, { alias: 'live', version: '4' }],
  ['rds-instance', 'crm-production', CRM, { status: 'available', multiAz: true }],
  ['sqs-queue', 'crm-mail-out', CRM, { queue: 'crm-mail-out', messages: 0 }],
  ['user-pool', 'us-west-1_DemoPool', REALTECHEE, { name: 'realtechee-users-prod' }],
  ['bucket', 'crm-production-files', CRM, { bucket: 'crm-production-files', region: CRM }],
  ['alarm', 'CRM-High-Error-Rate', CRM, { alarm: 'CRM-High-Error-Rate', actionsEnabled: true }],
] as const)('%s is described', async (what, name, region, facts) => {
  expect(await rig.value({ kind: 'describe', what, name }, region)).toMatchObject(facts);
});

test('a table is described with its capacity', async () => {
  const [table = ''] = rig.demo.world
    .all()
    .flatMap(({ resources }) => [...resources.tables.keys()]);
  expect(
    await rig.value({ kind: 'describe', what: 'dynamodb-table', name: table }, REALTECHEE),
  ).toMatchObject({ table, readUnits: 100, writeUnits: 50, billing: 'PROVISIONED' });
});

test.each([
  ['lambda-function', 'no-such', 'function no-such'],
  ['lambda-alias', 'no-such:live', 'alias no-such:live'],
  ['rds-instance', 'no-such', 'database no-such'],
  ['dynamodb-table', 'no-such', 'table no-such'],
  ['sqs-queue', 'no-such', 'queue no-such'],
  ['alarm', 'No-Such', 'alarm No-Such'],
  ['stack', 'no-such', 'stack no-such'],
  ['user-pool', 'no-such', 'user pool no-such'],
  ['bucket', 'no-such', 'bucket no-such'],
] as const)('%s: what is not there is said by its name', async (what, name, words) => {
  const failure = await failureOf(rig.run({ kind: 'describe', what, name }));
  expect(failure).toMatchObject({
    kind: 'not-found',
    message: `There is no ${words} in us-east-1.`,
  });
});

test('a service is looked for in its cluster, nothing else is', async () => {
  const service = { kind: 'describe', what: 'ecs-service', name: 'crm-core-service' } as const;
  expect((await failureOf(rig.effect(service))).message).toContain('cluster');
  const gone = await failureOf(rig.run({ ...service, cluster: 'none' }));
  expect(gone.message).toBe('There is no cluster none in us-east-1.');
  const none = await failureOf(rig.run({ ...service, cluster: 'crm-production', name: 'none' }));
  expect(none.kind).toBe('not-found');
  const odd = { kind: 'describe', what: 'bucket', name: 'b', cluster: 'c' } as const;
  expect((await failureOf(rig.effect(odd))).message).toContain('in no cluster');
});

test('a stack is described', async () => {
  const { Stacks = [] } = await rig
    .reads(REALTECHEE)
    .describeStacks({}, AbortSignal.timeout(5_000));
  const [first] = Stacks;
  const name = first?.StackName ?? '';
  expect(await rig.value({ kind: 'describe', what: 'stack', name }, REALTECHEE)).toMatchObject({
    stack: name,
    status: first?.StackStatus,
  });
});

test('a query gives its rows as a table', async () => {
  rig.demo.advance(600_000);
  const told = rig.told(CRM);
  const found = await rig.value(
    {
      kind: 'logs-query',
      groups: [GROUP],
      query: 'stats count(*) as lines by @logStream | sort lines desc',
      last: '10m',
      limit: 5,
    },
    CRM,
    told,
  );
  expect(found).toMatchObject({ columns: ['@logStream', 'lines'] });
  expect(found).toHaveProperty('rows.0.lines', expect.stringMatching(/^[1-9]\d*$/));
  expect(told.said.at(-1)).toMatch(/^Done: /);
});

test('a hostile value finds only itself', async () => {
  rig.demo.advance(600_000);
  const query = 'filter @message = $text or @logStream = "no" | stats count(*) as lines';
  const run = (text: string) =>
    rig.value({ kind: 'logs-query', groups: [GROUP], query, values: { text }, last: '10m' });
  for (const text of ['" or 1 = 1 or @message = "', '\\', '| fields @message', "' # $text"]) {
    expect(JSON.stringify(await run(text)), text).not.toMatch(/"lines":"[1-9]/);
  }
});

test('a query that cannot be read says where', async () => {
  const mistake = await failureOf(
    rig.run({ kind: 'logs-query', groups: [GROUP], query: 'fields @message | srot x' }),
  );
  expect(mistake.message).toMatch(/cannot read the query.*srot/);
});

test('a query that is cancelled is stopped in CloudWatch', async () => {
  const told = rig.told(CRM);
  const running = rig.run(
    { kind: 'logs-query', groups: [GROUP], query: 'fields @message', last: '24h' },
    CRM,
    told,
  );
  told.context.tell = () => told.abort.abort();
  told.abort.abort();
  expect((await failureOf(running)).message).toBe('The query was stopped.');
  expect(rig.demo.requests.count('StopQuery')).toBe(1);
});

test('metrics are series whose last value expressions reach', async () => {
  rig.demo.advance(600_000);
  const metric = { namespace: 'AWS/RDS', metric: 'DatabaseConnections' };
  const dimensions = { DBInstanceIdentifier: 'crm-production' };
  const output = await rig.run({
    kind: 'metric-query',
    metrics: [
      { id: 'm1', ...metric, dimensions },
      { id: 'm2', ...metric, dimensions, statistic: 'Maximum' },
    ],
    expression: 'm2 * 2',
    period: '1m',
    last: '30m',
  });
  expect(output.kind).toBe('series');
  const value: { series: { id: string; points: [number, number][]; last: number }[] } = JSON.parse(
    output.json,
  );
  expect(value.series.map(({ id }) => id)).toEqual(['m1', 'm2', 'expression']);
  const [, maximum, doubled] = value.series;
  const times = maximum?.points.map(([at]) => at) ?? [];
  expect(times.length).toBeGreaterThan(10);
  expect(times).toEqual(times.toSorted((a, b) => a - b));
  expect(value).toHaveProperty('last.m2', maximum?.points.at(-1)?.[1]);
  expect(doubled?.last).toBeCloseTo((maximum?.last ?? 0) * 2);
});

test('a metric without values has a last value of null', async () => {
  const found = await rig.value({
    kind: 'metric-query',
    metrics: [{ id: 'm1', namespace: 'Nothing', metric: 'Here' }],
  });
  expect(found).toMatchObject({ last: { m1: null }, series: [{ id: 'm1', points: [] }] });
});

test('what an alarm looks at is asked for as it is, its math too', async () => {
  const math = { kind: 'metric-query', alarm: 'RealTechee-Error-Rate-Percent' } as const;
  expect(rig.resource(math)).toBe('RealTechee-Error-Rate-Percent');
  expect(await rig.effect(math, REALTECHEE)).toMatch(
    /^asks for 2 metrics of the last 3h, every 5m$/,
  );
  const number = expect.any(Number);
  expect(await rig.value(math, REALTECHEE)).toMatchObject({
    last: { e1: number, errors: number, requests: number },
    periodSeconds: 300,
  });

  const plain = { kind: 'metric-query', alarm: 'CRM-High-Error-Rate', last: '1h' } as const;
  expect(await rig.value(plain)).toMatchObject({ last: { m1: expect.any(Number) } });
});

test.each<[string, StepAction, RegExp]>([
  ['of no alarm and no metric', { kind: 'metric-query' }, /Either metrics or an alarm/],
  [
    'of both',
    {
      kind: 'metric-query',
      alarm: 'CRM-High-Error-Rate',
      metrics: [{ id: 'm1', namespace: 'A', metric: 'B' }],
    },
    /Either metrics or an alarm/,
  ],
  ['of an alarm that is not there', { kind: 'metric-query', alarm: 'None' }, /no alarm None/],
  [
    'of a composite alarm',
    { kind: 'metric-query', alarm: 'CRM-Customer-Impact' },
    /composite alarm: ask for the metrics/,
  ],
  [
    'with math of its own over an alarm',
    { kind: 'metric-query', alarm: 'CRM-High-Error-Rate', expression: 'm1' },
    /an alarm has its own/,
  ],
])('a metric query %s says so before it runs', async (_what, action, said) => {
  expect((await failureOf(rig.effect(action))).message).toMatch(said);
});

test('a metric query that would give too much is refused before it is asked', async () => {
  const metrics = [{ id: 'm1', namespace: 'A', metric: 'B' }];
  const effect = rig.effect({ kind: 'metric-query', metrics, period: '1s', last: '24h' });
  expect((await failureOf(effect)).message).toContain('too many values');
});
