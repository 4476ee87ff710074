/** Gets credentials the way a connection says. Nothing here opens a browser: signing in is the person's move. */
import type { AwsCredentialIdentity } from '@smithy/types';
import { assertNever } from '../../shared/assert-never';
import type { Clock } from '../../shared/clock';
import type { Connection } from '../../shared/connections/connection';
import { AwsFailure } from './aws-api';
import { resolveEndpoints } from './endpoints';
import { checkProfile } from './profile-check';
import { readSharedConfig } from './profile-scan';
import type { SharedConfig } from './profile-scan';

/** Asks the person for the code of an MFA device; rejects with `AwsFailure` when they decline or take too long. */
export type AskMfa = (ask: {
  connectionLabel: string;
  mfaSerial: string;
  signal: AbortSignal;
}) => Promise<string>;

export interface LoaderInit {
  connection: Connection;
  askMfa: AskMfa;
  clock: Clock;
  /** Server minus local time (ms), null when never measured. */
  skewMs: () => number | null;
  onDate: (serverMs: number) => void;
}

/** The key with which the demo shows both of its accounts; it opens nothing anywhere else. */
const DEMO_CREDENTIALS: AwsCredentialIdentity = {
  accessKeyId: 'AKIADEMONIGHTDESK000',
  secretAccessKey: 'demo-secret-both',
};

/** True for addresses that cannot leave this computer. */
export function isLoopback(url: string): boolean {
  const { hostname } = new URL(url);
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}

/** Throws unless a demo connection talks to this computer only. */
export function assertDemoStaysHome(connection: Connection): void {
  if (connection.credentials.kind !== 'demo') return;
  const { endpoint, pushQueueUrl } = connection;
  if (
    endpoint === null ||
    !isLoopback(endpoint) ||
    (pushQueueUrl !== null && !isLoopback(pushQueueUrl))
  ) {
    throw new AwsFailure({
      kind: 'invalid',
      connectionId: connection.id,
      operation: 'credentials',
      message: `${connection.label} is a demo connection, but its endpoint is not on this computer.`,
      advice: 'Start the demo again, or connect with a profile.',
    });
  }
}

/** Rejects with `AwsFailure` or with what the SDK threw; `signal` ends a prompt that is open. */
export async function loadCredentials(
  init: LoaderInit,
  signal: AbortSignal,
): Promise<AwsCredentialIdentity> {
  const { connection } = init;
  if (connection.credentials.kind === 'demo') {
    assertDemoStaysHome(connection);
    return DEMO_CREDENTIALS;
  }
  const tools = await loadTools(init, signal);
  const base = await baseCredentials(init, tools);
  if (connection.roleArn === null) return base;
  return tools.assumeRole(base, { RoleArn: connection.roleArn, RoleSessionName: 'nightdesk' });
}

type Tools = Awaited<ReturnType<typeof loadTools>>;

interface RoleParams {
  RoleArn: string | undefined;
  RoleSessionName: string | undefined;
  ExternalId?: string | undefined;
  DurationSeconds?: number | undefined;
  SerialNumber?: string | undefined;
  TokenCode?: string | undefined;
}

/** The SDK's credential providers, set up to pass our handler, endpoint and clock correction. */
async function loadTools(init: LoaderInit, signal: AbortSignal) {
  const [providers, { GuardedHandler }, { loadSharedConfigFiles }] = await Promise.all([
    import('@aws-sdk/credential-providers'),
    import('./guarded-handler'),
    import('@smithy/shared-ini-file-loader'),
  ]);
  // The SDK caches these files for the life of the process; this replaces what it cached.
  await loadSharedConfigFiles({ ignoreCache: true });
  const { connection, askMfa } = init;
  const { sts } = await resolveEndpoints(connection);
  const common = {
    requestHandler: new GuardedHandler(init.onDate),
    maxAttempts: 2,
    systemClockOffset: init.skewMs() ?? 0,
  };
  const stsConfig = {
    ...common,
    region: connection.regions[0],
    ...(sts === null ? {} : { endpoint: sts }),
  };
  const assumeRole = (
    masterCredentials: AwsCredentialIdentity,
    params: RoleParams,
  ): Promise<AwsCredentialIdentity> =>
    providers.fromTemporaryCredentials({
      masterCredentials,
      params,
      clientConfig: stsConfig,
      mfaCodeProvider: async () => params.TokenCode ?? '',
    })();
  const options = {
    clientConfig: common,
    ignoreCache: true,
    mfaCodeProvider: (mfaSerial: string) =>
      askMfa({ connectionLabel: connection.label, mfaSerial, signal }),
    roleAssumer: assumeRole,
    roleAssumerWithWebIdentity: (params: RoleParams & { WebIdentityToken: string | undefined }) =>
      providers.fromWebToken({
        webIdentityToken: params.WebIdentityToken ?? '',
        roleArn: params.RoleArn ?? '',
        roleSessionName: params.RoleSessionName ?? 'nightdesk',
        clientConfig: stsConfig,
      })(),
  };
  return { providers, options, assumeRole };
}

async function baseCredentials(init: LoaderInit, tools: Tools): Promise<AwsCredentialIdentity> {
  const { credentials } = init.connection;
  switch (credentials.kind) {
    case 'profile':
      return fromProfile(credentials.profile, init.connection, tools);
    case 'default-chain': {
      const profile = process.env['AWS_PROFILE'];
      if (profile !== undefined && profile !== '')
        return fromProfile(profile, init.connection, tools);
      return tools.providers.fromNodeProviderChain(tools.options)();
    }
    case 'demo':
      return DEMO_CREDENTIALS;
    default:
      return assertNever(credentials);
  }
}

async function fromProfile(
  profile: string,
  connection: Connection,
  { providers, options }: Tools,
): Promise<AwsCredentialIdentity> {
  const config = await readSharedConfig();
  const problem = checkProfile(profile, config, connection);
  if (problem !== null) throw new AwsFailure(problem);
  const source = sourceBeforeMfa(profile, config);
  // The provider starts on the source's credentials before it asks for the code, and leaves their failure
  // unhandled while the person looks for the device. Trying them first also spares a pointless prompt.
  if (source !== null) await providers.fromIni({ ...options, profile: source })();
  return providers.fromIni({ ...options, profile })();
}

function sourceBeforeMfa(profile: string, config: SharedConfig): string | null {
  const settings = config.profiles.get(profile);
  const source = settings?.get('source_profile');
  if (source === undefined || source === profile || !settings?.has('mfa_serial')) return null;
  // A source that assumes a role itself might ask for a code of its own, which works only once.
  return config.profiles.get(source)?.has('role_arn') === true ? null : source;
}
