import { mix } from '../random';

/** Pieces of text made beforehand: a busy minute has thousands of records, each with a time and an id. */
const padded = (count: number, width: number): string[] =>
  Array.from({ length: count }, (_, value) => String(value).padStart(width, '0'));
const TWO = padded(100, 2);
const THREE = padded(1000, 3);
const HEX = Array.from({ length: 65536 }, (_, value) => value.toString(16).padStart(4, '0'));

const hex4 = (value: number): string => HEX[value & 0xffff] ?? '0000';
const hex8 = (value: number): string => hex4(value >>> 16) + hex4(value);

/** `YYYY-MM-DDTHH:MM:` of a minute; complete it with `withSeconds`. */
export const minutePrefix = (minute: number): string => new Date(minute).toISOString().slice(0, 17);

/** Full ISO time of `offset` ms after the minute of `prefix`. */
export const withSeconds = (prefix: string, offset: number): string =>
  `${prefix}${TWO[Math.floor(offset / 1000)] ?? '00'}.${THREE[offset % 1000] ?? '000'}Z`;

export const twoDigits = (value: number): string => TWO[value] ?? String(value);

/** A version-4 UUID, always the same for the same two numbers. */
export function uuid(a: number, b: number): string {
  const one = mix(a ^ Math.imul(b, 0x51ed270b));
  const two = mix(one ^ b ^ 0x2545f491);
  const three = mix(one + two);
  const four = mix(one ^ (two << 1));
  return `${hex8(one)}-${hex4(two)}-4${hex4(three).slice(1)}-a${hex4(four).slice(1)}-${hex4(three >>> 16)}${hex8(mix(four))}`;
}

/** 32 hexadecimal digits, as ECS names tasks and Lambda its containers. */
export const hex32 = (seed: number): string =>
  hex8(mix(seed)) + hex8(mix(seed + 1)) + hex8(mix(seed + 2)) + hex8(mix(seed + 3));

/** One of a list, by a hash. */
export function pick<T>(list: readonly T[], hash: number): T {
  const item = list[hash % list.length];
  if (item === undefined) throw new RangeError('nothing to pick from');
  return item;
}

/** The first number from [0, 1) that a hash stands for. */
export const share = (hash: number): number => hash / 4294967296;
