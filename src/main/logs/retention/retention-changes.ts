/** Sets how long log groups keep their events: one by one, each on record before AWS is asked. */
import type { Failure } from '../../../shared/failure';
import { FailureError } from '../../../shared/failure';
import type {
  RetentionChange,
  RetentionOutcome,
  SetRetention,
} from '../../../shared/logs/retention';
import type { LogReadApi } from '../../aws/log-query-api';
import { refusal } from '../account-changes';
import type { AccountChanges } from '../account-changes';

export interface RetentionChangesParts {
  apiOf: (connectionId: string, region: string) => Pick<LogReadApi, 'describeLogGroups'>;
  changes: AccountChanges;
  /** After changes were made: the listing is old. */
  changed: () => void;
}

/** Commands that are remembered, so that a second press or a retry changes nothing twice. */
const MAX_REMEMBERED = 200;
const MAX_PAGES = 20;

export class RetentionChanges {
  private readonly commands = new Map<string, Promise<RetentionOutcome[]>>();
  private readonly stopped = new AbortController();

  constructor(private readonly parts: RetentionChangesParts) {}

  /** One outcome a group, in their order; what fails for one keeps no other from being set. Never rejects. */
  set(command: SetRetention): Promise<RetentionOutcome[]> {
    const known = this.commands.get(command.commandId);
    if (known !== undefined) return known;
    const running = this.run(command);
    this.commands.set(command.commandId, running);
    const [oldest] = this.commands.keys();
    if (this.commands.size > MAX_REMEMBERED && oldest !== undefined) this.commands.delete(oldest);
    return running;
  }

  stop(): void {
    this.stopped.abort();
  }

  private async run({ commandId, changes }: SetRetention): Promise<RetentionOutcome[]> {
    const outcomes: RetentionOutcome[] = [];
    for (const change of changes) {
      const { connectionId, region, group } = change;
      const failure = await this.one(commandId, change);
      outcomes.push({ connectionId, region, group, failure });
    }
    if (outcomes.some(({ failure }) => failure === null)) this.parts.changed();
    return outcomes;
  }

  private async one(commandId: string, change: RetentionChange): Promise<Failure | null> {
    const { connectionId, region, group, fromDays, toDays } = change;
    const operation = toDays === null ? 'DeleteRetentionPolicy' : 'PutRetentionPolicy';
    try {
      this.parts.changes.writable({ connectionId, region, operation });
      const has = await this.current(change, operation);
      if (has === toDays) return null;
      if (has !== fromDays) throw changedMeanwhile(change, operation, has);
      const record = {
        commandId,
        connectionId,
        region,
        operation,
        subject: group,
        before: words(has),
        after: words(toDays),
      } as const;
      const { signal } = this.stopped;
      await this.parts.changes.make(record, (changes) =>
        toDays === null
          ? changes.deleteRetentionPolicy(group, signal)
          : changes.putRetentionPolicy(group, toDays, signal),
      );
      return null;
    } catch (error) {
      return failureOf(error, connectionId, operation);
    }
  }

  /** What the group says now. @throws FailureError `not-found` when it is gone. */
  private async current(change: RetentionChange, operation: string): Promise<number | null> {
    const { connectionId, region, group } = change;
    const api = this.parts.apiOf(connectionId, region);
    let nextToken: string | undefined;
    for (let page = 0; page < MAX_PAGES; page += 1) {
      const answer = await api.describeLogGroups(
        { logGroupNamePrefix: group, nextToken },
        this.stopped.signal,
      );
      const found = answer.logGroups?.find(({ logGroupName }) => logGroupName === group);
      if (found !== undefined) return found.retentionInDays ?? null;
      if (answer.nextToken === undefined) break;
      nextToken = answer.nextToken;
    }
    throw refusal(
      'not-found',
      operation,
      `The log group ${group} is not in ${region} any more.`,
      'Refresh the list of log groups.',
      connectionId,
    );
  }
}

const words = (days: number | null): string => (days === null ? 'for ever' : `${days} days`);

const changedMeanwhile = (
  { connectionId, group }: RetentionChange,
  operation: string,
  has: number | null,
): FailureError =>
  refusal(
    'invalid',
    operation,
    `Somebody has set ${group} to be kept ${has === null ? '' : 'for '}${words(has)} since you looked, so it was left as it is.`,
    'Look at it again, then decide.',
    connectionId,
  );

function failureOf(error: unknown, connectionId: string, operation: string): Failure {
  if (error instanceof FailureError) return error.failure;
  return {
    kind: 'unknown',
    connectionId,
    operation,
    message: `It could not be set: ${error instanceof Error ? error.message : String(error)}.`,
    advice: 'Try again; if it stays, test the connection in the settings.',
  };
}
