import { z } from 'zod';
import { decodeToken, encodeToken } from '../paging';
import type { Operation } from '../operation';
import type { StreamView } from '../../logs/log-group';
import { alreadyExists, invalidParameter, invalidToken, noSuchStream } from './errors';
import { checkName, groupFields, groupOf, parseLogsInput } from './input';

const describeInput = z.object({
  ...groupFields,
  logStreamNamePrefix: z.string().min(1).max(512).optional(),
  orderBy: z.enum(['LogStreamName', 'LastEventTime']).optional(),
  descending: z.boolean().optional(),
  nextToken: z.string().min(1).optional(),
  limit: z.number().int().min(1).max(50).optional(),
});

export const describeLogStreams: Operation = ({ world, region }, body) => {
  const input = parseLogsInput(describeInput, body);
  const group = groupOf(region, input);
  const byTime = input.orderBy === 'LastEventTime';
  if (byTime && input.logStreamNamePrefix !== undefined) {
    throw invalidParameter('Cannot order by LastEventTime with a logStreamNamePrefix.');
  }
  const now = world.now();
  const found = group
    .streams(now)
    .filter((stream) => stream.name.startsWith(input.logStreamNamePrefix ?? ''));
  if (byTime) found.sort((a, b) => (a.last ?? 0) - (b.last ?? 0) || (a.name < b.name ? -1 : 1));
  if (input.descending === true) found.reverse();
  const question = [group.name, input.logStreamNamePrefix, input.orderBy, input.descending];
  const from = afterToken(question, input.nextToken, found);
  const page = found.slice(from, from + (input.limit ?? 50));
  const last = page.at(-1);
  const more = last !== undefined && from + page.length < found.length;
  return {
    logStreams: page.map((stream) => streamShape(stream, group.arn)),
    ...(more ? { nextToken: encodeToken(question, last.name) } : {}),
  };
};

/** Lists by time move on while they are read, so the token names the stream to go on behind. */
function afterToken(
  question: unknown,
  token: string | undefined,
  found: readonly StreamView[],
): number {
  if (token === undefined) return 0;
  const name = decodeToken(question, token, invalidToken);
  return found.findIndex((stream) => stream.name === name) + 1;
}

function streamShape(stream: StreamView, groupArn: string): Record<string, unknown> {
  return {
    arn: `${groupArn}:log-stream:${stream.name}`,
    creationTime: stream.createdAt,
    ...(stream.first === null
      ? {}
      : {
          firstEventTimestamp: stream.first,
          lastEventTimestamp: stream.last,
          lastIngestionTime: stream.lastIngestion,
          uploadSequenceToken: '49039859624849354848735484873548487354848735484',
        }),
    logStreamName: stream.name,
    storedBytes: 0,
  };
}

const named = z.object({ logGroupName: z.string(), logStreamName: z.string().min(1) });

export const createLogStream: Operation = ({ world, region }, body) => {
  const input = parseLogsInput(named, body);
  checkName(input.logStreamName, 'logStreamName');
  const group = groupOf(region, input);
  if (group.hasStream(input.logStreamName, world.now())) throw alreadyExists('stream');
  group.addStream(input.logStreamName, world.now());
  return {};
};

export const deleteLogStream: Operation = ({ region }, body) => {
  const input = parseLogsInput(named, body);
  const group = groupOf(region, input);
  if (!group.putStreams.has(input.logStreamName)) throw noSuchStream();
  group.removeStream(input.logStreamName);
  return {};
};
