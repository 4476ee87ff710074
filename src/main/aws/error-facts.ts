/** Reads what matters from a thrown value, however deep the SDK wrapped it. */

export interface ErrorFacts {
  /** Every name and code found on the error and its causes. */
  codes: ReadonlySet<string>;
  /** HTTP status of AWS's answer, null if there was none. */
  status: number | null;
  /** The messages, for recognising; not for showing before `scrub`. */
  text: string;
  /** Raised while getting credentials rather than by the call. */
  fromCredentials: boolean;
  /** The server's certificate is not trusted. */
  certificate: boolean;
}

const quotedCode = /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|TimeoutError)\b/g;
const MAX_DEPTH = 5;
const certificateCode = /^(CERT_|ERR_TLS_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_(VERIFY|GET_ISSUER))/;

export function readError(error: unknown): ErrorFacts {
  const codes = new Set<string>();
  const texts: string[] = [];
  let status: number | null = null;
  const visit = (value: unknown, depth: number): void => {
    if (depth > MAX_DEPTH || typeof value !== 'object' || value === null) return;
    for (const code of [text(value, 'name'), text(value, 'code'), text(value, 'Code')]) {
      // The query protocol prefixes codes with their namespace: `com.amazonaws.sqs#QueueDoesNotExist`.
      if (code !== null && code !== 'Error') codes.add(code.split('#').at(-1) ?? code);
    }
    const message = text(value, 'message');
    if (message !== null) texts.push(message.slice(0, 2_000));
    const httpStatus = property(property(value, '$metadata'), 'httpStatusCode');
    if (typeof httpStatus === 'number' && status === null) status = httpStatus;
    visit(property(value, 'cause'), depth + 1);
    const several = property(value, 'errors');
    if (Array.isArray(several)) several.slice(0, 8).forEach((one) => visit(one, depth + 1));
  };
  visit(error, 0);
  const fromCredentials = [...codes].some((code) =>
    /^(CredentialsProvider|TokenProvider|Provider)Error$/.test(code),
  );
  // Credential providers keep only the words of what they caught.
  if (fromCredentials)
    texts
      .join(' ')
      .match(quotedCode)
      ?.forEach((code) => codes.add(code));
  return {
    codes,
    status,
    text: texts.join(' · '),
    fromCredentials,
    certificate: [...codes].some((code) => certificateCode.test(code)),
  };
}

function property(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
}

function text(value: object, key: string): string | null {
  const found = property(value, key);
  return typeof found === 'string' && found !== '' ? found : null;
}
