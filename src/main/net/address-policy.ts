/**
 * Which addresses a request of a runbook may reach. Three kinds: those nobody may reach (metadata services, link-local,
 * multicast, reserved), those of this computer and the networks around it, and the rest of the world.
 *
 * Loopback and private addresses are reached only where the runbook itself spells such a host: an address literal,
 * `localhost`, or a name that can only be internal (`.internal`, `.local`, `.lan`, `.corp`, `.home.arpa`, one label).
 * Any other name that turns out to lead there is refused: that is what DNS rebinding looks like.
 */
import { BlockList, isIP } from 'node:net';

export type AddressKind = 'public' | 'private' | 'loopback' | 'forbidden';

/** How the host of a request was spelled. */
export type HostSpelling = 'literal' | 'localhost' | 'internal' | 'public';

/** Null when the address may be reached, else why not: an end of a sentence, such as `is a link-local address`. */
export type AddressPolicy = (address: string, spelling: HostSpelling) => string | null;

type Family = 'ipv4' | 'ipv6';
type Range = readonly [net: string, prefix: number];

function listOf(ranges: readonly Range[]): BlockList {
  const list = new BlockList();
  for (const [net, prefix] of ranges) list.addSubnet(net, prefix, familyOf(net));
  return list;
}

const familyOf = (address: string): Family => (isIP(address) === 6 ? 'ipv6' : 'ipv4');

const forbidden = listOf([
  ['0.0.0.0', 8],
  ['169.254.0.0', 16],
  // Metadata of Alibaba Cloud, Azure's platform address, Oracle Cloud's.
  ['100.100.100.200', 32],
  ['168.63.129.16', 32],
  ['192.0.0.192', 32],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
  ['::', 128],
  ['fe80::', 10],
  ['fec0::', 10],
  ['ff00::', 8],
  // Metadata, credentials, time and DNS of EC2, ECS and EKS; Google Cloud's metadata.
  ['fd00:ec2::', 32],
  ['fd20:ce::', 32],
]);

const loopback = listOf([
  ['127.0.0.0', 8],
  ['::1', 128],
]);

const privateNets = listOf([
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['100.64.0.0', 10],
  ['192.0.0.0', 24],
  ['198.18.0.0', 15],
  ['fc00::', 7],
]);

/** The 16-bit groups of an IPv6 address. */
function groupsOf(address: string): number[] {
  const [bare = ''] = address.split('%');
  const dotted = /^(.*:)(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(bare);
  const hex = (high: string | undefined, low: string | undefined): string =>
    (Number(high) * 256 + Number(low)).toString(16);
  const text =
    dotted === null
      ? bare
      : `${dotted[1]}${hex(dotted[2], dotted[3])}:${hex(dotted[4], dotted[5])}`;
  const [head = '', tail] = text.split('::');
  const read = (part: string): number[] =>
    part === '' ? [] : part.split(':').map((group) => Number.parseInt(group, 16));
  const before = read(head);
  if (tail === undefined) return before;
  const after = read(tail);
  return [...before, ...Array<number>(8 - before.length - after.length).fill(0), ...after];
}

/** The IPv4 address that an IPv6 address carries: mapped, compatible, NAT64, 6to4, Teredo. Null when it carries none. */
function carriedIpv4(address: string): string | null {
  const groups = groupsOf(address);
  const at = (index: number, flip = 0): string => {
    const [high, low] = [(groups[index] ?? 0) ^ flip, (groups[index + 1] ?? 0) ^ flip];
    return [high >> 8, high & 255, low >> 8, low & 255].join('.');
  };
  const zero = (from: number, to: number): boolean =>
    groups.slice(from, to).every((group) => group === 0);
  const [first, second, , , fifth, sixth, seventh] = groups;
  if (zero(0, 5) && sixth === 0xffff) return at(6);
  // IPv4-translated, ::ffff:0:a.b.c.d.
  if (zero(0, 4) && fifth === 0xffff && sixth === 0) return at(6);
  if (zero(0, 6) && seventh !== 0) return at(6);
  if (first === 0x64 && second === 0xff9b) return at(6);
  if (first === 0x2002) return at(1);
  if (first === 0x2001 && second === 0) return at(6, 0xffff);
  return null;
}

/** @param address an IPv4 or IPv6 address in any spelling `net.isIP` takes */
export function addressKind(address: string): AddressKind {
  const family = familyOf(address);
  const [bare = ''] = address.split('%');
  if (isIP(bare) === 0) return 'forbidden';
  if (forbidden.check(bare, family)) return 'forbidden';
  if (loopback.check(bare, family)) return 'loopback';
  if (family === 'ipv6') {
    const inner = carriedIpv4(bare);
    if (inner !== null) return addressKind(inner);
  }
  return privateNets.check(bare, family) ? 'private' : 'public';
}

const INTERNAL_NAME = /\.(internal|local|lan|intranet|private|corp|home|home\.arpa)$/;

/** @param host as `URL.hostname` gives it: decimal, octal and hexadecimal spellings of IPv4 are resolved by then */
export function hostSpelling(host: string): HostSpelling {
  const name = bareHost(host);
  if (isIP(name) !== 0) return 'literal';
  if (name === 'localhost' || name.endsWith('.localhost')) return 'localhost';
  return !name.includes('.') || INTERNAL_NAME.test(name) ? 'internal' : 'public';
}

/** Without the brackets of IPv6, a final dot and capitals. */
export const bareHost = (host: string): string =>
  host
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '')
    .toLowerCase();

/** What the product allows; see the top of the file. */
export const productPolicy: AddressPolicy = (address, spelling) => {
  const kind = addressKind(address);
  switch (kind) {
    case 'forbidden':
      return 'is a link-local, metadata or reserved address, which no runbook may reach';
    case 'loopback':
      return spelling === 'literal' || spelling === 'localhost'
        ? null
        : 'is this computer, though its name does not say so';
    case 'private':
      return spelling === 'literal' || spelling === 'internal'
        ? null
        : 'is a private address, though its name does not say so';
    case 'public':
      return null;
  }
};
