/** Reads what groups have of a time by search: to fill gaps, and in place of live tail where it is denied. */
import type { LogTarget } from '../../../shared/logs/groups';
import type { LogReadApi } from '../../aws/log-query-api';
import type { TailEvent } from './seen-events';

export interface GroupReader {
  api: Pick<LogReadApi, 'filterLogEvents'>;
  target: LogTarget;
  /** ARN by name, where known. */
  arns: ReadonlyMap<string, string>;
  pattern: string;
}

/** Both times included, ms UTC. Yields page by page, one group after the other. */
export async function* readGroups(
  { api, target, arns, pattern }: GroupReader,
  startTime: number,
  endTime: number,
  signal: AbortSignal,
): AsyncGenerator<TailEvent[], void, undefined> {
  for (const group of target.groups) {
    const arn = arns.get(group);
    const asked = {
      ...(arn === undefined ? { logGroupName: group } : { logGroupIdentifier: arn }),
      ...(pattern === '' ? {} : { filterPattern: pattern }),
      startTime,
      // AWS takes events before it, and some of the very millisecond.
      endTime: endTime + 1,
    };
    let nextToken: string | undefined;
    do {
      const page = await api.filterLogEvents({ ...asked, nextToken }, signal);
      yield (page.events ?? []).map((event) => ({
        group,
        stream: event.logStreamName ?? '',
        timestamp: event.timestamp ?? startTime,
        ingestion: event.ingestionTime ?? event.timestamp ?? startTime,
        id: event.eventId ?? '',
        message: event.message ?? '',
      }));
      nextToken = page.nextToken;
    } while (nextToken !== undefined);
  }
}
