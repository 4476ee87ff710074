/** The search of one index pattern, data stream or alias: page after page with `search_after`. */
import type { Failure } from '../../../shared/failure';
import { toLucene } from '../../../shared/logs/elastic-pattern';
import type { GroupProgress } from '../../../shared/logs/search';
import type { FoundEvent } from '../search/page-frames';
import type { Walk, WalkPage, WalkParts } from '../search/walk';
import type { SearchAnswer } from './answers';
import type { Abilities } from './cursor';
import { eventOf } from './documents';
import type { ElasticClient } from './elastic-client';
import { ElasticFailure, elasticFailure } from './failures';
import { gapOf } from './gaps';
import { abilitiesOfServer, askPage, closePit, openPit, PAGE_EVENTS } from './paged-search';
import { OversizedAnswer } from './wire';

export interface ElasticWalkParts extends WalkParts {
  /** Throws FailureError for a source that is gone or has no password. */
  client: () => ElasticClient;
}

/** Pages are kept to about this size: reading one takes main some 20 ms. */
const PAGE_BYTES = 640 * 2 ** 10;
const FIRST_PAGE = 500;
/** Points in time that end without a page having come; a server that keeps none is not asked for ever. */
const MAX_REOPENED = 3;

export class ElasticWalk implements Walk {
  progress: GroupProgress;
  ended = false;
  private abilities: Abilities | null = null;
  private pitId: string | null = null;
  private after: readonly unknown[] | null = null;
  private size = FIRST_PAGE;
  private reopened = 0;
  /** The window that is left to read; both included, ms UTC. */
  private fromMs = 0;
  private toMs = 0;
  /** What some page could not read. */
  private gap: Failure | null = null;

  constructor(private readonly parts: ElasticWalkParts) {
    this.progress = this.fresh();
    this.restart();
  }

  restart(): void {
    const { startMs, endMs } = this.parts.search;
    this.close();
    this.progress = this.fresh();
    this.ended = endMs <= startMs;
    if (this.ended) this.progress.phase = 'done';
    this.fromMs = startMs;
    this.toMs = endMs;
    this.after = null;
    this.abilities = null;
    this.gap = null;
    this.reopened = 0;
  }

  async next(room: number, signal: AbortSignal): Promise<WalkPage> {
    const client = this.parts.client();
    const query = this.query(client);
    for (;;) {
      const size = Math.max(1, Math.min(this.size, room, PAGE_EVENTS));
      try {
        await this.prepare(client, signal);
        return this.pageOf(client, await this.ask(client, query, size, signal), size);
      } catch (error) {
        if (error instanceof OversizedAnswer && size > 1) this.size = Math.ceil(size / 4);
        else if (!this.forgotten(error)) throw asFailure(error, client, this.parts.place.group);
      }
    }
  }

  fail(failure: Failure): void {
    this.progress.phase = failure.kind === 'cancelled' ? 'stopped' : 'failed';
    this.progress.failure = failure.kind === 'cancelled' ? null : failure;
  }

  /** Lets the server forget the point in time; one it is not told of ends by itself within minutes. */
  close(): void {
    const { pitId, abilities } = this;
    this.pitId = null;
    if (pitId !== null && abilities?.pit != null) closePit(this.parts.client, abilities.pit, pitId);
  }

  private async prepare(client: ElasticClient, signal: AbortSignal): Promise<void> {
    this.abilities ??= await abilitiesOfServer(client, signal, this.throttled);
    if (this.abilities.pit === null || this.pitId !== null) return;
    const { group } = this.parts.place;
    this.pitId = await openPit(client, this.abilities.pit, group, signal, this.throttled);
    // The server keeps none for this index or this user: it is searched as it is, events may come meanwhile.
    if (this.pitId === null) this.abilities = { pit: null, tiebreaker: '_id' };
  }

  private ask(
    client: ElasticClient,
    query: string,
    size: number,
    signal: AbortSignal,
  ): Promise<SearchAnswer> {
    const { search, place } = this.parts;
    return askPage(
      client,
      place.group,
      {
        source: client.source,
        fromMs: this.fromMs,
        toMs: this.toMs,
        pattern: query,
        newestFirst: search.newestFirst,
        size,
        tiebreaker: this.abilities?.tiebreaker ?? '_id',
        pitId: this.pitId,
        after: this.after,
        count: this.progress.matching === undefined,
      },
      signal,
      this.throttled,
    );
  }

