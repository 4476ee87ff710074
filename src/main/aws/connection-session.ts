/** A connection at work: one set of credentials, one clock reading, one meter, and an API for each region. */
import type { AwsCredentialIdentity } from '@smithy/types';
import type { Clock } from '../../shared/clock';
import type { Connection } from '../../shared/connections/connection';
import { AwsFailure } from './aws-api';
import type { RegionApi, UsageReading } from './aws-api';
import { CredentialCache } from './credential-cache';
import { assertDemoStaysHome, loadCredentials } from './credential-loader';
import type { AskMfa, LoaderInit } from './credential-loader';
import { CREDENTIALS_OPERATION, toFailure } from './failures';
import type { RateBudget } from './rate-budget';
import { createRegionApi } from './region-api';
import type { ProbedRegionApi } from './region-api';
import { UsageMeter } from './usage-meter';

export interface SessionInit {
  connection: Connection;
  clock: Clock;
  /** Shared by all sessions, because connections may share an account. */
  budget: RateBudget;
  askMfa: AskMfa;
  random?: () => number;
}

export interface Identity {
  accountId: string;
  arn: string;
}

export interface ConnectionSession {
  readonly connection: Connection;
  /** The API of one of the connection's regions; the same object each time. */
  api(region: string): ProbedRegionApi;
  apis(): RegionApi[];
  /** Account and ARN; asked once and remembered. */
  identity(signal: AbortSignal): Promise<Identity>;
  /** What requests are signed with. Rejects with `AwsFailure`. */
  credentials(signal: AbortSignal): Promise<AwsCredentialIdentity>;
  /** What `identity` last learned, without asking. */
  readonly knownIdentity: Identity | null;
  usage(): UsageReading;
  /** A person wants to see it work: an MFA code that was declined may be asked for again. */
  retryCredentials(): void;
  /** Server minus local time (ms), null before the first answer. */
  clockSkewMs(): number | null;
  destroy(): void;
}

/** Throws `AwsFailure` for a demo connection that would leave this computer. */
export function createConnectionSession(init: SessionInit): ConnectionSession {
  assertDemoStaysHome(init.connection);
  return new Session(init);
}

class Session implements ConnectionSession {
  readonly connection: Connection;
  knownIdentity: Identity | null = null;
  private readonly meter: UsageMeter;
  private readonly cache: CredentialCache;
  private readonly regionApis = new Map<string, ProbedRegionApi>();
  private skewMs: number | null = null;

  constructor(private readonly init: SessionInit) {
    this.connection = init.connection;
    this.meter = new UsageMeter(init.clock);
    const loader: LoaderInit = {
      connection: init.connection,
      askMfa: init.askMfa,
      clock: init.clock,
      skewMs: () => this.skewMs,
      onDate: (serverMs) => this.noteDate(serverMs),
    };
    this.cache = new CredentialCache(loader, loadCredentials);
  }

  api(region: string): ProbedRegionApi {
    const known = this.regionApis.get(region);
    if (known !== undefined) return known;
    const created = createRegionApi({
      connection: this.connection,
      region,
      credentials: (signal) => this.credentials(signal),
      onRejected: (used) => this.cache.drop(used),
      scope: () => this.knownIdentity?.accountId ?? this.connection.id,
      skewMs: () => this.skewMs,
      onDate: (serverMs) => this.noteDate(serverMs),
      clock: this.init.clock,
      budget: this.init.budget,
      meter: this.meter,
      ...(this.init.random === undefined ? {} : { random: this.init.random }),
    });
    this.regionApis.set(region, created);
    return created;
  }

  apis(): RegionApi[] {
    return this.connection.regions.map((region) => this.api(region));
  }

  async identity(signal: AbortSignal): Promise<Identity> {
    if (this.knownIdentity !== null) return this.knownIdentity;
    const [region] = this.connection.regions;
    if (region === undefined) throw new Error(`Connection ${this.connection.id} has no region.`);
    this.knownIdentity = await this.api(region).callerIdentity(signal);
    return this.knownIdentity;
  }

  usage(): UsageReading {
    return this.meter.reading();
  }

  retryCredentials(): void {
    this.cache.askAgain();
  }

  clockSkewMs(): number | null {
    return this.skewMs;
  }

  destroy(): void {
    this.cache.close();
    for (const api of this.regionApis.values()) api.destroy();
    this.regionApis.clear();
  }

  private noteDate(serverMs: number): void {
    // The header counts whole seconds; half of one centres it.
    this.skewMs = serverMs + 500 - this.init.clock.now();
  }

  async credentials(signal: AbortSignal): Promise<AwsCredentialIdentity> {
    try {
      return await this.cache.get(signal);
    } catch (error) {
      if (error instanceof AwsFailure || signal.aborted) throw error;
      const { connection } = this;
      throw new AwsFailure(
        toFailure(asProviderError(error), {
          connectionId: connection.id,
          connectionLabel: connection.label,
          operation: CREDENTIALS_OPERATION,
          region: null,
          skewMs: this.skewMs,
          profile:
            connection.credentials.kind === 'profile' ? connection.credentials.profile : null,
          secrets: this.cache.secrets(),
        }),
      );
    }
  }
}

/** Providers trip over incomplete profiles with a bare TypeError; that is a missing credential, not a bad answer. */
function asProviderError(error: unknown): unknown {
  if (!(error instanceof TypeError || error instanceof SyntaxError)) return error;
  const wrapped = new Error(error.message);
  wrapped.name = 'CredentialsProviderError';
  return wrapped;
}
