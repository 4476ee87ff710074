/**
 * Where a connection's calls go. The SDK reads `endpoint_url` from AWS_PROFILE's section only, whatever profile a
 * client was given, so a connection to another profile would follow the wrong one's; this reads its own.
 * https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html
 */
import type { Connection } from '../../shared/connections/connection';

export type Service =
  | 'cloudwatch'
  | 'sts'
  | 'sqs'
  | 'cloudformation'
  | 'logs'
  | 'lambda'
  | 'ssm'
  | 'sns'
  | 'sfn'
  | 'eventbridge'
  | 'ecs'
  | 'rds'
  | 'dynamodb'
  | 'wafv2'
  | 'support'
  | 'cognito'
  | 's3';
/** Null: the service's own address. */
export type Endpoints = Readonly<Record<Service, string | null>>;

type Environment = Readonly<Record<string, string | undefined>>;
type Sections = Readonly<Record<string, Readonly<Record<string, string | undefined>>>>;

/** The connection's own address first, then the environment's, then the profile's. */
export async function resolveEndpoints(
  connection: Connection,
  env: Environment = process.env,
): Promise<Endpoints> {
  const { endpoint, credentials } = connection;
  if (endpoint !== null) return endpointsOf(() => endpoint);
  const { loadSharedConfigFiles } = await import('@smithy/shared-ini-file-loader');
  const { configFile, credentialsFile } = await loadSharedConfigFiles();
  const name =
    credentials.kind === 'profile' ? credentials.profile : (env['AWS_PROFILE'] ?? 'default');
  const profile = { ...configFile[name], ...credentialsFile[name] };
  return endpointsOf((service) => findEndpoint(service, env, profile, configFile));
}

function endpointsOf(find: (service: Service) => string | null): Endpoints {
  return {
    cloudwatch: find('cloudwatch'),
    sts: find('sts'),
    sqs: find('sqs'),
    cloudformation: find('cloudformation'),
    logs: find('logs'),
    lambda: find('lambda'),
    ssm: find('ssm'),
    sns: find('sns'),
    sfn: find('sfn'),
    eventbridge: find('eventbridge'),
    ecs: find('ecs'),
    rds: find('rds'),
    dynamodb: find('dynamodb'),
    wafv2: find('wafv2'),
    support: find('support'),
    cognito: find('cognito'),
    s3: find('s3'),
  };
}

/** Where AWS's name for a service in settings is another than the console's. */
const serviceKeys: Partial<Record<Service, string>> = {
  logs: 'cloudwatch_logs',
  cognito: 'cognito_identity_provider',
};

function findEndpoint(
  service: Service,
  env: Environment,
  profile: Readonly<Record<string, string | undefined>>,
  sections: Sections,
): string | null {
  const ignore =
    env['AWS_IGNORE_CONFIGURED_ENDPOINT_URLS'] ?? profile['ignore_configured_endpoint_urls'];
  if (ignore === 'true') return null;
  const ofServices = sections[`services.${profile['services'] ?? ''}`];
  const key = serviceKeys[service] ?? service;
  return (
    env[`AWS_ENDPOINT_URL_${key.toUpperCase()}`] ??
    env['AWS_ENDPOINT_URL'] ??
    ofServices?.[`${key}.endpoint_url`] ??
    profile['endpoint_url'] ??
    null
  );
}
