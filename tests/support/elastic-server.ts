/**
 * A small server that speaks the wire format of Elasticsearch 8 or OpenSearch 2, after their documentation: what is
 * asked of it is checked as strictly as they do. It is no real cluster.
 */
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { gzipSync } from 'node:zlib';
import { BadQuery, bodySchema, find } from './elastic-search';
import type { Doc, SearchBody } from './elastic-search';

export interface Asked {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingMessage['headers'];
  body: string;
}

export interface Answer {
  status: number;
  /** Sent as it is where it is a string. */
  body: unknown;
  headers?: Record<string, string>;
}

export interface ElasticServerInit {
  kind?: 'elasticsearch' | 'opensearch' | 'serverless';
  docs?: Doc[];
  /** Null lets it in; else the refusal. */
  guard?: (asked: Asked) => Answer | null;
  tls?: { key: string; cert: string };
  streams?: string[];
  aliases?: string[];
}

const error = (status: number, type: string, reason: string): Answer => ({
  status,
  body: { error: { root_cause: [{ type, reason }], type, reason }, status },
});

export class ElasticServer {
  readonly asked: Asked[] = [];
  docs: Doc[];
  /** Answers given instead of the real one, first come first served; null lets one pass. */
  readonly instead: ((asked: Asked) => Answer | 'hang' | null)[] = [];
  /** Changes what a search answers. */
  spoil: ((answer: Record<string, unknown>) => void) | null = null;
  readonly pits = new Map<string, readonly Doc[]>();
  private pitCount = 0;

  private constructor(
    private readonly server: Server,
    private readonly init: ElasticServerInit,
    readonly url: string,
  ) {
    this.docs = init.docs ?? [];
  }

