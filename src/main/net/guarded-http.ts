/**
 * HTTP for what comes out of files: every address is checked before it is connected to, on every redirect again, and
 * the connection goes to the very addresses that were checked. Proxies of the environment are not used: through one,
 * nobody could say where a request ends up.
 */
import { request as plainRequest } from 'node:http';
import type { ClientRequest, IncomingMessage, RequestOptions } from 'node:http';
import { request as tlsRequest } from 'node:https';
import { isIP } from 'node:net';
import type { LookupFunction } from 'node:net';
import type { Clock } from '../../shared/clock';
import { bareHost, productPolicy } from './address-policy';
import type { AddressPolicy } from './address-policy';
import { connectionFailure } from './connection-failure';
import { isRedirect, nextLeg, readHeaders, readUrl, shownUrl } from './http-message';
import type { HttpAnswer, HttpAsk, Leg } from './http-message';
import { checkedAddresses, httpFailure, systemResolve } from './resolve-host';
import type { CheckedAddress, Resolve } from './resolve-host';

export interface GuardedHttpParts {
  clock: Clock;
  /** What may be reached; the product's own unless another is given. */
  policy?: AddressPolicy;
  resolve?: Resolve;
  /** PEM certificates to trust instead of the built-in ones. */
  ca?: string;
}

/** What asks: `ask` rejects with `FailureError`s only. */
export interface HttpAsker {
  ask(ask: HttpAsk, signal: AbortSignal): Promise<HttpAnswer>;
}

const MAX_REDIRECTS = 5;
export const MAX_ANSWER_BYTES = 1_048_576;
/** Without a byte from the other side. */
const SILENT_MS = 30_000;

export class GuardedHttp implements HttpAsker {
  constructor(private readonly parts: GuardedHttpParts) {}

  /** Every status is an answer. @throws FailureError when there is none, or it may not be asked for */
  async ask(ask: HttpAsk, signal: AbortSignal): Promise<HttpAnswer> {
    const url = readUrl(ask.url);
    url.hash = '';
    let leg: Leg = { url, method: ask.method, headers: readHeaders(ask.headers), body: ask.body };
    for (let redirects = 0; ; redirects += 1) {
      const answer = await this.leg(leg, redirects, signal, url);
      const { location } = answer.headers;
      if (!isRedirect(answer.status) || location === undefined) return answer;
      if (redirects === MAX_REDIRECTS) {
        throw httpFailure(
          'invalid',
          `${shownUrl(url)} redirected more than ${MAX_REDIRECTS} times.`,
          'Write the address that is meant into the runbook.',
        );
      }
      leg = nextLeg(leg, answer.status, location);
    }
  }

  private async leg(
    leg: Leg,
    redirects: number,
    signal: AbortSignal,
    first: URL,
  ): Promise<HttpAnswer> {
    const { policy = productPolicy, resolve = systemResolve } = this.parts;
    // Only the file may spell an internal host: an answer that does is taken for an outsider.
    const sameHost = bareHost(leg.url.hostname) === bareHost(first.hostname);
    const legPolicy: AddressPolicy = sameHost ? policy : (address) => policy(address, 'public');
    const found = checkedAddresses(leg.url.hostname, legPolicy, resolve);
    const addresses = await orAborted(found, signal);
    const { status, headers, bytes, cut } = await this.send(leg, addresses, signal);
    return { status, headers, bytes, cut, from: shownUrl(leg.url), redirects };
  }

