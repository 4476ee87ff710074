/** The demo's dashboards as the SDK's own client meets them. */
import {
  CloudWatchClient,
  DashboardInvalidInputError,
  DeleteDashboardsCommand,
  GetDashboardCommand,
  ListDashboardsCommand,
  PutDashboardCommand,
} from '@aws-sdk/client-cloudwatch';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { demoKeys, startDemo } from '../../../src/demo';
import type { DemoAws } from '../../../src/demo';

let demo: DemoAws;
let client: CloudWatchClient;

beforeEach(async () => {
  demo = await startDemo({ evaluateEveryMs: Infinity });
  client = new CloudWatchClient({
    endpoint: demo.endpoint,
    region: 'us-east-1',
    credentials: demoKeys.crm,
    maxAttempts: 1,
  });
});
afterEach(async () => {
  client.destroy();
  await demo.stop();
});

const DashboardBody = '{"widgets":[]}';
const errorOf = async (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => null,
    (error: unknown) => error,
  );

it('the life of a dashboard is as it was recorded', async () => {
  const DashboardName = 'test-dash-1';
  expect(
    (await client.send(new PutDashboardCommand({ DashboardName, DashboardBody })))
      .DashboardValidationMessages,
  ).toEqual([]);
  expect(await client.send(new GetDashboardCommand({ DashboardName }))).toMatchObject({
    DashboardArn: `arn:aws:cloudwatch::111122223333:dashboard/${DashboardName}`,
    DashboardBody,
    DashboardName,
  });
  const prefix = (DashboardNamePrefix: string) =>
    client.send(new ListDashboardsCommand({ DashboardNamePrefix }));
  expect((await prefix('test-')).DashboardEntries).toMatchObject([
    { DashboardName, Size: DashboardBody.length, LastModified: expect.any(Date) },
  ]);
  expect((await prefix('no-such')).DashboardEntries).toEqual([]);
  await client.send(new DeleteDashboardsCommand({ DashboardNames: [DashboardName] }));
  expect((await prefix('test-')).DashboardEntries).toEqual([]);
});

it('errors are of the SDK’s own classes', async () => {
  // Two of the SDK's classes share this code; which one it makes of it is the SDK's affair.
  const notFound = {
    $metadata: { httpStatusCode: 404 },
    message: 'Dashboard nobody does not exist',
  };
  const missing = await errorOf(client.send(new GetDashboardCommand({ DashboardName: 'nobody' })));
  expect(missing).toMatchObject(notFound);
  const gone = new DeleteDashboardsCommand({ DashboardNames: ['CRM-Security', 'nobody'] });
  expect(await errorOf(client.send(gone))).toMatchObject(notFound);
  expect(demo.world.dashboards.get('111122223333', 'CRM-Security')).toBeDefined();
  const badName = new PutDashboardCommand({ DashboardName: 'not allowed', DashboardBody });
  expect(await errorOf(client.send(badName))).toMatchObject({
    message:
      'The value for field DashboardName contains invalid characters. It can only contain alphanumerics, dash (-) and underscore (_).\n',
  });
  const noJson = new PutDashboardCommand({ DashboardName: 'a', DashboardBody: '{' });
  const refused = await errorOf(client.send(noJson));
  expect(refused).toBeInstanceOf(DashboardInvalidInputError);
  const badBody = new PutDashboardCommand({
    DashboardName: 'a',
    DashboardBody: '{"widgets":[{"type":"chart","properties":{}},{"type":"log","properties":{}}]}',
  });
  expect(await errorOf(client.send(badBody))).toMatchObject({
    dashboardValidationMessages: [
      { DataPath: '/widgets/0/type', Message: 'Should be equal to one of the allowed values' },
      { DataPath: '/widgets/1/properties', Message: "Should have required property 'query'" },
      { DataPath: '/widgets/1/properties', Message: "Should have required property 'region'" },
    ],
    message: expect.stringContaining(
      'The dashboard body is invalid, there are 3 validation errors',
    ),
  });
});
