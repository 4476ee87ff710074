import { z } from 'zod';
import { compareEvents, type LogEvent, type Position } from '../../logs/event';
import { minutesOf } from '../../logs/scan';
import type { Operation } from '../operation';
import { invalidToken, noSuchStream } from './errors';
import { EVENT_OVERHEAD } from './filter-log-events';
import { groupFields, groupOf, parseLogsInput } from './input';

const getInput = z.object({
  ...groupFields,
  logStreamName: z.string().min(1),
  startTime: z.number().int().min(0).optional(),
  endTime: z.number().int().min(0).optional(),
  nextToken: z.string().min(1).optional(),
  limit: z.number().int().min(1).max(10_000).optional(),
  startFromHead: z.boolean().optional(),
});

const PAGE_BYTES = 1_048_576;
const TOKEN = /^([fb])\/(\d{14})(\d{20})\/s$/;

/** One stream by time, a page forwards or backwards; at either end the token that was given comes back. */
export const getLogEvents: Operation = async ({ world, region, signal }, body) => {
  const input = parseLogsInput(getInput, body);
  const group = groupOf(region, input);
  if (!group.hasStream(input.logStreamName, world.now())) throw noSuchStream();
  const token = input.nextToken === undefined ? null : readToken(input.nextToken);
  const backwards = token === null ? input.startFromHead !== true : token.backwards;
  const from = input.startTime ?? 0;
  // Unlike FilterLogEvents the end itself is not included.
  const to = input.endTime === undefined ? world.now() + 7_200_000 : input.endTime - 1;
  const events: LogEvent[] = [];
  let bytes = 0;
  const limit = input.limit ?? 10_000;
  const options = { now: world.now, backwards, after: token };
  search: for await (const minute of minutesOf(group, { from, to }, options)) {
    if (signal.aborted) break;
    for (const event of minute.events) {
      if (event.stream !== input.logStreamName) continue;
      bytes += event.message.length + EVENT_OVERHEAD;
      if (events.length >= limit || (events.length > 0 && bytes > PAGE_BYTES)) break search;
      events.push(event);
    }
  }
  events.sort(compareEvents);
  const first = events[0] ?? token ?? { timestamp: from, key: 0 };
  const last = events.at(-1) ?? token ?? { timestamp: from, key: 0 };
  return {
    events: events.map(({ timestamp, message, ingestionTime }) => ({
      timestamp,
      message,
      ingestionTime,
    })),
    nextForwardToken: tokenOf('f', last),
    nextBackwardToken: tokenOf('b', first),
  };
};

const tokenOf = (direction: 'f' | 'b', at: Position): string =>
  `${direction}/${String(at.timestamp).padStart(14, '0')}${String(at.key).padStart(20, '0')}/s`;

function readToken(text: string): Position & { backwards: boolean } {
  const match = TOKEN.exec(text);
  if (match === null) throw invalidToken();
  const [, direction, timestamp, key] = match;
  return { timestamp: Number(timestamp), key: Number(key), backwards: direction === 'b' };
}