  private send(leg: Leg, addresses: CheckedAddress[], signal: AbortSignal): Promise<Received> {
    return new Promise((resolve, reject) => {
      const request = this.open(leg, addresses);
      const fail = (error: unknown): void => {
        stop();
        request.destroy();
        reject(connectionFailure(error, leg.url));
      };
      const onAbort = (): void => fail(signal.reason);
      const silence = this.silence(() =>
        fail(
          httpFailure(
            'timed-out',
            `${leg.url.host} was silent for ${SILENT_MS / 1_000} s.`,
            'Whether it did what was asked is not known: look there before trying again.',
          ),
        ),
      );
      const stop = (): void => {
        silence.stop();
        signal.removeEventListener('abort', onAbort);
      };
      signal.addEventListener('abort', onAbort, { once: true });
      request.on('error', fail);
      request.on('socket', (socket) => {
        // The last word: whatever the address came from, it is one that was checked.
        socket.once('connect', () => {
          if (!isAmong(socket.remoteAddress, addresses)) fail(strayed(leg.url));
        });
      });
      request.on('response', (response) => {
        receive(response, silence.heard).then((received) => {
          stop();
          resolve(received);
          request.destroy();
        }, fail);
      });
      request.end(leg.body ?? undefined);
    });
  }

  private open({ url, method, headers, body }: Leg, addresses: CheckedAddress[]): ClientRequest {
    const host = bareHost(url.hostname);
    const options: RequestOptions = {
      method,
      host,
      port: url.port === '' ? undefined : Number(url.port),
      path: `${url.pathname}${url.search}`,
      headers: {
        accept: '*/*',
        'user-agent': 'Nightdesk',
        ...headers,
        'accept-encoding': 'identity',
        ...(body === null ? {} : { 'content-length': Buffer.byteLength(body) }),
      },
      // A socket of its own: none that was opened under another check is used again.
      agent: false,
      lookup: pinned(addresses),
    };
    if (url.protocol === 'http:') return plainRequest(options);
    const { ca } = this.parts;
    return tlsRequest({
      ...options,
      rejectUnauthorized: true,
      minVersion: 'TLSv1.2',
      ...(isIP(host) === 0 ? { servername: host } : {}),
      ...(ca === undefined ? {} : { ca }),
    });
  }

  private silence(tooLong: () => void): { heard(): void; stop(): void } {
    let cancel = this.parts.clock.after(SILENT_MS, tooLong);
    return {
      heard: () => {
        cancel();
        cancel = this.parts.clock.after(SILENT_MS, tooLong);
      },
      stop: () => cancel(),
    };
  }
}

type Received = Pick<HttpAnswer, 'status' | 'headers' | 'bytes' | 'cut'>;

/** Reads up to the limit; the rest is left unread. */
async function receive(response: IncomingMessage, heard: () => void): Promise<Received> {
  heard();
  const chunks: Buffer[] = [];
  let size = 0;
  let cut = false;
  for await (const chunk of response) {
    heard();
    const bytes: Buffer = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
    const room = MAX_ANSWER_BYTES - size;
    chunks.push(bytes.subarray(0, room));
    size += Math.min(bytes.length, room);
    cut = bytes.length > room;
    if (cut) break;
  }
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(response.headers)) {
    if (value !== undefined) headers[name] = typeof value === 'string' ? value : value.join(', ');
  }
  return { status: response.statusCode ?? 0, headers, bytes: Buffer.concat(chunks), cut };
}

/** Answers with what was checked, whatever is asked. */
function pinned(addresses: CheckedAddress[]): LookupFunction {
  return (_host, options, done) => {
    if (options.all === true) {
      done(null, addresses);
      return;
    }
    const [first] = addresses;
    if (first === undefined) done(new Error('No address was checked.'), '', 4);
    else done(null, first.address, first.family);
  };
}

function isAmong(remote: string | undefined, addresses: CheckedAddress[]): boolean {
  // Closed at once: its error is on the way.
  if (remote === undefined) return true;
  const plain = remote.replace(/^::ffff:(?=\d+\.)/i, '');
  return addresses.some(({ address }) => sameAddress(address, plain));
}

const sameAddress = (a: string, b: string): boolean =>
  a === b ||
  (isIP(a) === 6 &&
    isIP(b) === 6 &&
    new URL(`http://[${a}]`).host === new URL(`http://[${b}]`).host);

const strayed = (url: URL) =>
  httpFailure(
    'denied',
    `The connection to ${url.host} went to an address that was not checked; it was cut.`,
    'See what stands between this computer and the network.',
  );

function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => reject(connectionFailure(signal.reason, null));
    if (signal.aborted) onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}
