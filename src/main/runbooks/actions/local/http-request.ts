/** One request over HTTP, guarded: see `net/address-policy` for what it may reach. */
import { STATUS_CODES } from 'node:http';
import { FailureError } from '../../../../shared/failure';
import type { ActionOf } from '../../../../shared/runbooks/step-kinds';
import { addressKind, bareHost } from '../../../net/address-policy';
import type { HttpAsker } from '../../../net/guarded-http';
import { readHeaders, readUrl, shownUrl } from '../../../net/http-message';
import type { HttpAnswer, HttpAsk } from '../../../net/http-message';
import { httpFailure } from '../../../net/resolve-host';
import { invalid } from '../../action-values';
import type { ReadHandler } from '../../step-seams';
import { jsonOutput, LONGEST_TEXT, snippet, textOf } from './output';
import { isIP } from 'node:net';

/**
 * As a handler that reads: it changes no AWS account. What its method makes of it is told by `actionClass`.
 * Output: `{ status, headers, body, url }`; `body` is the value of JSON, a string otherwise, null of what is no text.
 */
export function httpRequest(http: HttpAsker): ReadHandler<'http-request'> {
  return {
    kind: 'http-request',
    mode: 'reads',
    timeoutMs: 60_000,
    resource: ({ url }) => (URL.canParse(url) ? new URL(url).host : null),
    effect: async (action) => {
      const { method, url } = askOf(action);
      refuseKnown(new URL(url));
      return `${method} ${shownUrl(new URL(url))}`;
    },
    run: async (action, { signal, tell }) => {
      const ask = askOf(action);
      tell(`Asking ${new URL(ask.url).host}`);
      const answer = await http.ask(ask, signal);
      const expected = action.expect ?? null;
      if (!(expected?.includes(answer.status) ?? isFine(answer.status))) throw unexpected(answer);
      return jsonOutput({
        status: answer.status,
        headers: answer.headers,
        body: bodyOf(answer),
        url: answer.from,
        ...(answer.cut ? { cut: 'The answer was longer than 1 MB; the rest was not read.' } : {}),
      });
    },
  };
}

/** @throws FailureError for what cannot be sent as it is written */
function askOf({ url, method = 'GET', headers = {}, body }: ActionOf<'http-request'>): HttpAsk {
  readUrl(url);
  readHeaders(headers);
  const typed = Object.keys(headers).some((name) => name.toLowerCase() === 'content-type');
  if (body === undefined || body === null) return { url, method, headers, body: null };
  if (method === 'GET' || method === 'HEAD') {
    throw new FailureError(invalid(`A ${method} has no body: use POST, or leave the body out.`));
  }
  if (typeof body === 'string') {
    const plain = typed ? headers : { ...headers, 'content-type': 'text/plain; charset=utf-8' };
    return { url, method, headers: plain, body };
  }
  const json = typed ? headers : { ...headers, 'content-type': 'application/json' };
  return { url, method, headers: json, body: JSON.stringify(body) };
}

/** What needs no look at the network to be refused is refused in the plan. */
function refuseKnown({ hostname }: URL): void {
  const host = bareHost(hostname);
  if (isIP(host) === 0 || addressKind(host) !== 'forbidden') return;
  throw httpFailure(
    'denied',
    `${host} is a link-local, metadata or reserved address, which no runbook may reach.`,
    'Ask another address.',
  );
}

const isFine = (status: number): boolean => status >= 200 && status <= 299;

function bodyOf({ bytes, headers, cut }: HttpAnswer): unknown {
  const text = textOf(bytes, cut);
  if (text === null) return null;
  if (/[/+]json\b/i.test(headers['content-type'] ?? '') && !cut) {
    try {
      return JSON.parse(text);
    } catch {
      // It says that it is JSON and is not: shown as it came.
      return text;
    }
  }
  return text.length <= LONGEST_TEXT ? text : `${text.slice(0, LONGEST_TEXT)}… (cut)`;
}

function unexpected(answer: HttpAnswer): FailureError {
  const { status, from, bytes, cut } = answer;
  const said = snippet(textOf(bytes, cut) ?? '');
  const name = STATUS_CODES[status];
  return httpFailure(
    status === 401 || status === 403 ? 'denied' : status === 404 ? 'not-found' : 'unknown',
    `${from} answered ${status}${name === undefined ? '' : ` ${name}`}${said === '' ? '.' : `: ${said}`}`,
    'Statuses that are fine can be listed in the step’s expect.',
  );
}
