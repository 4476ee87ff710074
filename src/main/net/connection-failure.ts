/** Why no answer came, in words for people; errors of sockets and TLS are never passed on themselves. */
import { FailureError } from '../../shared/failure';
import { httpFailure } from './resolve-host';

const offlineCodes = new Map([
  ['ECONNREFUSED', 'refused the connection'],
  ['ECONNRESET', 'closed the connection before it answered'],
  ['EPIPE', 'closed the connection before it answered'],
  ['EHOSTUNREACH', 'cannot be reached from this computer'],
  ['ENETUNREACH', 'cannot be reached from this computer'],
  ['ETIMEDOUT', 'did not answer'],
]);

/** @param url null where nothing was connected to yet */
export function connectionFailure(error: unknown, url: URL | null): FailureError {
  if (error instanceof FailureError) return error;
  const host = url?.host ?? 'the server';
  if (error instanceof DOMException && error.name === 'AbortError') {
    return httpFailure(
      'cancelled',
      url === null ? 'Cancelled before anything was sent.' : `Cancelled while ${host} was asked.`,
      'Whether it did what was asked is not known: look there before trying again.',
    );
  }
  const code = codeOf(error);
  const words = offlineCodes.get(code);
  if (words !== undefined) {
    return httpFailure(
      'offline',
      `${host} ${words} (${code}).`,
      'Check the address and the network.',
    );
  }
  if (/^(ERR_TLS|CERT_|DEPTH_|SELF_SIGNED|UNABLE_TO|ERR_SSL|EPROTO|HOSTNAME)/.test(code)) {
    return httpFailure(
      'denied',
      `The certificate or encryption of ${host} is not valid (${code}).`,
      'Nothing was sent. Certificates are always checked: have it renewed, or ask another address.',
    );
  }
  return httpFailure(
    'unknown',
    `${host} could not be asked${code === '' ? '' : ` (${code})`}.`,
    'Check the address and the network.',
  );
}

function codeOf(error: unknown): string {
  if (error instanceof AggregateError) return codeOf(error.errors[0]);
  return error instanceof Error && 'code' in error && typeof error.code === 'string'
    ? error.code
    : '';
}