  private pageOf(client: ElasticClient, answer: SearchAnswer, asked: number): WalkPage {
    if (answer.pit_id !== undefined && this.pitId !== null) this.pitId = answer.pit_id;
    const { hits, total } = answer.hits;
    const events: FoundEvent[] = [];
    for (const hit of hits) {
      const event = eventOf(hit, client.source);
      if (event !== null) events.push(event);
    }
    return {
      events,
      take: () => {
        const matching = typeof total === 'number' ? total : total?.value;
        if (matching !== undefined) this.progress.matching ??= matching;
        this.gap ??= gapOf(client.source, this.parts.place.group, answer);
        this.after = hits.at(-1)?.sort ?? this.after;
        this.count(events);
        this.cover(events);
        if (hits.length < asked) this.finish();
      },
    };
  }

  private count(events: readonly FoundEvent[]): void {
    const { progress } = this;
    let bytes = 0;
    for (const { message } of events) bytes += Buffer.byteLength(message);
    progress.pages += 1;
    progress.events += events.length;
    progress.bytes += bytes;
    progress.failure = this.gap;
    this.reopened = 0;
    if (events.length === 0) return;
    const fits = Math.floor(PAGE_BYTES / Math.max(1, bytes / events.length));
    this.size = Math.max(1, Math.min(PAGE_EVENTS, fits, this.size * 4));
  }

  /** What has been read whole; a page may have ended between events of one millisecond. */
  private cover(events: readonly FoundEvent[]): void {
    const last = events.at(-1)?.timestamp;
    const { startMs, endMs, newestFirst } = this.parts.search;
    if (last === undefined) return;
    if (newestFirst) this.toMs = Math.min(this.toMs, last);
    else this.fromMs = Math.max(this.fromMs, last);
    // With shards missing nothing has been read whole.
    if (this.gap !== null) this.setCovered(null, null);
    else if (!newestFirst && last > startMs) this.setCovered(startMs, last);
    else if (newestFirst && last + 1 < endMs) this.setCovered(last + 1, endMs);
  }

  private setCovered(fromMs: number | null, toMs: number | null): void {
    this.progress.coveredFromMs = fromMs;
    this.progress.coveredToMs = toMs;
  }

  private finish(): void {
    const { startMs, endMs } = this.parts.search;
    this.ended = true;
    this.close();
    if (this.gap !== null) {
      this.fail(this.gap);
      return;
    }
    this.setCovered(startMs, endMs);
    this.progress.phase = 'done';
  }

  /**
   * A point in time ends after minutes without a question, or with the server's restart. The rest of the window
   * is then read from a new one; events of the last millisecond come again and are known by their ids.
   */
  private forgotten(error: unknown): boolean {
    if (!(error instanceof ElasticFailure) || this.pitId === null) return false;
    const gone = error.status === 404 || error.type === 'search_context_missing_exception';
    if (!gone || this.reopened >= MAX_REOPENED) return false;
    this.reopened += 1;
    this.pitId = null;
    this.after = null;
    return true;
  }

  /** What was typed, where it is CloudWatch's said in Lucene's words. */
  private query({ source }: ElasticClient): string {
    const lucene = toLucene(this.parts.search.pattern);
    if (lucene.ok) return lucene.query;
    throw elasticFailure(source, '_search', [
      'invalid',
      `The pattern is CloudWatch's alone, ${lucene.why}: ${source.name} was not searched.`,
      'Search it on its own in the query syntax of Lucene, such as level:error AND statusCode:>=500.',
    ]);
  }

  private readonly throttled = (): void => {
    this.progress.throttles += 1;
    this.parts.changed();
  };

  private fresh(): GroupProgress {
    return {
      ...this.parts.place,
      phase: 'waiting',
      pages: 0,
      emptyPages: 0,
      events: 0,
      bytes: 0,
      throttles: 0,
      coveredFromMs: null,
      coveredToMs: null,
      failure: null,
    };
  }
}

const asFailure = (error: unknown, { source }: ElasticClient, group: string): unknown =>
  error instanceof OversizedAnswer
    ? elasticFailure(source, '_search', [
        'invalid',
        `${source.name} holds an event in ${group} that is longer than can be taken in.`,
        'Leave that time or that index out of the search.',
      ])
    : error;
