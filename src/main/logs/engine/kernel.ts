import { kernelBase64 } from './kernel-binary';

/** Rows a kernel call looks at, at most: bitmaps and answers have room for so many. */
export const SLICE_ROWS = 65_536;
/** A needle's length in bytes, at most; longer ones are found by their beginning and checked by the host. */
export const MAX_NEEDLE = 4_096;
export const EXTRACT_MAX = 8_192;

/** Places in every segment's memory. */
const LOW = 1_024;
const UP = LOW + MAX_NEEDLE;
const PATH = UP + MAX_NEEDLE;
const PATH_MAX = 8_192;
const WITHIN = PATH + PATH_MAX;
const BITMAP_BYTES = SLICE_ROWS / 8;
const OUT = WITHIN + BITMAP_BYTES;
const RESUME = OUT + BITMAP_BYTES;
const EXTRACT = RESUME + 64;
/** Where message bytes begin. */
export const DATA = Math.ceil((EXTRACT + EXTRACT_MAX * 16) / 65_536) * 65_536;

/** A needle ready to be looked for: each byte in its two forms, and its two rarest places. */
export interface Needle {
  low: Uint8Array;
  up: Uint8Array;
  one: number;
  two: number;
}

/** Kinds of value that `extract` finds; `unsure` lines must be parsed by the host. */
export const valueKinds = {
  string: 1,
  number: 2,
  true: 3,
  false: 4,
  null: 5,
  object: 6,
  array: 7,
  unsure: 8,
} as const;

type Find = (
  top: number,
  from: number,
  count: number,
  within: number,
  out: number,
  low: number,
  up: number,
  length: number,
  one: number,
  two: number,
) => number;
type Foreign = (top: number, from: number, count: number, within: number, out: number) => number;
type Extract = (
  top: number,
  from: number,
  count: number,
  within: number,
  skipRows: number,
  path: number,
  keys: number,
  out: number,
  max: number,
  resume: number,
) => number;

let compiled: WebAssembly.Module | null = null;

/** The kernel over a memory. */
export function instantiate(memory: WebAssembly.Memory): WebAssembly.Exports {
  compiled ??= new WebAssembly.Module(Buffer.from(kernelBase64, 'base64'));
  return new WebAssembly.Instance(compiled, { env: { memory } }).exports;
}

export function callable(
  exports: WebAssembly.Exports,
  name: string,
): (...args: number[]) => number {
  const value = exports[name];
  if (typeof value !== 'function') throw new Error(`The kernel lacks ${name}.`);
  return (...args) => Number(value(...args));
}

/** The kernel over one memory. Calls are synchronous and take some ms at most: SLICE_ROWS rows. */
export class Kernel {
  readonly memory: WebAssembly.Memory;
  readonly bytes: Uint8Array;
  readonly words: Uint32Array;
  private readonly calls: { find: Find; foreign: Foreign; extract: Extract };

  /** @param pages of 64 KiB; untouched ones cost nothing. @throws RangeError when there is no room. */
  constructor(pages: number) {
    this.memory = new WebAssembly.Memory({ initial: pages, maximum: pages });
    const exports = instantiate(this.memory);
    this.calls = {
      find: callable(exports, 'find'),
      foreign: callable(exports, 'foreign'),
      extract: callable(exports, 'extract'),
    };
    this.bytes = new Uint8Array(this.memory.buffer);
    this.words = new Uint32Array(this.memory.buffer);
  }

  find(
    top: number,
    from: number,
    count: number,
    within: Uint32Array,
    out: Uint32Array,
    needle: Needle,
  ): number {
    this.bytes.set(needle.low, LOW);
    this.bytes.set(needle.up, UP);
    this.begin(count, within);
    const { low, one, two } = needle;
    const { find } = this.calls;
    const hits = find(top, from, count, WITHIN, OUT, LOW, UP, low.length, one, two);
    this.answer(out);
    return hits;
  }

  /** Rows that hold a byte above 0x7f. */
  foreign(top: number, from: number, count: number, within: Uint32Array, out: Uint32Array): number {
    this.begin(count, within);
    const hits = this.calls.foreign(top, from, count, WITHIN, OUT);
    this.answer(out);
    return hits;
  }

  /**
   * Values at a path in the rows of `within`, `EXTRACT_MAX` at a time: index in the slice, kind, start and length.
   * What it hands out is valid until the next call.
   */
  *extract(
    top: number,
    from: number,
    count: number,
    within: Uint32Array,
    path: Uint8Array,
    keys: number,
  ): Generator<Uint32Array> {
    let skip = 0;
    while (skip < count) {
      this.bytes.set(path, PATH);
      this.begin(count, within);
      const { extract } = this.calls;
      const found = extract(
        top,
        from,
        count,
        WITHIN,
        skip,
        PATH,
        keys,
        EXTRACT,
        EXTRACT_MAX,
        RESUME,
      );
      skip = this.words[RESUME >> 2] ?? count;
      if (found > 0) yield this.words.subarray(EXTRACT >> 2, (EXTRACT >> 2) + found * 4);
    }
  }

  private begin(count: number, within: Uint32Array): void {
    this.words.set(within.subarray(0, (count + 31) >>> 5), WITHIN >> 2);
    this.words.fill(0, OUT >> 2, (OUT >> 2) + ((count + 31) >>> 5));
  }

  private answer(out: Uint32Array): void {
    out.set(this.words.subarray(OUT >> 2, (OUT >> 2) + out.length));
  }
}

const encoder = new TextEncoder();

/** The path's keys as the kernel reads them; null when it is too long for it. */
export function encodePath(path: string): { bytes: Uint8Array; keys: number } | null {
  const keys = path.split('.').map((key) => encoder.encode(key));
  const length = keys.reduce((sum, key) => sum + 4 + key.length, 0);
  if (length > PATH_MAX) return null;
  const bytes = new Uint8Array(length);
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const key of keys) {
    view.setUint32(at, key.length, true);
    bytes.set(key, at + 4);
    at += 4 + key.length;
  }
  return { bytes, keys: keys.length };
}
