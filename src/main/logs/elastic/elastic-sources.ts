/** The servers of logs that are configured, each with a client while it is as it was. */
import type { Clock } from '../../../shared/clock';
import { FailureError } from '../../../shared/failure';
import { elasticPlace, elasticSourceId, needsSecret } from '../../../shared/logs/elastic';
import type { ElasticSource, ElasticTest } from '../../../shared/logs/elastic';
import type { OtherWalk } from '../search/walk';
import { ElasticClient } from './elastic-client';
import { ElasticWalk } from './elastic-walk';
import type { CredentialsOf } from './sign';
import type { SourceSecrets } from './source-secrets';
import { tryOut } from './try-out';

export interface ElasticSourcesParts {
  list: () => readonly ElasticSource[];
  secrets: SourceSecrets;
  credentialsOf: CredentialsOf;
  clock: Clock;
  random?: () => number;
}

export class ElasticSources {
  private readonly clients = new Map<string, { madeOf: string; client: ElasticClient }>();

  constructor(private readonly parts: ElasticSourcesParts) {}

  list(): readonly ElasticSource[] {
    return this.parts.list();
  }

  /** Null for a connection that is none of these, or one that is gone. */
  find(connectionId: string): ElasticSource | null {
    const id = elasticSourceId(connectionId);
    return this.parts.list().find((source) => source.id === id) ?? null;
  }

  /** @throws FailureError for a source that is gone, or whose password or key is not known. */
  clientOf(connectionId: string): ElasticClient {
    const source = this.find(connectionId);
    if (source === null) throw goneSource(connectionId);
    const secret = this.secretOf(source);
    const madeOf = JSON.stringify([source, secret]);
    const known = this.clients.get(source.id);
    if (known?.madeOf === madeOf) return known.client;
    known?.client.close();
    const client = this.clientFor(source, secret);
    this.clients.set(source.id, { madeOf, client });
    return client;
  }

  /** The walk of a group of a source; null for what is CloudWatch's. */
  readonly walk: OtherWalk = (parts) => {
    const { connectionId } = parts.place;
    if (elasticSourceId(connectionId) === null) return null;
    return new ElasticWalk({ ...parts, client: () => this.clientOf(connectionId) });
  };

  /** Tries a source as given, saved or not; `secret` null takes the one that is kept. Rejects with FailureError. */
  async test(
    source: ElasticSource,
    secret: string | null,
    signal: AbortSignal,
  ): Promise<ElasticTest> {
    const client = this.clientFor(source, secret ?? this.secretOf(source));
    try {
      return await tryOut(client, signal);
    } finally {
      client.close();
    }
  }

  stop(): void {
    for (const { client } of this.clients.values()) client.close();
    this.clients.clear();
  }

  private clientFor(source: ElasticSource, secret: string | null): ElasticClient {
    const { credentialsOf, clock, random } = this.parts;
    return new ElasticClient({
      source,
      secret,
      credentialsOf,
      clock,
      ...(random === undefined ? {} : { random }),
    });
  }

  private secretOf(source: ElasticSource): string | null {
    if (!needsSecret(source.auth)) return null;
    const secret = this.parts.secrets.get(source);
    if (secret !== null) return secret;
    const what = source.auth.kind === 'basic' ? 'password' : 'API key';
    throw new FailureError({
      kind: 'credentials-missing',
      connectionId: elasticPlace(source.id),
      operation: 'logs.source',
      message: `No ${what} is kept for ${source.name} at this address.`,
      advice: 'Enter it in the settings, under Log sources.',
    });
  }
}

const goneSource = (connectionId: string): FailureError =>
  new FailureError({
    kind: 'not-found',
    connectionId,
    operation: 'logs.source',
    message: 'This log source is not in the settings any more.',
    advice: 'Add it again under Log sources, or choose other groups.',
  });
