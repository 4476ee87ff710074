/** The calls of a search: what the server can do, a point in time, a page, and letting go. */
import { z } from 'zod';
import { infoSchema, pitSchema, searchAnswerSchema } from './answers';
import type { SearchAnswer } from './answers';
import { abilitiesOf, KEEP_ALIVE, searchBody } from './cursor';
import type { Abilities, Question } from './cursor';
import type { ElasticCall, ElasticClient } from './elastic-client';
import { ElasticFailure } from './failures';

/** The most events of a page; servers allow 10,000, which main would take too long to read. */
export const PAGE_EVENTS = 1_500;
/** Longer than the server may search. */
const SEARCH_WAIT_MS = 45_000;
/** One event on its own may be as long as servers take documents. */
const LONE_EVENT_BYTES = 128 * 2 ** 20;

type PitKind = NonNullable<Abilities['pit']>;

/** Anything else is a real failure. */
const unable: ReadonlySet<number> = new Set([400, 403, 404, 405, 501, 503]);

/** Null where the server does not know the call or does not allow it. */
export async function ifAble<T>(
  asked: Promise<T>,
  { unless = '' }: { unless?: string } = {},
): Promise<T | null> {
  try {
    return await asked;
  } catch (error) {
    const known = error instanceof ElasticFailure && unable.has(error.status ?? 0);
    if (!known || (unless !== '' && error.type === unless)) throw error;
    return null;
  }
}

export async function abilitiesOfServer(
  client: ElasticClient,
  signal: AbortSignal,
  onThrottled: () => void,
): Promise<Abilities> {
  // OpenSearch Serverless does not answer there, and some users may not ask.
  const asked = client.ask(infoSchema, infoCall, signal, onThrottled);
  return abilitiesOf(await ifAble(asked));
}

export const infoCall: ElasticCall = { operation: 'info', method: 'GET', path: '/' };

/** Null where the server opens none for this index. */
export function openPit(
  client: ElasticClient,
  kind: PitKind,
  group: string,
  signal: AbortSignal,
  onThrottled: () => void,
): Promise<string | null> {
  const call: ElasticCall = {
    operation: 'open_point_in_time',
    method: 'POST',
    path: `/${pathOf(group)}/${kind === 'elasticsearch' ? '_pit' : '_search/point_in_time'}`,
    query: { keep_alive: KEEP_ALIVE },
  };
  return ifAble(client.ask(pitSchema, call, signal, onThrottled));
}

/** Not waited for: what cannot be closed ends by itself. */
export function closePit(client: () => ElasticClient, kind: PitKind, id: string): void {
  const call: ElasticCall =
    kind === 'elasticsearch'
      ? { operation: 'close_point_in_time', method: 'DELETE', path: '/_pit', body: { id } }
      : {
          operation: 'close_point_in_time',
          method: 'DELETE',
          path: '/_search/point_in_time',
          body: { pit_id: [id] },
        };
  const close = async (): Promise<void> => {
    await client().ask(z.unknown(), call, new AbortController().signal);
  };
  close().catch(() => {
    // It ends by itself minutes later, and the search is over either way.
  });
}

export function askPage(
  client: ElasticClient,
  group: string,
  question: Question,
  signal: AbortSignal,
  onThrottled: () => void,
): Promise<SearchAnswer> {
  // A point in time knows its indexes.
  const where =
    question.pitId === null
      ? {
          path: `/${pathOf(group)}/_search`,
          query: { allow_no_indices: 'true' },
        }
      : { path: '/_search' };
  const call: ElasticCall = {
    operation: '_search',
    method: 'POST',
    ...where,
    body: searchBody(question),
    timeoutMs: SEARCH_WAIT_MS,
    ...(question.size === 1 ? { maxBytes: LONE_EVENT_BYTES } : {}),
  };
  return client.ask(searchAnswerSchema, call, signal, onThrottled);
}

export const pathOf = (group: string): string => encodeURIComponent(group);