  static async start(init: ElasticServerInit = {}): Promise<ElasticServer> {
    let self: ElasticServer | null = null;
    const listener = (request: IncomingMessage, response: ServerResponse): void => {
      self?.serve(request, response).catch((cause: unknown) => response.destroy(toError(cause)));
    };
    const server =
      init.tls === undefined ? createServer(listener) : createTlsServer(init.tls, listener);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('It has no port.');
    const scheme = init.tls === undefined ? 'http' : 'https';
    self = new ElasticServer(server, init, `${scheme}://127.0.0.1:${address.port}`);
    return self;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  searches(): Asked[] {
    return this.asked.filter(({ path }) => path.endsWith('/_search'));
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(Buffer.from(part));
    const url = new URL(request.url ?? '/', this.url);
    const asked: Asked = {
      method: request.method ?? '',
      path: decodeURIComponent(url.pathname),
      query: url.searchParams,
      headers: request.headers,
      body: Buffer.concat(parts).toString('utf8'),
    };
    this.asked.push(asked);
    const instead = this.instead.shift()?.(asked) ?? null;
    if (instead === 'hang') return;
    this.send(response, asked, instead ?? this.init.guard?.(asked) ?? this.answer(asked));
  }

  private send(response: ServerResponse, asked: Asked, { status, body, headers }: Answer): void {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const packed = asked.headers['accept-encoding'] === 'gzip' && text.length > 200;
    response.writeHead(status, {
      'content-type': 'application/json',
      ...(packed ? { 'content-encoding': 'gzip' } : {}),
      ...headers,
    });
    response.end(packed ? gzipSync(text) : text);
  }

  private answer(asked: Asked): Answer {
    const { method, path } = asked;
    if (path === '/') return this.info();
    const [, first = '', second = '', third = ''] = path.split('/');
    if (first === '_resolve') return this.resolve(third);
    if (first === '_cat') return this.cat(third);
    if (path === '/_pit' && method === 'DELETE') return this.closePit(asked, 'id');
    if (path === '/_search/point_in_time' && method === 'DELETE') {
      return this.closePit(asked, 'pit_id');
    }
    if (second === '_field_caps') return this.fieldCaps(first);
    const opens = second === '_pit' || (second === '_search' && third === 'point_in_time');
    if (opens && method === 'POST') return this.openPit(first, asked);
    if (method === 'POST' && (path === '/_search' || second === '_search')) {
      return this.search(asked, path === '/_search' ? null : first);
    }
    return error(400, 'illegal_argument_exception', `no handler found for uri [${path}]`);
  }

  private info(): Answer {
    if (this.init.kind === 'serverless') return { status: 404, body: '' };
    const version =
      this.init.kind === 'opensearch'
        ? { distribution: 'opensearch', number: '2.19.1' }
        : { number: '8.15.3', build_flavor: 'default' };
    return { status: 200, body: { name: 'node-1', cluster_name: 'crm', version } };
  }

  private resolve(pattern: string): Answer {
    if (this.init.kind === 'serverless') return error(404, 'not_found', 'no such call');
    const names = this.names(pattern);
    if (names.length === 0 && !pattern.includes('*')) {
      return error(404, 'index_not_found_exception', `no such index [${pattern}]`);
    }
    const fit = (list: readonly string[] = []) => list.filter((name) => glob(pattern, name));
    const body = {
      indices: names.map((name) => ({ name, attributes: ['open'] })),
      aliases: fit(this.init.aliases).map((name) => ({ name, indices: names })),
      data_streams: fit(this.init.streams).map((name) => ({
        name,
        backing_indices: [`.ds-${name}-000001`],
        timestamp_field: '@timestamp',
      })),
    };
    return { status: 200, body };
  }

  private cat(pattern: string): Answer {
    const body = this.names(pattern).map((index) => ({ index, 'store.size': '2048' }));
    return { status: 200, body };
  }

  private fieldCaps(pattern: string): Answer {
    if (this.names(pattern).length === 0) return { status: 200, body: { indices: [], fields: {} } };
    const date = { type: 'date', searchable: true, aggregatable: true };
    return { status: 200, body: { indices: [], fields: { '@timestamp': { date } } } };
  }

  private openPit(pattern: string, { path, query }: Asked): Answer {
    const openSearch = path.endsWith('/_search/point_in_time');
    if (openSearch !== (this.init.kind === 'opensearch') || !query.has('keep_alive')) {
      return error(400, 'illegal_argument_exception', 'no point in time here');
    }
    this.pitCount += 1;
    const id = `pit-${this.pitCount}`;
    this.pits.set(id, this.docsOf(pattern));
    return { status: 200, body: openSearch ? { pit_id: id, creation_time: 1 } : { id } };
  }

  private closePit({ body }: Asked, key: 'id' | 'pit_id'): Answer {
    const found: unknown = Reflect.get(Object(JSON.parse(body)), key);
    for (const id of [found].flat()) this.pits.delete(String(id));
    return { status: 200, body: { succeeded: true, num_freed: 1 } };
  }

  private search({ body: text }: Asked, pattern: string | null): Answer {
    const parsed = bodySchema.safeParse(JSON.parse(text));
    if (!parsed.success) return error(400, 'parsing_exception', parsed.error.message);
    const body = parsed.data;
    const problem = this.problemOf(body, pattern);
    if (problem !== null) return problem;
    const docs = body.pit === undefined ? this.docsOf(pattern ?? '') : this.pits.get(body.pit.id);
    if (docs === undefined) {
      const why = 'No search context found for id [1]';
      return error(404, 'search_context_missing_exception', why);
    }
    try {
      return { status: 200, body: this.found(docs, body) };
    } catch (cause) {
      if (!(cause instanceof BadQuery)) throw cause;
      return error(400, 'query_shard_exception', cause.message);
    }
  }

  private problemOf(body: SearchBody, pattern: string | null): Answer | null {
    const tie = Object.keys(body.sort[1] ?? {})[0];
    const bad = (reason: string): Answer => error(400, 'illegal_argument_exception', reason);
    if (body.size > 10_000) return bad('Result window is too large');
    if (body.pit !== undefined && pattern !== null) return bad('[indices] cannot be used with pit');
    const shardDoc = tie === '_shard_doc';
    if (shardDoc && (body.pit === undefined || this.init.kind === 'opensearch')) {
      return bad('[_shard_doc] sort field cannot be used without [point in time]');
    }
    if (tie === '_id' && (this.init.kind ?? 'elasticsearch') === 'elasticsearch') {
      return bad('Fielddata access on the _id field is disallowed');
    }
    return null;
  }

  /** Written by hand, so that documents come back to the letter. */
  private found(docs: readonly Doc[], body: SearchBody): string {
    const { page, total } = find(docs, body);
    const hits = page.map(({ doc, sort }) => {
      const plain = { _index: doc.index, _id: doc.id, _score: null, sort };
      const fields = JSON.stringify({ '@timestamp': [String(doc.time)] });
      return `${JSON.stringify(plain).slice(0, -1)},"_source":${doc.source},"fields":${fields}}`;
    });
    const shards = docs.length === 0 ? 0 : 5;
    const answer: Record<string, unknown> = {
      took: 3,
      timed_out: false,
      _shards: { total: shards, successful: shards, skipped: 0, failed: 0 },
      ...(body.pit === undefined ? {} : { pit_id: body.pit.id }),
    };
    this.spoil?.(answer);
    const counted = { total: { value: total, relation: 'eq' } };
    const head = body.track_total_hits === true ? JSON.stringify(counted).slice(1, -1) : '';
    const inner = [head, `"hits":[${hits.join(',')}]`].filter((part) => part !== '').join(',');
    return `${JSON.stringify(answer).slice(0, -1)},"hits":{${inner}}}`;
  }

  private names(pattern: string): string[] {
    const all = new Set(this.docs.map(({ index }) => index));
    return [...all].filter((name) => glob(pattern, name)).sort();
  }

  private docsOf(pattern: string): Doc[] {
    return this.docs.filter(({ index }) => glob(pattern, index));
  }
}

const glob = (patterns: string, name: string): boolean =>
  patterns.split(',').some((pattern) => fits(pattern, name));
const fits = (pattern: string, name: string): boolean =>
  new RegExp(`^${pattern.split('*').map(escaped).join('.*')}$`).test(name);
const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
const toError = (cause: unknown): Error =>
  cause instanceof Error ? cause : new Error(String(cause));
