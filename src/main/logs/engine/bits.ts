/** Sets of rows within a slice: bit i of the words is row i. */
export const wordsFor = (rows: number): number => (rows + 31) >>> 5;

/** The first `rows` bits set. */
export function fillAll(words: Uint32Array, rows: number): Uint32Array {
  const whole = rows >>> 5;
  words.fill(0xffffffff, 0, whole);
  words.fill(0, whole);
  if (rows & 31) words[whole] = (1 << (rows & 31)) - 1;
  return words;
}

export const allOf = (rows: number): Uint32Array => fillAll(new Uint32Array(wordsFor(rows)), rows);

export function isEmpty(words: Uint32Array): boolean {
  for (const word of words) if (word !== 0) return false;
  return true;
}

export function countBits(words: Uint32Array): number {
  let count = 0;
  for (let word of words) {
    word -= (word >>> 1) & 0x55555555;
    word = (word & 0x33333333) + ((word >>> 2) & 0x33333333);
    count += Math.imul((word + (word >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
  }
  return count;
}

export function setBit(words: Uint32Array, i: number): void {
  words[i >>> 5] = (words[i >>> 5] ?? 0) | (1 << (i & 31));
}

export const hasBit = (words: Uint32Array, i: number): boolean =>
  (((words[i >>> 5] ?? 0) >>> (i & 31)) & 1) === 1;

/** Calls with every set bit, ascending. */
export function eachBit(words: Uint32Array, visit: (i: number) => void): void {
  for (let at = 0; at < words.length; at += 1) {
    let word = words[at] ?? 0;
    while (word !== 0) {
      const low = word & -word;
      visit(at * 32 + 31 - Math.clz32(low));
      word ^= low;
    }
  }
}

export function minus(from: Uint32Array, what: Uint32Array): Uint32Array {
  return from.map((word, i) => word & ~(what[i] ?? 0));
}

export function unite(into: Uint32Array, what: Uint32Array): void {
  for (let i = 0; i < into.length; i += 1) into[i] = (into[i] ?? 0) | (what[i] ?? 0);
}

/** Bits `from` to `from + count` as a set of their own. */
export function cut(words: Uint32Array, from: number, count: number): Uint32Array {
  const out = new Uint32Array(wordsFor(count));
  const at = from >>> 5;
  const shift = from & 31;
  for (let i = 0; i < out.length; i += 1) {
    const low = (words[at + i] ?? 0) >>> shift;
    out[i] = shift === 0 ? low : low | ((words[at + i + 1] ?? 0) << (32 - shift));
  }
  const last = out.length - 1;
  if (count & 31) out[last] = (out[last] ?? 0) & ((1 << (count & 31)) - 1);
  return out;
}

/** Adds a set of `count` bits at `from`; bits behind `count` are clear. */
export function paste(into: Uint32Array, from: number, words: Uint32Array): void {
  const at = from >>> 5;
  const shift = from & 31;
  for (let i = 0; i < words.length; i += 1) {
    const word = words[i] ?? 0;
    if (word === 0) continue;
    into[at + i] = (into[at + i] ?? 0) | (word << shift);
    if (shift !== 0 && at + i + 1 < into.length) {
      into[at + i + 1] = (into[at + i + 1] ?? 0) | (word >>> (32 - shift));
    }
  }
}
