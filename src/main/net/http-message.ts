/** What may be asked over HTTP, and what goes along when an answer sends the request elsewhere. */
import { validateHeaderName, validateHeaderValue } from 'node:http';
import { httpFailure } from './resolve-host';

export const httpMethods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
export type HttpMethod = (typeof httpMethods)[number];

export interface HttpAsk {
  url: string;
  method: HttpMethod;
  headers: Readonly<Record<string, string>>;
  /** Sent as UTF-8. */
  body: string | null;
}

export interface HttpAnswer {
  status: number;
  /** Names in lower case. */
  headers: Record<string, string>;
  /** What came, up to the limit. */
  bytes: Buffer;
  /** There was more than the limit. */
  cut: boolean;
  /** Where the answer came from in the end, without user, query and fragment. */
  from: string;
  redirects: number;
}

/** What the connection itself is made of is not for a file to say. */
const own = new Set([
  'connection',
  'content-length',
  'expect',
  'host',
  'keep-alive',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

const invalid = (message: string) =>
  httpFailure('invalid', message, 'Change the step, then look at the plan again.');

/** @throws FailureError `invalid` for anything but http and https, and for a user in the address */
export function readUrl(text: string): URL {
  if (!URL.canParse(text)) throw invalid('The address is not a URL.');
  const url = new URL(text);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw invalid(`Only http and https are asked, not ${url.protocol.replace(':', '')}.`);
  }
  if (url.username !== '' || url.password !== '') {
    throw invalid('A user or password in the address would be readable: use a header.');
  }
  return url;
}

/** @throws FailureError `invalid` for a header that would become two, or that is the connection's own */
export function readHeaders(headers: HttpAsk['headers']): Record<string, string> {
  const read: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    const lower = name.toLowerCase();
    if (own.has(lower)) throw invalid(`The header ${name} is set by the console itself.`);
    try {
      validateHeaderName(name);
      validateHeaderValue(name, value);
    } catch {
      // Without its cause, which would quote a value that may be a secret.
      throw invalid(`The header ${name} has a character that no header may have.`);
    }
    read[lower] = value;
  }
  return read;
}

/** The URL as it may be shown: queries hold tokens. */
export const shownUrl = ({ origin, pathname }: URL): string => `${origin}${pathname}`;

/** What goes along to another server. Everything else the file said was for the first one. */
const harmless = new Set(['accept', 'accept-language', 'content-type', 'user-agent']);

export interface Leg {
  url: URL;
  method: HttpMethod;
  headers: Record<string, string>;
  body: string | null;
}

export const isRedirect = (status: number): boolean => [301, 302, 303, 307, 308].includes(status);

/**
 * Where the request goes next.
 * @throws FailureError for a target that is no http address, that gives up TLS, or that would be sent what was meant
 * for another server
 */
export function nextLeg(leg: Leg, status: number, location: string): Leg {
  if (!URL.canParse(location, leg.url)) throw invalid('The answer redirects to what is no URL.');
  const url = readUrl(new URL(location, leg.url).href);
  url.hash = '';
  if (leg.url.protocol === 'https:' && url.protocol === 'http:') {
    throw httpFailure(
      'denied',
      `${shownUrl(leg.url)} redirects from https to http, which is not followed.`,
      'Write the address that is meant into the runbook.',
    );
  }
  const same = url.origin === leg.url.origin;
  const headers = same
    ? leg.headers
    : Object.fromEntries(Object.entries(leg.headers).filter(([name]) => harmless.has(name)));
  const turnsToGet =
    (status === 303 && leg.method !== 'HEAD') || (status <= 302 && leg.method === 'POST');
  if (turnsToGet) {
    const { 'content-type': _type, ...rest } = headers;
    return { url, method: 'GET', headers: rest, body: null };
  }
  if (!same && leg.method !== 'GET' && leg.method !== 'HEAD') {
    throw httpFailure(
      'denied',
      `${shownUrl(leg.url)} redirects a ${leg.method} to ${url.host}, which is not followed.`,
      'Write the address that is meant into the runbook.',
    );
  }
  return { url, method: leg.method, headers, body: leg.body };
}
