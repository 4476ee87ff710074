/**
 * The only module that loads the SDK's clients. It is imported on the first call, never at start:
 * loading them takes 66–79 ms that the first paint would wait for.
 */
import type { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import type { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { SQSClient } from '@aws-sdk/client-sqs';
import { STSClient } from '@aws-sdk/client-sts';
import type { AwsCredentialIdentity } from '@smithy/types';
import type { Endpoints, Service } from './endpoints';
import { GuardedHandler } from './guarded-handler';
import { createServiceClients } from './service-clients';
import type { ServiceClients } from './service-clients';

export {
  DashboardInvalidInputError,
  DescribeAlarmHistoryCommand,
  DescribeAlarmsCommand,
  DisableAlarmActionsCommand,
  EnableAlarmActionsCommand,
  GetDashboardCommand,
  GetMetricDataCommand,
  ListDashboardsCommand,
  ListMetricsCommand,
  ListTagsForResourceCommand,
  PutDashboardCommand,
  PutMetricDataCommand,
  SetAlarmStateCommand,
} from '@aws-sdk/client-cloudwatch';
export {
  DeleteMessageBatchCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
} from '@aws-sdk/client-sqs';
export { GetCallerIdentityCommand } from '@aws-sdk/client-sts';

export interface ClientsInit {
  region: string;
  endpoints: Endpoints;
  profile: string | null;
  credentials: () => Promise<AwsCredentialIdentity>;
  onDate: (serverMs: number) => void;
}

type StacksSdk = typeof import('./sdk-stacks');
type LogsSdk = typeof import('./sdk-logs');

export interface CloudFormation {
  sdk: StacksSdk;
  client: CloudFormationClient;
}

export interface Logs {
  sdk: LogsSdk;
  client: CloudWatchLogsClient;
}

export interface Clients extends ServiceClients {
  cloudwatch: CloudWatchClient;
  sts: STSClient;
  sqs(region: string): SQSClient;
  /** Loaded on first use: most sessions never ask for a stack. */
  cloudformation(): Promise<CloudFormation>;
  /** Loaded on first use. */
  logs(): Promise<Logs>;
  destroy(): void;
}

export function createClients(init: ClientsInit): Clients {
  const handler = new GuardedHandler(init.onDate);
  const config = {
    region: init.region,
    // Already decided in `endpoints`; the SDK would ask another profile's section.
    ignoreConfiguredEndpointUrls: true,
    ...(init.profile === null ? {} : { profile: init.profile }),
    // Marked as memoised, because the session keeps and drops credentials itself; the SDK would keep
    // ones without an expiry for ever.
    credentials: Object.assign(() => init.credentials(), { memoized: true }),
    requestHandler: handler,
    // Retries are ours: they must pass the rate budget.
    maxAttempts: 1,
    disableHostPrefix: true,
  };
  const at = (service: Service) => {
    const endpoint = init.endpoints[service];
    return endpoint === null ? {} : { endpoint };
  };
  const queues = new Map<string, SQSClient>();
  let stacks: Promise<CloudFormation> | null = null;
  let logs: Promise<Logs> | null = null;
  const services = createServiceClients(config, init);
  return {
    ...services.clients,
    cloudwatch: new CloudWatchClient({ ...config, ...at('cloudwatch') }),
    sts: new STSClient({ ...config, ...at('sts') }),
    sqs(region) {
      const client = queues.get(region) ?? new SQSClient({ ...config, ...at('sqs'), region });
      queues.set(region, client);
      return client;
    },
    cloudformation() {
      stacks ??= import('./sdk-stacks').then((sdk) => ({
        sdk,
        client: new sdk.CloudFormationClient({ ...config, ...at('cloudformation') }),
      }));
      return stacks;
    },
    logs() {
      logs ??= import('./sdk-logs').then((sdk) => ({
        sdk,
        client: new sdk.CloudWatchLogsClient({
          ...config,
          ...at('logs'),
          // AWS answers live tail at an address of its own, `streaming-logs.…`; another endpoint has one only.
          disableHostPrefix: init.endpoints.logs !== null,
        }),
      }));
      return logs;
    },
    destroy() {
      handler.destroy();
      services.destroy();
    },
  };
}
