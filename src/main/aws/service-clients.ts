/** Clients of the services that only runbooks ask, each loaded with its first call. */
import type { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { ECSClient } from '@aws-sdk/client-ecs';
import type { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import type { LambdaClient } from '@aws-sdk/client-lambda';
import type { RDSClient } from '@aws-sdk/client-rds';
import type { S3Client } from '@aws-sdk/client-s3';
import type { SFNClient } from '@aws-sdk/client-sfn';
import type { SNSClient } from '@aws-sdk/client-sns';
import type { SSMClient } from '@aws-sdk/client-ssm';
import type { SupportClient } from '@aws-sdk/client-support';
import type { WAFV2Client } from '@aws-sdk/client-wafv2';
import type { AwsCredentialIdentity } from '@smithy/types';
import type { Endpoints, Service } from './endpoints';
import { GuardedHandler } from './guarded-handler';

type Loaded<S, C> = () => Promise<{ sdk: S; client: C }>;

export interface ServiceClients {
  lambda: Loaded<typeof import('./sdk-lambda'), LambdaClient>;
  ssm: Loaded<typeof import('./sdk-ssm'), SSMClient>;
  sns: Loaded<typeof import('./sdk-sns'), SNSClient>;
  sfn: Loaded<typeof import('./sdk-sfn'), SFNClient>;
  eventbridge: Loaded<typeof import('./sdk-eventbridge'), EventBridgeClient>;
  ecs: Loaded<typeof import('./sdk-ecs'), ECSClient>;
  rds: Loaded<typeof import('./sdk-rds'), RDSClient>;
  dynamodb: Loaded<typeof import('./sdk-dynamodb'), DynamoDBClient>;
  /** Of the region, or of the one that CloudFront's rules live in. */
  wafv2(global: boolean): ReturnType<Loaded<typeof import('./sdk-wafv2'), WAFV2Client>>;
  /** One address for all regions. */
  support: Loaded<typeof import('./sdk-support'), SupportClient>;
  cognito: Loaded<typeof import('./sdk-cognito'), CognitoIdentityProviderClient>;
  s3: Loaded<typeof import('./sdk-s3'), S3Client>;
}

interface Config {
  region: string;
  ignoreConfiguredEndpointUrls: boolean;
  profile?: string;
  credentials: () => Promise<AwsCredentialIdentity>;
  requestHandler: GuardedHandler;
  maxAttempts: number;
  disableHostPrefix: boolean;
}

interface ServicesInit {
  region: string;
  endpoints: Endpoints;
  onDate: (serverMs: number) => void;
}

/** The longest a function may run, and a little. */
export const LONGEST_FUNCTION_MS = 15 * 60_000;
const FUNCTION_SILENT_MS = LONGEST_FUNCTION_MS + 30_000;

const once = <T>(load: () => Promise<T>): (() => Promise<T>) => {
  let loaded: Promise<T> | null = null;
  return () => (loaded ??= load());
};

export function createServiceClients(
  config: Config,
  init: ServicesInit,
): { clients: ServiceClients; destroy: () => void } {
  const { region, endpoints, onDate } = init;
  const at = (service: Service) => {
    const endpoint = endpoints[service];
    return endpoint === null ? {} : { endpoint };
  };
  // A function answers when it has ended: nothing comes until then.
  const patient = new GuardedHandler(onDate, FUNCTION_SILENT_MS);
  const waf = (where: string) =>
    once(async () => {
      const sdk = await import('./sdk-wafv2');
      return { sdk, client: new sdk.WAFV2Client({ ...config, ...at('wafv2'), region: where }) };
    });
  const ofRegion = waf(region);
  const ofCloudFront = waf('us-east-1');
  return {
    destroy: () => patient.destroy(),
    clients: {
      lambda: once(async () => {
        const sdk = await import('./sdk-lambda');
        const own = { ...config, ...at('lambda'), requestHandler: patient };
        return { sdk, client: new sdk.LambdaClient(own) };
      }),
      ssm: once(async () => {
        const sdk = await import('./sdk-ssm');
        return { sdk, client: new sdk.SSMClient({ ...config, ...at('ssm') }) };
      }),
      sns: once(async () => {
        const sdk = await import('./sdk-sns');
        return { sdk, client: new sdk.SNSClient({ ...config, ...at('sns') }) };
      }),
      sfn: once(async () => {
        const sdk = await import('./sdk-sfn');
        return { sdk, client: new sdk.SFNClient({ ...config, ...at('sfn') }) };
      }),
      eventbridge: once(async () => {
        const sdk = await import('./sdk-eventbridge');
        return { sdk, client: new sdk.EventBridgeClient({ ...config, ...at('eventbridge') }) };
      }),
      ecs: once(async () => {
        const sdk = await import('./sdk-ecs');
        return { sdk, client: new sdk.ECSClient({ ...config, ...at('ecs') }) };
      }),
      rds: once(async () => {
        const sdk = await import('./sdk-rds');
        return { sdk, client: new sdk.RDSClient({ ...config, ...at('rds') }) };
      }),
      dynamodb: once(async () => {
        const sdk = await import('./sdk-dynamodb');
        return { sdk, client: new sdk.DynamoDBClient({ ...config, ...at('dynamodb') }) };
      }),
      wafv2: (global) => (global ? ofCloudFront() : ofRegion()),
      support: once(async () => {
        const sdk = await import('./sdk-support');
        const own = { ...config, ...at('support'), region: supportRegion(region) };
        return { sdk, client: new sdk.SupportClient(own) };
      }),
      cognito: once(async () => {
        const sdk = await import('./sdk-cognito');
        const own = { ...config, ...at('cognito') };
        return { sdk, client: new sdk.CognitoIdentityProviderClient(own) };
      }),
      s3: once(async () => {
        const sdk = await import('./sdk-s3');
        const own = {
          ...config,
          ...at('s3'),
          followRegionRedirects: true,
          // An endpoint of one's own has no name for each bucket.
          forcePathStyle: endpoints.s3 !== null,
        };
        return { sdk, client: new sdk.S3Client(own) };
      }),
    },
  };
}

/** https://docs.aws.amazon.com/general/latest/gr/awssupport.html */
function supportRegion(region: string): string {
  if (region.startsWith('cn-')) return 'cn-north-1';
  return region.startsWith('us-gov-') ? 'us-gov-west-1' : 'us-east-1';
}
