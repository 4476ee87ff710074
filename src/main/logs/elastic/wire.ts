/** One HTTP exchange with a server of logs: bounded in size, certificates checked, redirects never followed. */
import { Agent as HttpAgent, request as httpRequest } from 'node:http';
import type { IncomingMessage, RequestOptions } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { rootCertificates } from 'node:tls';
import { createGunzip } from 'node:zlib';

export interface WireRequest {
  method: 'GET' | 'POST' | 'DELETE';
  url: URL;
  headers: Readonly<Record<string, string>>;
  body: string | null;
  /** Of the answer, unpacked. */
  maxBytes: number;
}

export interface WireAnswer {
  status: number;
  headers: Readonly<Record<string, string>>;
  text: string;
}

/** The answer is longer than was allowed; it was not read to its end. */
export class OversizedAnswer extends Error {
  override name = 'OversizedAnswer';
}

export class Wire {
  private readonly agent: HttpAgent;

  /** @param caPem certificates to trust besides the built-in ones */
  constructor(
    private readonly secure: boolean,
    caPem: string | null,
  ) {
    const ca = caPem === null ? {} : { ca: [...rootCertificates, caPem] };
    this.agent = secure
      ? new HttpsAgent({ keepAlive: true, maxSockets: 8, rejectUnauthorized: true, ...ca })
      : new HttpAgent({ keepAlive: true, maxSockets: 8 });
  }

  /** Rejects with what Node says of the connection, `OversizedAnswer`, or the signal's reason, at once. */
  send({ method, url, headers, body, maxBytes }: WireRequest, signal: AbortSignal) {
    const options: RequestOptions = {
      method,
      agent: this.agent,
      headers: {
        ...headers,
        'accept-encoding': 'gzip',
        ...(body === null ? {} : { 'content-length': String(Buffer.byteLength(body)) }),
      },
    };
    return new Promise<WireAnswer>((resolve, reject) => {
      signal.throwIfAborted();
      const sent = (this.secure ? httpsRequest : httpRequest)(url, options, (answer) => {
        readText(answer, maxBytes)
          .then((text) =>
            resolve({ status: answer.statusCode ?? 0, headers: flat(answer.headers), text }),
          )
          .catch(reject)
          .finally(() => signal.removeEventListener('abort', leave));
      });
      const leave = (): void => {
        reject(signal.reason);
        sent.destroy();
      };
      signal.addEventListener('abort', leave, { once: true });
      sent.on('error', (error) => {
        signal.removeEventListener('abort', leave);
        reject(error);
      });
      sent.end(body ?? undefined);
    });
  }

  close(): void {
    this.agent.destroy();
  }
}

function readText(answer: IncomingMessage, maxBytes: number): Promise<string> {
  const packed = answer.headers['content-encoding'] === 'gzip';
  const stream = packed ? answer.pipe(createGunzip()) : answer;
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    let bytes = 0;
    stream.on('data', (part: Buffer) => {
      bytes += part.length;
      if (bytes > maxBytes) {
        reject(new OversizedAnswer(`The answer is longer than ${maxBytes} bytes.`));
        answer.destroy();
        return;
      }
      parts.push(part);
    });
    stream.on('end', () => resolve(Buffer.concat(parts).toString('utf8')));
    stream.on('error', reject);
    answer.on('error', reject);
    // A connection that breaks inside an answer says so only here.
    answer.on('close', () => {
      if (!answer.complete) reject(brokenOff());
    });
  });
}

const brokenOff = (): Error =>
  Object.assign(new Error('The connection broke inside the answer.'), { code: 'ECONNRESET' });

function flat(headers: IncomingMessage['headers']): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) found[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return found;
}
