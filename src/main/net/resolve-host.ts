/** From a host to the addresses that were checked; only to these a connection is made. */
import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { FailureError } from '../../shared/failure';
import type { FailureKind } from '../../shared/failure';
import { addressKind, bareHost, hostSpelling } from './address-policy';
import type { AddressPolicy } from './address-policy';

export interface CheckedAddress {
  address: string;
  family: 4 | 6;
}

/** Every address of a name, as the system's resolver gives them. */
export type Resolve = (host: string) => Promise<CheckedAddress[]>;

export const systemResolve: Resolve = async (host) => {
  const found = await lookup(host, { all: true });
  return found.map(({ address, family }) => ({ address, family: family === 6 ? 6 : 4 }));
};

export const httpFailure = (kind: FailureKind, message: string, advice: string): FailureError =>
  new FailureError({ kind, connectionId: null, operation: 'http', message, advice });

/**
 * The addresses of a URL's host. One that is not allowed refuses all of them: a name with a good and a bad address is
 * no honest name.
 * @throws FailureError `denied` for an address that may not be reached, `offline` for a name that leads nowhere
 */
export async function checkedAddresses(
  hostname: string,
  policy: AddressPolicy,
  resolve: Resolve,
): Promise<CheckedAddress[]> {
  const host = bareHost(hostname);
  const family = isIP(host);
  const found: CheckedAddress[] =
    family === 0
      ? await resolved(host, resolve)
      : [{ address: host, family: family === 6 ? 6 : 4 }];
  const spelling = hostSpelling(hostname);
  for (const { address } of found) {
    const problem = policy(address, spelling);
    if (problem === null) continue;
    const what = address === host ? address : `${host} leads to ${address}, which`;
    throw httpFailure(
      'denied',
      `${what} ${problem}. Nothing was sent.`,
      addressKind(address) === 'forbidden'
        ? 'Ask another address.'
        : 'If it is meant, write the address itself, or a name that can only be internal.',
    );
  }
  return found;
}

async function resolved(host: string, resolve: Resolve): Promise<CheckedAddress[]> {
  let found: CheckedAddress[] = [];
  try {
    found = await resolve(host);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : '';
    throw httpFailure(
      'offline',
      `The name ${host} was not found${code}.`,
      'Check the host’s spelling and this computer’s network.',
    );
  }
  if (found.length > 0) return found;
  throw httpFailure('offline', `The name ${host} has no address.`, 'Check the host’s spelling.');
}
