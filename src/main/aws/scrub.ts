/** Takes secrets out of text that AWS, a proxy or a credential process wrote, before a person or a file sees it. */

import type { AwsCredentialIdentity } from '@smithy/types';

const MAX_LENGTH = 300;
const HIDDEN = '•••';

/** Access key ids, bearer tokens, signatures, and anything long and random enough to be a key or token. */
const secretPatterns: readonly RegExp[] = [
  /\b(?:AKIA|ASIA|AGPA|AIDA|AROA|ANPA|ANVA)[A-Z0-9]{12,}\b/g,
  /\b(?:Bearer|Basic)\s+[A-Za-z0-9._~+/=-]+/gi,
  /\b(?:X-Amz-(?:Security-Token|Signature|Credential)|Authorization|Signature|SecretAccessKey|SessionToken|aws_secret_access_key|aws_session_token)\b["']?\s*[=:]\s*["']?[^\s"',&]+/gi,
  /(?<![A-Za-z0-9+/=_-])(?=[A-Za-z0-9+/]*[0-9])(?=[A-Za-z0-9+/]*[a-z])(?=[A-Za-z0-9+/]*[A-Z])[A-Za-z0-9+/]{40,}={0,2}(?![A-Za-z0-9+/=_-])/g,
];

/**
 * One line of at most 300 characters without control characters. `secrets` are literal values known to be
 * secret (the credentials in use); those shorter than 6 characters are ignored, they would hit ordinary words.
 */
export function scrub(text: string, secrets: readonly string[] = []): string {
  // Cut early: matching patterns over a 30 MB answer would block the main process.
  let clean = text.slice(0, 8_192);
  for (const secret of secrets) {
    if (secret.length >= 6) clean = clean.replaceAll(secret, HIDDEN);
  }
  for (const pattern of secretPatterns) clean = clean.replace(pattern, HIDDEN);
  clean = clean.replace(/[\p{Cc}\p{Cf}]+/gu, ' ').trim();
  return clean.length > MAX_LENGTH ? `${clean.slice(0, MAX_LENGTH - 1)}…` : clean;
}

/** The values of credentials that must never be shown. */
export function secretsOf(identity: AwsCredentialIdentity | null): string[] {
  const { accessKeyId, secretAccessKey, sessionToken } = identity ?? {};
  return [accessKeyId, secretAccessKey, sessionToken].filter((value) => value !== undefined);
}
