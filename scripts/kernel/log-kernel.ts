// AssemblyScript, compiled by scripts/kernel/build.mjs. Works in one segment's memory:
//   0 ……………… scratch: needles, bitmaps, answers (places below are the host's, see kernel.ts)
//   data ……… message bytes, end to end, upwards
//   top ……… row ends, u32 each, downwards: row r is [load(top - 4r), load(top - 4(r + 1)))
// A slice is a run of rows whose first is a multiple of 32; bit i of a bitmap is row `from + i`.

function start(top: usize, row: u32): usize {
  return load<u32>(top - ((row as usize) << 2)) as usize;
}

function bit(bits: usize, i: u32): bool {
  return ((load<u32>(bits + ((i >> 5) << 2)) >> (i & 31)) & 1) != 0;
}

function mark(bits: usize, i: u32): void {
  const at = bits + ((i >> 5) << 2);
  store<u32>(at, load<u32>(at) | ((1 as u32) << (i & 31)));
}

/** First row at or after `i` whose bit is `value`, at most `count`. */
function run(bits: usize, i: u32, count: u32, value: bool): u32 {
  while (i < count) {
    let word = load<u32>(bits + ((i >> 5) << 2));
    if (!value) word = ~word;
    word &= (0xffffffff as u32) << (i & 31);
    if (word != 0) {
      const found = (i & ~31) + ctz(word);
      return found < count ? found : count;
    }
    i = (i & ~31) + 32;
  }
  return count;
}

/**
 * Marks in `out` the rows of `within` that hold the needle; answers how many. The needle is given twice,
 * byte by byte in either case (`low`, `up`); `one` and `two` are the places of its two rarest bytes. Where the first
 * hit of each row is goes to `places`, and the eight bytes behind it to `tails`.
 */
export function find(
  top: usize,
  from: u32,
  count: u32,
  within: usize,
  out: usize,
  low: usize,
  up: usize,
  len: u32,
  one: u32,
  two: u32,
  places: usize,
  tails: usize,
): u32 {
  const a1 = i8x16.splat(load<u8>(low + one));
  const a2 = i8x16.splat(load<u8>(up + one));
  const b1 = i8x16.splat(load<u8>(low + two));
  const b2 = i8x16.splat(load<u8>(up + two));
  let hits: u32 = 0;
  let i = run(within, 0, count, true);
  while (i < count) {
    const stop = run(within, i, count, false);
    let row = i;
    const end = start(top, from + stop);
    let rowEnd = start(top, from + row + 1);
    let p = start(top, from + row);
    while (p + len <= end) {
      const a = v128.load(p + one);
      const b = v128.load(p + two);
      const m = v128.and(
        v128.or(i8x16.eq(a, a1), i8x16.eq(a, a2)),
        v128.or(i8x16.eq(b, b1), i8x16.eq(b, b2)),
      );
      let next = p + 16;
      if (v128.any_true(m)) {
        let mask = i8x16.bitmask(m);
        while (mask != 0) {
          const q = p + (ctz(mask) as usize);
          mask &= mask - 1;
          if (q + len > end) break;
          let k: u32 = 0;
          while (k < len) {
            const c = load<u8>(q + k);
            if (c != load<u8>(low + k) && c != load<u8>(up + k)) break;
            k++;
          }
          if (k < len) continue;
          while (rowEnd <= q) {
            row++;
            rowEnd = start(top, from + row + 1);
          }
          // Across the border of two messages it is no match.
          if (q + len > rowEnd) continue;
          mark(out, row);
          store<u32>(places + ((hits as usize) << 2), q as u32);
          store<u64>(tails + ((hits as usize) << 3), load<u64>(q + len));
          hits++;
          next = rowEnd;
          break;
        }
      }
      p = next;
    }
    i = run(within, stop, count, true);
  }
  return hits;
}

function fits(q: usize, low: usize, up: usize, len: u32): bool {
  for (let k: u32 = 0; k < len; k++) {
    const c = load<u8>(q + k);
    if (c != load<u8>(low + k) && c != load<u8>(up + k)) return false;
  }
  return true;
}

