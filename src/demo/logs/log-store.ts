import { QueryStore } from './insights/query-run';
import { LogGroup, type LogGroupOptions } from './log-group';

/** A query saved in the account. */
export interface QueryDefinition {
  queryDefinitionId: string;
  name: string;
  queryString: string;
  queryLanguage: string;
  logGroupNames: string[];
  lastModified: number;
}

/** One account's CloudWatch Logs in one region. */
export class LogStore {
  readonly groups = new Map<string, LogGroup>();
  readonly definitions = new Map<string, QueryDefinition>();
  readonly queries = new QueryStore();
  private sorted: LogGroup[] | null = null;

  constructor(
    readonly accountId: string,
    readonly region: string,
  ) {}

  add(options: Omit<LogGroupOptions, 'accountId' | 'region'>): LogGroup {
    const group = new LogGroup({ ...options, accountId: this.accountId, region: this.region });
    this.groups.set(group.name, group);
    this.sorted = null;
    return group;
  }

  remove(name: string): void {
    this.groups.delete(name);
    this.sorted = null;
  }

  /** By name or ARN, with or without `:*` behind it. */
  find(reference: string): LogGroup | undefined {
    const prefix = `arn:aws:logs:${this.region}:${this.accountId}:log-group:`;
    if (!reference.startsWith('arn:')) return this.groups.get(reference);
    if (!reference.startsWith(prefix)) return undefined;
    return this.groups.get(reference.slice(prefix.length).replace(/:\*$/, ''));
  }

  /** By name, ascending. */
  byName(): readonly LogGroup[] {
    this.sorted ??= [...this.groups.values()].sort((a, b) =>
      a.name < b.name ? -1 : a.name > b.name ? 1 : 0,
    );
    return this.sorted;
  }
}
