/** Addresses and ranges as WAF writes them, so that the same one is known again. */
import { isIP, SocketAddress } from 'node:net';
import { refusedValue } from './common';

export interface Range {
  /** As WAF takes it. */
  cidr: string;
  version: 4 | 6;
  bits: number;
}

/** A single address is a range of one. @throws FailureError for what is no range, or one of everything */
export function rangeOf(text: string): Range {
  const [address = '', given, ...more] = text.trim().split('/');
  const version = isIP(address);
  const most = version === 6 ? 128 : 32;
  const bits = given === undefined ? most : /^\d{1,3}$/.test(given) ? Number(given) : -1;
  if ((version !== 4 && version !== 6) || more.length > 0 || bits < 1 || bits > most) {
    throw refusedValue(`addresses: “${text}” is no range such as 203.0.113.7/32 or 2001:db8::/64.`);
  }
  const family = version === 6 ? 'ipv6' : 'ipv4';
  return { cidr: `${new SocketAddress({ address, family }).address}/${bits}`, version, bits };
}

/** What two ways to write the same range have in common; a text that is none stands for itself. */
export function sameAs(text: string): string {
  try {
    return rangeOf(text).cidr;
  } catch {
    // WAF may hold what this console would not take.
    return text;
  }
}

/** `203.0.113.0/24 (256 addresses)`; a single one by itself. */
export function rangeWords({ cidr, version, bits }: Range): string {
  const free = (version === 4 ? 32 : 128) - bits;
  if (free === 0) return cidr;
  return free > 32
    ? `${cidr} (2^${free} addresses)`
    : `${cidr} (${(2 ** free).toLocaleString('en')} addresses)`;
}