/** First place at or after `p` where the needle is, `end` when there is none. */
function seek(p: usize, end: usize, low: usize, up: usize, len: u32): usize {
  const first = i8x16.splat(load<u8>(low));
  const firstUp = i8x16.splat(load<u8>(up));
  while (p + len <= end) {
    const a = v128.load(p);
    let mask = i8x16.bitmask(v128.or(i8x16.eq(a, first), i8x16.eq(a, firstUp)));
    while (mask != 0) {
      const q = p + (ctz(mask) as usize);
      mask &= mask - 1;
      if (q + len > end) return end;
      if (fits(q, low, up, len)) return q;
    }
    p += 16;
  }
  return end;
}

/**
 * As `find`, where the needle's beginning, `part` bytes of it, was found before: for each row of `within`, `known` has
 * the first place of it and `knownTails` the bytes behind that. Mostly they tell, and the text itself, far apart in
 * memory, need not be looked at; else the row is, from there on. Tails are shorter by what was added then.
 */
export function narrow(
  top: usize,
  from: u32,
  count: u32,
  within: usize,
  out: usize,
  low: usize,
  up: usize,
  len: u32,
  part: u32,
  known: usize,
  knownTails: usize,
  places: usize,
  tails: usize,
): u32 {
  const more = len - part;
  let hits: u32 = 0;
  let i = run(within, 0, count, true);
  while (i < count) {
    const end = start(top, from + i + 1);
    let q = load<u32>(known) as usize;
    let tail = load<u64>(knownTails);
    known += 4;
    knownTails += 8;
    let found = q + len <= end;
    for (let k: u32 = 0; found && k < more; k++) {
      const c = (tail as u32) & 0xff;
      found = c == (load<u8>(low + part + k) as u32) || c == (load<u8>(up + part + k) as u32);
      tail >>= 8;
    }
    if (!found) {
      q = seek(q + 1, end, low, up, len);
      found = q < end;
      if (found) tail = load<u64>(q + len);
    }
    if (found) {
      mark(out, i);
      store<u32>(places + ((hits as usize) << 2), q as u32);
      store<u64>(tails + ((hits as usize) << 3), tail);
      hits++;
    }
    i = run(within, i + 1, count, true);
  }
  return hits;
}

// What lies at a path in a line's JSON.
const NONE: u32 = 0;
const STRING: u32 = 1;
const NUMBER: u32 = 2;
const TRUE: u32 = 3;
const FALSE: u32 = 4;
const NULL: u32 = 5;
const OBJECT: u32 = 6;
const ARRAY: u32 = 7;
/** Escapes in a key, an array on the way, a broken line: the host parses it itself. */
const UNSURE: u32 = 8;

let valueFrom: usize = 0;
let valueTo: usize = 0;

function space(p: usize, end: usize): usize {
  while (p < end) {
    const c = load<u8>(p);
    if (c != 32 && c != 9 && c != 10 && c != 13) break;
    p++;
  }
  return p;
}

/** From behind the opening quote to the closing one; `end` when there is none. */
function closing(p: usize, end: usize): usize {
  while (p < end) {
    const c = load<u8>(p);
    if (c == 34) return p;
    p += c == 92 ? 2 : 1;
  }
  return end;
}

/** Behind the value at `p`. */
function skip(p: usize, end: usize): usize {
  if (p >= end) return end;
  const c = load<u8>(p);
  if (c == 34) {
    const q = closing(p + 1, end);
    return q < end ? q + 1 : end;
  }
  if (c == 123 || c == 91) {
    let depth = 0;
    while (p < end) {
      const d = load<u8>(p);
      if (d == 34) {
        p = closing(p + 1, end);
      } else if (d == 123 || d == 91) {
        depth++;
      } else if (d == 125 || d == 93) {
        depth--;
        if (depth == 0) return p + 1;
      }
      p++;
    }
    return end;
  }
  while (p < end) {
    const d = load<u8>(p);
    if (d == 44 || d == 125 || d == 93 || d <= 32) break;
    p++;
  }
  return p;
}

function same(p: usize, q: usize, len: usize): bool {
  for (let i: usize = 0; i < len; i++) {
    if (load<u8>(p + i) != load<u8>(q + i)) return false;
  }
  return true;
}

