/** Following a server of logs: it has no live tail, so it is searched every few seconds, in the shape tails ask. */
import { randomUUID } from 'node:crypto';
import type { FilterLogEventsRequest } from '@aws-sdk/client-cloudwatch-logs';
import { FailureError } from '../../../shared/failure';
import { ELASTIC_REGION, elasticPlace } from '../../../shared/logs/elastic';
import type { TailApi } from '../tail/tail-target';
import type { ElasticClient } from './elastic-client';
import { ElasticWalk } from './elastic-walk';
import { elasticFailure } from './failures';

const PAGE = 10_000;

/** @param client throws FailureError for a source that is gone */
export function elasticTailApi(client: () => ElasticClient): TailApi {
  // Searches that have more pages to come, by the token that was given for the next.
  const going = new Map<string, ElasticWalk>();
  const walkOf = (input: FilterLogEventsRequest): ElasticWalk => {
    const known = input.nextToken === undefined ? undefined : going.get(input.nextToken);
    if (input.nextToken !== undefined) going.delete(input.nextToken);
    return known ?? begin(client, input);
  };
  return {
    startLiveTail: () => {
      const { source } = client();
      throw elasticFailure(source, 'StartLiveTail', [
        'invalid',
        `${source.name} has no live tail: it is searched every few seconds instead.`,
        'Nothing to do; new events show a little later than they come.',
      ]);
    },
    filterLogEvents: async (input, signal) => {
      const walk = walkOf(input);
      try {
        const page = await walk.next(PAGE, signal);
        page.take();
        if (walk.progress.failure !== null) throw new FailureError(walk.progress.failure);
        return { events: page.events.map(asAws), ...tokenFor(walk, going) };
      } catch (error) {
        walk.close();
        throw error;
      }
    },
    callerIdentity: async () => ({ accountId: '', arn: `arn:${ELASTIC_REGION}` }),
    clockSkewMs: () => null,
  };
}

function begin(client: () => ElasticClient, input: FilterLogEventsRequest): ElasticWalk {
  const { source } = client();
  const group = input.logGroupName ?? nameIn(input.logGroupIdentifier ?? '');
  return new ElasticWalk({
    client,
    changed: () => undefined,
    place: { connectionId: elasticPlace(source.id), region: ELASTIC_REGION, group },
    search: {
      startMs: input.startTime ?? 0,
      endMs: input.endTime ?? 0,
      pattern: input.filterPattern ?? '',
      newestFirst: false,
    },
  });
}

function tokenFor(walk: ElasticWalk, going: Map<string, ElasticWalk>): { nextToken?: string } {
  if (walk.ended) return {};
  const nextToken = randomUUID();
  going.set(nextToken, walk);
  return { nextToken };
}

interface Event {
  stream: string;
  timestamp: number;
  ingestion: number;
  id: string;
  message: string;
}

const asAws = ({ stream, timestamp, ingestion, id, message }: Event) => ({
  logStreamName: stream,
  timestamp,
  ingestionTime: ingestion,
  eventId: id,
  message,
});

/** Tails name groups as CloudWatch wants them: the name stands behind `log-group:`. */
export const groupIdentifier = (name: string): string =>
  `arn:${ELASTIC_REGION}:logs:::log-group:${name}`;
const nameIn = (identifier: string): string => identifier.replace(/^arn:.*?:log-group:/, '');
