/** Queries saved in the accounts, on this computer, and those that ship. */
import { randomUUID } from 'node:crypto';
import type { Connection } from '../../../shared/connections/connection';
import type { RequestArgs } from '../../../shared/ipc';
import { insightsLanguages } from '../../../shared/logs/insights';
import type { SavedQuery } from '../../../shared/logs/insights';
import type { LogQueryApi } from '../../aws/log-query-api';
import { refusal } from '../account-changes';
import type { AccountChanges } from '../account-changes';
import { DiskQueries } from './disk-queries';
import { starterQueries } from './starter-queries';

type SaveQuery = RequestArgs<'logs.saveQuery'>;

export interface SavedQueriesParts {
  connections: () => readonly Connection[];
  apiOf: (connectionId: string, region: string) => LogQueryApi;
  changes: AccountChanges;
  /** Where `queries.json` lies. */
  stateDir: string;
  /** Where the queries that ship lie. */
  starterDir: string;
  now: () => number;
  report: (problem: string) => void;
}

/** Pages of 1,000; far more than an account may keep. */
const MAX_PAGES = 20;

export class SavedQueries {
  private readonly disk: DiskQueries;
  private starters: Promise<SavedQuery[]> | null = null;

  constructor(private readonly parts: SavedQueriesParts) {
    this.disk = new DiskQueries(parts.stateDir, parts.now, parts.report);
  }

  /** Own first, then the accounts', then those that ship. An account that does not answer hides no other. */
  async list(signal: AbortSignal): Promise<SavedQuery[]> {
    const places = this.parts
      .connections()
      .filter(({ paused }) => !paused)
      .flatMap(({ id, regions }) => regions.map((region) => ({ id, region })));
    const [starters, ...accounts] = await Promise.all([
      this.shipped(),
      ...places.map(({ id, region }) => this.orNone(id, region, signal)),
    ]);
    signal.throwIfAborted();
    return [...this.disk.list(), ...accounts.flat(), ...starters];
  }

  /** Rejects with FailureError: on an account `read-only`, `invalid` for a name that is taken, what AWS answers. */
  async save(query: SaveQuery): Promise<SavedQuery> {
    return query.where === 'disk' ? this.saveHere(query) : this.saveInAccount(query);
  }

  private async saveHere({ where: _, ...query }: SaveQuery): Promise<SavedQuery> {
    try {
      return await this.disk.save({ id: `disk|${randomUUID()}`, ...query });
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      throw refusal(
        'unknown',
        'logs.saveQuery',
        `The query could not be kept on this computer: ${why}.`,
        'Check that the disk is not full.',
      );
    }
  }

  private async saveInAccount(query: SaveQuery): Promise<SavedQuery> {
    const { connectionId, region, name, groups, language } = query;
    if (connectionId === null || region === null) {
      throw refusal(
        'invalid',
        'PutQueryDefinition',
        'A query is saved in one account and region; none was chosen.',
        'Choose a connection and a region, or keep it on this computer.',
      );
    }
    const operation = 'PutQueryDefinition' as const;
    const place = { connectionId, region, operation };
    this.parts.changes.writable(place);
    const { signal } = new AbortController();
    const taken = (await this.ofAccount(connectionId, region, signal)).some(
      (known) => known.name === name,
    );
    if (taken) {
      throw refusal(
        'invalid',
        operation,
        `There is a query named ${name} in ${region} already.`,
        'Choose another name; the saved one was not touched.',
        connectionId,
      );
    }
    const change = {
      ...place,
      commandId: randomUUID(),
      subject: name,
      before: null,
      after: query.query,
    };
    const id = await this.parts.changes.make(change, (changes) =>
      changes.putQueryDefinition(
        {
          name,
          queryString: query.query,
          queryLanguage: language,
          // The same press sent twice, after a broken connection, saves it once.
          clientToken: change.commandId,
          ...(groups.length === 0 ? {} : { logGroupNames: groups }),
        },
        signal,
      ),
    );
    return {
      id: accountId(connectionId, region, id),
      name,
      source: 'account',
      connectionId,
      region,
      groups,
      query: query.query,
      language,
    };
  }

  private async orNone(id: string, region: string, signal: AbortSignal): Promise<SavedQuery[]> {
    try {
      return await this.ofAccount(id, region, signal);
    } catch (error) {
      if (!signal.aborted) {
        this.parts.report(`The saved queries of ${region} cannot be listed: ${String(error)}`);
      }
      return [];
    }
  }

  private async ofAccount(
    connectionId: string,
    region: string,
    signal: AbortSignal,
  ): Promise<SavedQuery[]> {
    const api = this.parts.apiOf(connectionId, region);
    const found: SavedQuery[] = [];
    let token: string | undefined;
    for (let page = 0; page < MAX_PAGES; page += 1) {
      const answer = await api.describeQueryDefinitions(token, signal);
      for (const definition of answer.queryDefinitions ?? []) {
        const { queryDefinitionId = '', name = '', queryString = '' } = definition;
        const language = insightsLanguages.find((known) => known === definition.queryLanguage);
        found.push({
          id: accountId(connectionId, region, queryDefinitionId),
          name,
          source: 'account',
          connectionId,
          region,
          groups: definition.logGroupNames ?? [],
          query: queryString,
          language: language ?? 'CWLI',
        });
      }
      if (answer.nextToken === undefined || answer.nextToken === token) break;
      token = answer.nextToken;
    }
    return found;
  }

  private shipped(): Promise<SavedQuery[]> {
    this.starters ??= starterQueries(this.parts.starterDir);
    return this.starters;
  }
}

const accountId = (connectionId: string, region: string, id: string): string =>
  `account|${connectionId}|${region}|${id}`;
