/** Asks one server of logs: signed, retried with pauses when it is busy, its answers checked. */
import { readFile } from 'node:fs/promises';
import type { z } from 'zod';
import type { Clock } from '../../../shared/clock';
import { FailureError } from '../../../shared/failure';
import type { ElasticSource } from '../../../shared/logs/elastic';
import { withDeadline } from '../../aws/deadline';
import { wait } from '../../aws/wait';
import { parseExactly, stringifyExactly } from './exact-json';
import { brokenFailure, elasticFailure, refusal } from './failures';
import type { ElasticFailure } from './failures';
import { sign } from './sign';
import type { CredentialsOf } from './sign';
import { OversizedAnswer, Wire } from './wire';
import type { WireAnswer, WireRequest } from './wire';

export interface ElasticCall {
  /** As the failure names it. */
  operation: string;
  method: WireRequest['method'];
  /** Below the source's address; its parts encoded. */
  path: string;
  query?: Readonly<Record<string, string>>;
  body?: unknown;
  maxBytes?: number;
  timeoutMs?: number;
}

export interface ElasticClientParts {
  source: ElasticSource;
  /** Password or key; null where there is none. */
  secret: string | null;
  credentialsOf: CredentialsOf;
  clock: Clock;
  /** 0 to 1, for the pauses. */
  random?: () => number;
}

const TRIES = 6;
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;
const ANSWER_LIMIT_MS = 20_000;
const ANSWER_BYTES = 8 * 2 ** 20;
const busy: ReadonlySet<number> = new Set([429, 502, 503, 504]);

export class ElasticClient {
  private wire: Promise<Wire> | null = null;

  constructor(private readonly parts: ElasticClientParts) {}

  get source(): ElasticSource {
    return this.parts.source;
  }

  /**
   * Rejects with `ElasticFailure`, with another `FailureError` when the connection whose credentials sign has
   * none, or with `OversizedAnswer`, which only a smaller question helps.
   */
  async ask<S extends z.ZodType>(
    schema: S,
    call: ElasticCall,
    signal: AbortSignal,
    onThrottled: () => void = () => undefined,
  ): Promise<z.infer<S>> {
    for (let round = 1; ; round += 1) {
      const { answer, secrets } = await this.once(call, signal);
      if (answer.status >= 200 && answer.status < 300) return this.read(schema, call, answer);
      if (!busy.has(answer.status) || round === TRIES) {
        throw refusal(this.source, call.operation, answer, secrets);
      }
      onThrottled();
      await this.pause(pauseMs(answer, round, this.parts.random ?? Math.random), call, signal);
    }
  }

  close(): void {
    // One that could not be made has nothing to close.
    this.wire?.then((wire) => wire.close()).catch(() => undefined);
    this.wire = null;
  }

  private async once(
    call: ElasticCall,
    signal: AbortSignal,
  ): Promise<{ answer: WireAnswer; secrets: string[] }> {
    const { source, secret, credentialsOf } = this.parts;
    const url = urlOf(source, call);
    const body = call.body === undefined ? null : stringifyExactly(call.body);
    const { method, maxBytes = ANSWER_BYTES, timeoutMs = ANSWER_LIMIT_MS } = call;
    try {
      return await withDeadline(timeoutMs, signal, async (inner) => {
        this.wire ??= this.open();
        const wire = await this.wire;
        const request = { method, url, body };
        const { headers, secrets } = await sign(source.auth, secret, request, credentialsOf, inner);
        return { answer: await wire.send({ ...request, headers, maxBytes }, inner), secrets };
      });
    } catch (error) {
      if (error instanceof FailureError || error instanceof OversizedAnswer) throw error;
      throw brokenFailure(source, call.operation, error, url);
    }
  }

  private async open(): Promise<Wire> {
    const { source } = this.parts;
    const secure = source.url.startsWith('https:');
    try {
      return new Wire(secure, source.caFile === null ? null : await readCa(source.caFile));
    } catch (error) {
      this.wire = null;
      const why = error instanceof Error ? error.message : String(error);
      throw elasticFailure(source, 'logs.source', [
        'invalid',
        `The file of certificates of ${source.name} cannot be used: ${why}.`,
        'Name a file in PEM format in the settings.',
      ]);
    }
  }

  private read<S extends z.ZodType>(schema: S, call: ElasticCall, answer: WireAnswer): z.infer<S> {
    const malformed = (why: string): ElasticFailure =>
      elasticFailure(this.source, call.operation, [
        'invalid',
        `${this.source.name} answered what cannot be read: ${why}.`,
        'Check that the address is that of an Elasticsearch or OpenSearch server.',
      ]);
    let json: unknown;
    try {
      json = parseExactly(answer.text);
    } catch (error) {
      if (error instanceof SyntaxError) throw malformed('it is no JSON');
      throw error;
    }
    const parsed = schema.safeParse(json);
    if (parsed.success) return parsed.data;
    const [issue] = parsed.error.issues;
    throw malformed(`"${issue?.path.map(String).join('.') ?? ''}" is not as it must be`);
  }

  private async pause(ms: number, call: ElasticCall, signal: AbortSignal): Promise<void> {
    try {
      await wait(this.parts.clock, ms, signal);
    } catch (error) {
      throw brokenFailure(this.source, call.operation, error, urlOf(this.source, call));
    }
  }
}

async function readCa(file: string): Promise<string> {
  const text = await readFile(file, 'utf8');
  if (!text.includes('-----BEGIN CERTIFICATE-----')) throw new Error('it holds no certificate');
  return text;
}

function urlOf({ url }: ElasticSource, { path, query = {} }: ElasticCall): URL {
  const found = new URL(url);
  found.pathname = `${found.pathname.replace(/\/+$/, '')}${path}`;
  for (const [name, value] of Object.entries(query)) found.searchParams.set(name, value);
  return found;
}

/** What the server asks for, in seconds or as a date, else longer and longer; never more than half a minute. */
function pauseMs({ headers }: WireAnswer, round: number, random: () => number): number {
  const asked = headers['retry-after'] ?? '';
  const until = Date.parse(asked);
  if (/^\d+$/.test(asked)) return Math.min(LONGEST_PAUSE_MS, Number(asked) * 1_000);
  const date = Date.parse(headers['date'] ?? '');
  if (Number.isFinite(until) && Number.isFinite(date)) {
    return Math.max(0, Math.min(LONGEST_PAUSE_MS, until - date));
  }
  const full = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (round - 1));
  return full / 2 + (full / 2) * random();
}
