import type { IncomingHttpHeaders } from 'node:http';
import { missingToken, requestTimeTooSkewed, signatureExpired } from '../errors';

export interface Signed {
  accessKeyId: string;
  region: string;
  /** Signing name: `monitoring`, `sts`, `sqs`. */
  service: string;
}

const CREDENTIAL = /Credential=([^/,\s]+)\/(\d{8})\/([^/,\s]+)\/([^/,\s]+)\/aws4_request/;
/** The service a request is signed for; empty for an unsigned one. */
export const signingName = (headers: IncomingHttpHeaders): string =>
  CREDENTIAL.exec(headers.authorization ?? '')?.[4] ?? '';
const SKEW_MS = 5 * 60_000;

/**
 * Reads who signed, for which region and service. The signature itself is not recomputed: the demo's secrets are public.
 * Throws AWS's error for an unsigned request.
 */
export function readSignature(headers: IncomingHttpHeaders): Signed {
  const match = CREDENTIAL.exec(headers.authorization ?? '');
  if (match === null) throw missingToken();
  const [, accessKeyId = '', , region = '', service = ''] = match;
  return { accessKeyId, region, service };
}

/** Throws AWS's errors for a request signed by a clock more than five minutes from `nowMs`. */
export function checkSigningTime(headers: IncomingHttpHeaders, nowMs: number): void {
  const signedAt = headers['x-amz-date'];
  const at = typeof signedAt === 'string' ? parseBasic(signedAt) : null;
  if (typeof signedAt !== 'string' || at === null) return;
  if (nowMs - at > SKEW_MS) throw signatureExpired(signedAt, basic(nowMs - SKEW_MS));
  if (at - nowMs > SKEW_MS) throw requestTimeTooSkewed();
}

function parseBasic(text: string): number | null {
  const match = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text);
  if (match === null) return null;
  const [, y, mo, d, h, mi, s] = match.map(Number);
  return Date.UTC(y ?? 0, (mo ?? 1) - 1, d, h, mi, s);
}

const basic = (ms: number): string =>
  new Date(ms)
    .toISOString()
    .replace(/[-:]/g, '')
    .replace(/\.\d{3}/, '');
