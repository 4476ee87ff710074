/** What goes wrong with a server of logs, in words for people; nothing secret is ever in them. */
import { FailureError } from '../../../shared/failure';
import type { Failure, FailureKind } from '../../../shared/failure';
import { elasticPlace } from '../../../shared/logs/elastic';
import type { ElasticSource } from '../../../shared/logs/elastic';
import { readError } from '../../aws/error-facts';
import { scrub } from '../../aws/scrub';
import { errorSchema, gatewayErrorSchema } from './answers';
import type { WireAnswer } from './wire';

type Named = Pick<ElasticSource, 'id' | 'name' | 'auth'>;

/** A failure of a server of logs; `type` is the server's own word for it. */
export class ElasticFailure extends FailureError {
  constructor(
    failure: Failure,
    readonly status: number | null = null,
    readonly type: string = '',
  ) {
    super(failure);
  }
}

export function elasticFailure(
  source: Pick<ElasticSource, 'id'>,
  operation: string,
  [kind, message, advice]: readonly [FailureKind, string, string],
  said: { status?: number; type?: string } = {},
): ElasticFailure {
  const connectionId = elasticPlace(source.id);
  return new ElasticFailure(
    { kind, connectionId, operation, message, advice },
    said.status ?? null,
    said.type ?? '',
  );
}

/** The connection itself failed, or the answer could not be read. */
export function brokenFailure(
  source: Named,
  operation: string,
  error: unknown,
  url: URL,
): ElasticFailure {
  const facts = readError(error);
  const has = (...codes: string[]): boolean => codes.some((code) => facts.codes.has(code));
  const where = `${source.name} (${url.host})`;
  const say = (kind: FailureKind, message: string, advice: string): ElasticFailure =>
    elasticFailure(source, operation, [kind, message, advice]);
  if (has('AbortError')) return say('cancelled', 'It was stopped.', 'Ask again to see it.');
  if (has('TimeoutError', 'ETIMEDOUT')) {
    return say('timed-out', `${where} did not answer in time.`, 'Try again, or a shorter time.');
  }
  if (facts.certificate || has('ERR_SSL_WRONG_VERSION_NUMBER', 'EPROTO')) {
    return say(
      'offline',
      `${where} cannot be trusted: ${certificateWords(facts.codes)}.`,
      'Name the file with its certificate authority in the settings, or correct the address.',
    );
  }
  if (has('OversizedAnswer')) {
    return say(
      'invalid',
      `${where} answered with more than can be taken in at once, though one event was asked for.`,
      'Leave that index out of the search, or a time around that event.',
    );
  }
  if (has('ENOTFOUND', 'EAI_AGAIN')) {
    return say('offline', `No host ${url.hostname} was found for ${source.name}.`, CHECK_NETWORK);
  }
  if (has('ECONNREFUSED')) {
    return say('offline', `${where} takes no connections.`, CHECK_NETWORK);
  }
  const code = [...facts.codes].find((one) => /^[A-Z_]{4,40}$/.test(one));
  return say(
    'offline',
    `The connection to ${where} broke${code === undefined ? '' : ` (${code})`}.`,
    CHECK_NETWORK,
  );
}

const CHECK_NETWORK = 'Check the address in the settings, the network and the VPN, then try again.';

function certificateWords(codes: ReadonlySet<string>): string {
  const words: Readonly<Record<string, string>> = {
    CERT_HAS_EXPIRED: 'its certificate has expired',
    ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another host',
    DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is signed by itself',
    SELF_SIGNED_CERT_IN_CHAIN: 'its certificate comes from an unknown authority',
    UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate comes from an unknown authority',
    UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'its certificate comes from an unknown authority',
    EPROTO: 'it does not speak TLS there',
    ERR_SSL_WRONG_VERSION_NUMBER: 'it does not speak TLS there',
  };
  const known = [...codes].map((code) => words[code]).find((text) => text !== undefined);
  return known ?? 'its certificate is not valid';
}

/** The server answered, and not with what was asked for. */
export function refusal(
  source: Named,
  operation: string,
  answer: WireAnswer,
  secrets: readonly string[],
): ElasticFailure {
  const { status } = answer;
  const { type, reason } = errorOf(answer.text);
  const text = quotable(reason, secrets);
  const because = text === '' ? '' : `: ${text}`;
  const words = wordsFor(source, answer, because);
  return elasticFailure(source, operation, words, { status, type });
}

function wordsFor(
  source: Named,
  { status, headers }: WireAnswer,
  because: string,
): readonly [FailureKind, string, string] {
  const { name } = source;
  if (status >= 300 && status < 400) {
    return ['invalid', `${name} sends one elsewhere${redirect(headers['location'])}.`, FINAL_URL];
  }
  switch (status) {
    case 400:
      return ['invalid', `${name} refused the search${because}.`, LUCENE];
    case 401:
      return ['credentials-missing', `${name} does not accept ${signInOf(source)}.`, NEW_SECRET];
    case 403:
      return ['denied', `${name} does not allow it${because}.`, 'Ask for the right to read it.'];
    case 404:
      return ['not-found', `${name} has no such index${because}.`, 'Check the index patterns.'];
    case 413:
      return ['invalid', `${name} takes no search of this length.`, 'Make the search shorter.'];
    case 429:
    case 502:
    case 503:
    case 504:
      return ['throttled', `${name} is too busy or not ready (HTTP ${status})${because}.`, LATER];
    default:
      return ['unknown', `${name} answered HTTP ${status}${because}.`, 'Look at the server.'];
  }
}

const FINAL_URL =
  'Enter the final address in the settings: redirects are not followed, so that no password goes astray.';
const LUCENE = 'Correct the search: it is in the query syntax of Lucene, such as level:error.';
const NEW_SECRET = 'Enter it again in the settings, under Log sources.';
const LATER = 'Resume the search in a moment.';

function signInOf({ auth }: Named): string {
  if (auth.kind === 'basic') return 'the user and password';
  if (auth.kind === 'apiKey') return 'the API key';
  return auth.kind === 'sigv4' ? "the AWS connection's signature" : 'requests without a sign-in';
}

const redirect = (location: string | undefined): string =>
  location !== undefined && URL.canParse(location) ? `, to ${new URL(location).host}` : '';

function errorOf(text: string): { type: string; reason: string } {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    // Proxies answer with pages: their status says enough.
    return { type: '', reason: '' };
  }
  const found = errorSchema.safeParse(json);
  if (!found.success) return { type: '', reason: gatewayErrorSchema.safeParse(json).data ?? '' };
  const { error } = found.data;
  if (typeof error === 'string') return { type: '', reason: error };
  const [root] = error.root_cause ?? [];
  return {
    type: root?.type ?? error.type ?? '',
    reason: error.caused_by?.reason ?? root?.reason ?? error.reason ?? '',
  };
}

/** A server may say again what it was sent; short secrets could hide in ordinary words, so all is left out then. */
export function quotable(text: string, secrets: readonly string[]): string {
  const hidden = secrets.filter((secret) => secret !== '');
  const short = hidden.filter((secret) => secret.length < 6);
  if (short.some((secret) => text.includes(secret))) return '';
  return scrub(text, hidden).replace(/[.\s]+$/, '');
}
