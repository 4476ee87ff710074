/** Elasticsearch and OpenSearch as log sources, put together. */
import type { Clock } from '../../../shared/clock';
import { elasticSourceId } from '../../../shared/logs/elastic';
import type { ElasticSource } from '../../../shared/logs/elastic';
import type { LogGroups, LogSources } from '../log-seams';
import type { OtherWalk } from '../search/walk';
import type { TailApi } from '../tail/tail-target';
import { ElasticGroups } from './elastic-groups';
import { ElasticSources } from './elastic-sources';
import { onlyAws } from './refuse';
import type { CredentialsOf } from './sign';
import { SourceSecrets } from './source-secrets';
import type { Vault } from './source-secrets';
import { elasticTailApi } from './tail-api';

export interface ElasticPartsInit {
  list: () => readonly ElasticSource[];
  /** Where passwords and keys are kept, encrypted. */
  vault: Vault;
  credentialsOf: CredentialsOf;
  clock: Clock;
  report: (problem: string) => void;
}

type ApiOf<T> = (connectionId: string, region: string) => T;

export interface ElasticParts {
  groups: LogGroups;
  sources: LogSources;
  walk: OtherWalk;
  /** Null for what is CloudWatch's. */
  tail: (connectionId: string) => TailApi | null;
  /** Refuses what only CloudWatch can do. */
  onlyAws<T>(apiOf: ApiOf<T>): ApiOf<T>;
  stop(): void;
}

export function createElasticParts(init: ElasticPartsInit): ElasticParts {
  const { list, vault, credentialsOf, clock, report } = init;
  const secrets = new SourceSecrets(vault, report);
  const servers = new ElasticSources({ list, secrets, credentialsOf, clock });
  const clientOf = (connectionId: string) => servers.clientOf(connectionId);
  const groups = new ElasticGroups({ sources: list, clientOf, clock, report });
  let known = JSON.stringify(list());
  const tails = new Map<string, TailApi>();
  return {
    groups,
    walk: servers.walk,
    sources: {
      test: (source, secret, signal) => servers.test(source, secret, signal),
      setSecret: (source, secret) => {
        secrets.set(source, secret);
        groups.sourcesChanged(source.id);
      },
      secrets: () => secrets.state(list()),
      changed: () => {
        const now = JSON.stringify(list());
        if (now === known) return;
        known = now;
        groups.sourcesChanged();
      },
    },
    tail: (connectionId) => {
      if (elasticSourceId(connectionId) === null) return null;
      const api = tails.get(connectionId) ?? elasticTailApi(() => clientOf(connectionId));
      tails.set(connectionId, api);
      return api;
    },
    onlyAws: (apiOf) => onlyAws(apiOf, (connectionId) => servers.find(connectionId)),
    stop: () => {
      groups.stop();
      servers.stop();
      secrets.prune(list().map(({ id }) => id));
    },
  };
}
