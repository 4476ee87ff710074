/** The console's own log: one line per event, with anything that looks like a secret taken out. */

export interface Log {
  info(message: string): void;
  warn(message: string): void;
  /** `cause` is reduced to its name and message; stacks name files on the user's disk and stay out. */
  error(message: string, cause?: unknown): void;
}

const REMOVED = '[removed]';

/** Most specific first. Each keeps what says which secret it was, and drops the secret. */
const secretPatterns: readonly [RegExp, string][] = [
  // Access key ids, all documented prefixes: they name an identity and pair with a secret.
  [/\b(?:AKIA|ASIA|ABIA|ACCA|AGPA|AIDA|AROA|ANPA|ANVA|APKA)[A-Z0-9]{12,}\b/g, REMOVED],
  [/\bhttps:\/\/hooks\.slack\.com\/[^\s"'<>]+/gi, `https://hooks.slack.com/${REMOVED}`],
  [/\bhttps:\/\/[^\s"'<>]*(?:webhook|\/hooks?\/)[^\s"'<>]*/gi, `https://${REMOVED}`],
  [/([a-z][a-z0-9+.-]*:\/\/)[^\s/:@]+:[^\s/@]+@/gi, `$1${REMOVED}@`],
  [/(\bauthorization["']?\s*[:=]\s*["']?)[^"'\r\n]+/gi, `$1${REMOVED}`],
  [/\b(Bearer|Basic)\s+[A-Za-z0-9+/_.~=-]{8,}/g, `$1 ${REMOVED}`],
  [/([?&]X-Amz-(?:Signature|Credential|Security-Token)=)[^&\s"']+/gi, `$1${REMOVED}`],
  [
    /(["']?(?:[a-z_-]*secret[a-z_-]*|[a-z_-]*session[_-]?token|security[_-]?token|x-amz-security-token|password|passwd|api[_-]?key|routing[_-]?key|access[_-]?key[_-]?id)["']?\s*[:=]\s*["']?)[^\s"',;&}]+/gi,
    `$1${REMOVED}`,
  ],
  // STS session tokens: long base64 that begins like one.
  [/\b(?:IQoJ|FwoG|FQoG|AQoD)[A-Za-z0-9+/=_-]{40,}/g, REMOVED],
  // A secret access key: exactly 40 base64 characters, of mixed kinds so that SHA-1 sums stay readable.
  [
    /(?<![A-Za-z0-9+/=])(?=[A-Za-z0-9+/]*[A-Z])(?=[A-Za-z0-9+/]*[g-z+/])[A-Za-z0-9+/]{40}(?![A-Za-z0-9+/=])/g,
    REMOVED,
  ],
];

/** Takes credentials, tokens and webhook addresses out of a text. */
export function scrub(text: string): string {
  return secretPatterns.reduce((result, [pattern, to]) => result.replace(pattern, to), text);
}

/**
 * Line breaks and control characters (ANSI included) would let a message forge other lines; those that turn text round
 * or hide it would let it read as another.
 */
export function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ').slice(0, 2000);
}

function describeCause(cause: unknown): string {
  if (cause === undefined) return '';
  if (cause instanceof Error) return `: ${cause.name}: ${cause.message}`;
  return `: ${typeof cause === 'string' ? cause : typeof cause}`;
}

/** @param write receives one finished line without its line break. */
export function createLog(write: (line: string) => void, now: () => number = Date.now): Log {
  const line = (level: string, message: string, cause?: unknown): void => {
    const text = oneLine(scrub(message + describeCause(cause)));
    write(`${new Date(now()).toISOString()} ${level} ${text}`);
  };
  return {
    info: (message) => line('info', message),
    warn: (message) => line('warn', message),
    error: (message, cause) => line('error', message, cause),
  };
}
