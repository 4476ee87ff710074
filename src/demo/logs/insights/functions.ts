import { timeText, type Value } from './row';

export type Call = (args: readonly Value[]) => Value;

interface Definition {
  least: number;
  most: number;
  call: Call;
  /** Answers a time, ms. */
  time?: boolean;
}

/** A number, or null for what is none. */
export function numberOf(value: Value): number | null {
  if (typeof value === 'number') return value;
  if (value === null || value.trim() === '') return null;
  const number = Number(value);
  return Number.isNaN(number) ? null : number;
}

export const textOf = (value: Value): string => (value === null ? '' : String(value));
export const truth = (value: boolean): Value => (value ? 1 : 0);
export const isTrue = (value: Value): boolean =>
  value !== null && value !== 0 && value !== '' && value !== '0';

const numeric =
  (call: (...numbers: number[]) => number): Call =>
  (args) => {
    const numbers = args.map(numberOf);
    if (numbers.some((number) => number === null)) return null;
    const result = call(...numbers.filter((number) => number !== null));
    return Number.isFinite(result) ? result : null;
  };

/** Null in, null out. */
const text =
  (call: (value: string, ...others: string[]) => Value): Call =>
  (args) => {
    const [first = null, ...others] = args;
    return first === null ? null : call(textOf(first), ...others.map(textOf));
  };

const IPV4 = /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.|$)){4}$/;
const isIpv4 = (value: string): boolean => IPV4.test(value) && !value.endsWith('.');
const isIpv6 = (value: string): boolean => /^[0-9a-f:]+$/i.test(value) && value.includes(':');

const ipv4Number = (value: string): number =>
  value.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);

function inSubnet(value: string, subnet: string): boolean {
  const [base = '', bits = '32'] = subnet.split('/');
  if (!isIpv4(value) || !isIpv4(base)) return false;
  const size = 2 ** (32 - Number(bits));
  return Math.floor(ipv4Number(value) / size) === Math.floor(ipv4Number(base) / size);
}

const define = (least: number, most: number, call: Call): Definition => ({ least, most, call });

/** Functions of a row, by name in lower case. Those of time periods are in `expression`. */
export const functions: ReadonlyMap<string, Definition> = new Map(
  Object.entries<Definition>({
    abs: define(1, 1, numeric(Math.abs)),
    ceil: define(1, 1, numeric(Math.ceil)),
    floor: define(1, 1, numeric(Math.floor)),
    sqrt: define(1, 1, numeric(Math.sqrt)),
    log: define(1, 1, numeric(Math.log)),
    greatest: define(1, 64, numeric(Math.max)),
    least: define(1, 64, numeric(Math.min)),
    strlen: define(
      1,
      1,
      text((value) => [...value].length),
    ),
    tolower: define(
      1,
      1,
      text((value) => value.toLowerCase()),
    ),
    toupper: define(
      1,
      1,
      text((value) => value.toUpperCase()),
    ),
    trim: define(
      1,
      2,
      text((value, set) => trimmed(value, set, true, true)),
    ),
    ltrim: define(
      1,
      2,
      text((value, set) => trimmed(value, set, true, false)),
    ),
    rtrim: define(
      1,
      2,
      text((value, set) => trimmed(value, set, false, true)),
    ),
    substr: define(
      2,
      3,
      text((value, from, length) =>
        value.slice(Number(from), length === undefined ? undefined : Number(from) + Number(length)),
      ),
    ),
    replace: define(
      3,
      3,
      text((value, from = '', to = '') => value.replaceAll(from, to)),
    ),
    strcontains: define(
      2,
      2,
      text((value, part = '') => truth(value.includes(part))),
    ),
    concat: define(1, 64, (args) => args.map(textOf).join('')),
    isempty: define(1, 1, ([value = null]) => truth(value === null || value === '')),
    isblank: define(1, 1, ([value = null]) => truth(textOf(value).trim() === '')),
    ispresent: define(1, 1, ([value = null]) => truth(value !== null)),
    coalesce: define(1, 64, (args) => args.find((value) => value !== null) ?? null),
    if: define(2, 3, ([condition = null, yes = null, no = null]) => (isTrue(condition) ? yes : no)),
    isvalidip: define(
      1,
      1,
      text((value) => truth(isIpv4(value) || isIpv6(value))),
    ),
    isvalidipv4: define(
      1,
      1,
      text((value) => truth(isIpv4(value))),
    ),
    isvalidipv6: define(
      1,
      1,
      text((value) => truth(isIpv6(value))),
    ),
    isipinsubnet: define(
      2,
      2,
      text((value, subnet = '') => truth(inSubnet(value, subnet))),
    ),
    isipv4insubnet: define(
      2,
      2,
      text((value, subnet = '') => truth(inSubnet(value, subnet))),
    ),
    frommillis: {
      ...define(
        1,
        1,
        numeric((ms) => ms),
      ),
      time: true,
    },
    tomillis: define(1, 1, ([value = null]) => (value === null ? null : millisOf(value))),
  }),
);

function trimmed(value: string, set: string | undefined, left: boolean, right: boolean): string {
  const letters = [...value];
  const dropped = new Set(set ?? ' \t\r\n');
  const kept = (letter: string): boolean => !dropped.has(letter);
  const from = left ? letters.findIndex(kept) : 0;
  const to = right ? letters.findLastIndex(kept) + 1 : letters.length;
  return from < 0 ? '' : letters.slice(from, to).join('');
}

/** A time, given as ms or as Insights writes it. */
function millisOf(value: string | number): number | null {
  if (typeof value === 'number') return value;
  const at = Date.parse(`${value.replace(' ', 'T')}${/[Zz]$/.test(value) ? '' : 'Z'}`);
  return Number.isNaN(at) ? numberOf(value) : at;
}

/** As a result's cell shows it; whole numbers without a point. */
export function cellOf(value: string | number, isTime: boolean): string {
  if (typeof value === 'string') return value;
  if (isTime) return timeText(value);
  return Number.isInteger(value) ? String(value) : String(Number(value.toFixed(12)));
}
