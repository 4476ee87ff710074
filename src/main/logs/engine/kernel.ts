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
const KNOWN = EXTRACT + EXTRACT_MAX * 16;
const KNOWN_TAILS = KNOWN + SLICE_ROWS * 4;
const PLACES = KNOWN_TAILS + SLICE_ROWS * 8;
const TAILS = PLACES + SLICE_ROWS * 4;
/** Where message bytes begin. */
export const DATA = Math.ceil((TAILS + SLICE_ROWS * 8) / 65_536) * 65_536;
/** Bytes kept of what stands behind a hit. */
export const TAIL = 8;

/** Where hits are, and what stands behind them: a number, and two, a row. */
export interface Hits {
  places: Uint32Array;
  tails: Uint32Array;
}

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
  places: number,
  tails: number,
) => number;
type Narrow = (
  top: number,
  from: number,
  count: number,
  within: number,
  out: number,
  low: number,
  up: number,
  length: number,
  part: number,
  known: number,
  knownTails: number,
  places: number,
  tails: number,
) => number;
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
function instantiate(memory: WebAssembly.Memory): WebAssembly.Exports {
  compiled ??= new WebAssembly.Module(Buffer.from(kernelBase64, 'base64'));
  return new WebAssembly.Instance(compiled, { env: { memory } }).exports;
}

function callable(exports: WebAssembly.Exports, name: string): (...args: number[]) => number {
  const value = exports[name];
  if (typeof value !== 'function') throw new Error(`The kernel lacks ${name}.`);
  return (...args) => Number(value(...args));
}

/** The kernel over one memory. Calls are synchronous and take some ms at most: SLICE_ROWS rows. */
export class Kernel {
  readonly memory: WebAssembly.Memory;
  readonly bytes: Uint8Array;
  readonly words: Uint32Array;
  private readonly calls: { find: Find; narrow: Narrow; extract: Extract };

  /** @param pages of 64 KiB; untouched ones cost nothing. @throws RangeError when there is no room. */
  constructor(pages: number) {
    this.memory = new WebAssembly.Memory({ initial: pages, maximum: pages });
    const exports = instantiate(this.memory);
    this.calls = {
      find: callable(exports, 'find'),
      narrow: callable(exports, 'narrow'),
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
    const hits = find(top, from, count, WITHIN, OUT, LOW, UP, low.length, one, two, PLACES, TAILS);
    this.answer(out);
    return hits;
  }

  /** As `find`, where the needle's beginning of `length` bytes was found at `known`; TAIL bytes may be added. */
  narrow(
    top: number,
    from: number,
    count: number,
    within: Uint32Array,
    out: Uint32Array,
    needle: Needle,
    part: { length: number; known: Hits },
  ): number {
    this.bytes.set(needle.low, LOW);
    this.bytes.set(needle.up, UP);
    this.words.set(part.known.places, KNOWN >> 2);
    this.words.set(part.known.tails, KNOWN_TAILS >> 2);
    this.begin(count, within);
    const { narrow } = this.calls;
    const hits = narrow(
      ...([top, from, count, WITHIN, OUT, LOW, UP, needle.low.length] as const),
      ...([part.length, KNOWN, KNOWN_TAILS, PLACES, TAILS] as const),
    );
    this.answer(out);
    return hits;
  }

  /** Of the last call, one a row. */
  hits(count: number): Hits {
    return {
      places: this.words.slice(PLACES >> 2, (PLACES >> 2) + count),
      tails: this.words.slice(TAILS >> 2, (TAILS >> 2) + count * 2),
    };
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