function escaped(p: usize, end: usize): bool {
  while (p < end) {
    if (load<u8>(p) == 92) return true;
    p++;
  }
  return false;
}

function kind(p: usize, end: usize): u32 {
  const c = load<u8>(p);
  valueFrom = p;
  if (c == 34) {
    valueFrom = p + 1;
    valueTo = closing(valueFrom, end);
    return valueTo < end ? STRING : UNSURE;
  }
  valueTo = skip(p, end);
  if (c == 123) return OBJECT;
  if (c == 91) return ARRAY;
  const len = valueTo - p;
  if (c == 116 && len == 4) return TRUE;
  if (c == 102 && len == 5) return FALSE;
  if (c == 110 && len == 4) return NULL;
  if ((c >= 48 && c <= 57) || c == 45) return NUMBER;
  return UNSURE;
}

/** Steps of `path` that the key at `k` names (joined by dots when several), 0 when it leads elsewhere. */
function stepsNamed(k: usize, keyTo: usize, path: usize, keys: u32): u32 {
  let used: u32 = 0;
  while (used < keys) {
    const len = load<u32>(path) as usize;
    if (k + len > keyTo || !same(k, path + 4, len)) return 0;
    k += len;
    path += 4 + len;
    used++;
    if (k == keyTo) return used;
    if (load<u8>(k) != 46) return 0;
    k++;
  }
  return 0;
}

/**
 * The value at `path` (u32 length and bytes of each key, one after another) in the object whose brace is at `p`.
 * A key that names several steps at once ("a.b": 1) is found too; the first key that leads on is followed.
 */
function lookUp(p: usize, end: usize, path: usize, keys: u32): u32 {
  p = space(p + 1, end);
  while (p < end && load<u8>(p) == 34) {
    const keyFrom = p + 1;
    const keyTo = closing(keyFrom, end);
    if (keyTo >= end || escaped(keyFrom, keyTo)) return UNSURE;
    p = space(keyTo + 1, end);
    if (p >= end || load<u8>(p) != 58) return UNSURE;
    p = space(p + 1, end);
    if (p >= end) return UNSURE;
    const used = stepsNamed(keyFrom, keyTo, path, keys);
    if (used == keys) return kind(p, end);
    if (used > 0) {
      const c = load<u8>(p);
      if (c == 91) return UNSURE;
      if (c == 123) {
        for (let i: u32 = 0; i < used; i++) path += 4 + (load<u32>(path) as usize);
        keys -= used;
        p = space(p + 1, end);
        continue;
      }
    }
    p = space(skip(p, end), end);
    if (p >= end) return UNSURE;
    const c = load<u8>(p);
    if (c == 125) return NONE;
    if (c != 44) return UNSURE;
    p = space(p + 1, end);
  }
  return p < end && load<u8>(p) == 125 ? NONE : UNSURE;
}

/**
 * For the rows of `within` from the `skipRows`th on: index in the slice, kind, start and length of the value, four u32
 * each at `out`, at most `max` of them. Rows without one are left out. Answers how many; the row to go on at is at
 * `resume`.
 */
export function extract(
  top: usize,
  from: u32,
  count: u32,
  within: usize,
  skipRows: u32,
  path: usize,
  keys: u32,
  out: usize,
  max: u32,
  resume: usize,
): u32 {
  let n: u32 = 0;
  let i = run(within, skipRows, count, true);
  while (i < count && n < max) {
    const rowFrom = start(top, from + i);
    const end = start(top, from + i + 1);
    let p = rowFrom;
    while (p < end && load<u8>(p) != 123) p++;
    if (p < end) {
      const k = lookUp(p, end, path, keys);
      if (k != NONE) {
        const at = out + ((n as usize) << 4);
        store<u32>(at, i);
        store<u32>(at, k, 4);
        store<u32>(at, (k == UNSURE ? rowFrom : valueFrom) as u32, 8);
        store<u32>(at, (k == UNSURE ? end - rowFrom : valueTo - valueFrom) as u32, 12);
        n++;
      }
    }
    i = run(within, i + 1, count, true);
  }
  store<u32>(resume, i);
  return n;
}
