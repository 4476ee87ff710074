/**
 * Text in UTF-8 that somebody read as MacRoman, Windows-1252 or Windows-1254 on its way ("cafÃ©" for "café", "‚Üí" for
 * "→"), recognised and mended. The test is the way back: the wrong letters, written as bytes in that encoding, must
 * be proper UTF-8, which chance hardly ever makes of real text.
 */
export const garblings = ['windows-1252', 'windows-1254', 'macintosh'] as const;
export type Garbling = (typeof garblings)[number];

export interface Mended {
  text: string;
  /** The encodings it was read in, the last wrong reading first. */
  by: Garbling[];
}

/** Twice garbled happens; more often is not believed. */
const MAX_ROUNDS = 3;
/** Longer texts are looked at in their beginning. */
const MAX_LENGTH = 65_536;

const utf8 = new TextDecoder('utf-8', { fatal: true });
const tables = new Map<Garbling, Map<string, number>>();

/** Windows-1252 from 0x80 to 0x9f; not asked of the platform, for Node 20 takes it for ISO 8859-1 there. */
const from80 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';
/** Where Windows-1254 differs. */
const turkish: readonly [number, string][] = [
  [0x8e, '\u008e'],
  [0x9e, '\u009e'],
  [0xd0, 'Ğ'],
  [0xdd, 'İ'],
  [0xde, 'Ş'],
  [0xf0, 'ğ'],
  [0xfd, 'ı'],
  [0xfe, 'ş'],
];

/** Letters of the bytes 0x80 to 0xff. */
function lettersOf(encoding: Garbling): string[] {
  const bytes = Array.from({ length: 128 }, (_, i) => 0x80 + i);
  if (encoding === 'macintosh') {
    return [...new TextDecoder(encoding).decode(Uint8Array.from(bytes))];
  }
  const letters = bytes.map((byte, i) => from80[i] ?? String.fromCharCode(byte));
  if (encoding === 'windows-1254') {
    for (const [byte, letter] of turkish) letters[byte - 0x80] = letter;
  }
  return letters;
}

function tableOf(encoding: Garbling): Map<string, number> {
  const known = tables.get(encoding);
  if (known) return known;
  const table = new Map(lettersOf(encoding).map((letter, i) => [letter, 0x80 + i]));
  tables.set(encoding, table);
  return table;
}

/** Null when the text is in order, or cannot be mended. */
export function mendGarbled(text: string): Mended | null {
  let mended = text.slice(0, MAX_LENGTH);
  const rest = text.slice(MAX_LENGTH);
  const by: Garbling[] = [];
  while (by.length < MAX_ROUNDS) {
    const better = bestRound(mended);
    if (!better) break;
    mended = better.text;
    by.push(better.by);
  }
  return by.length > 0 ? { text: mended + rest, by } : null;
}

/** One wrong reading undone: the encoding that mends most. */
function bestRound(text: string): { text: string; by: Garbling } | null {
  let best: { text: string; by: Garbling; mended: number } | null = null;
  for (const by of garblings) {
    const round = mendRuns(text, tableOf(by));
    if (round.mended > (best?.mended ?? 0)) best = { text: round.text, by, mended: round.mended };
  }
  return best;
}

/** From so many letters on, a run that is UTF-8 from end to end is believed whatever it says. */
const LONG_RUN = 6;

/** Letter by letter within runs that are not ASCII: bytes are lost at times, and what is left stays readable. */
function mendRuns(text: string, table: Map<string, number>): { text: string; mended: number } {
  let mended = 0;
  const done = text.replace(/[^\u0000-\u007f]{2,}/gu, (run) => {
    const letters = [...run];
    const bytes = letters.map((letter) => table.get(letter) ?? 0);
    const whole = letters.length >= LONG_RUN ? decoded(bytes) : null;
    if (whole !== null) {
      mended += letters.length;
      return whole;
    }
    let read = '';
    for (let at = 0; at < letters.length;) {
      const length = believable(bytes[at] ?? 0);
      const letter = length > 0 ? decoded(bytes.slice(at, at + length)) : null;
      read += letter ?? letters[at] ?? '';
      if (letter !== null) mended += length;
      at += letter === null ? 1 : length;
    }
    return read;
  });
  return { text: done, mended };
}

/**
 * Letters that a first byte asks for, 0 when chance is too likely: É followed by a closing quote is the end of a
 * French word and not a phonetic sign. Two are believed of Latin letters only.
 */
function believable(first: number): number {
  if (first >= 0xf0 && first <= 0xf4) return 4;
  if (first >= 0xe0 && first <= 0xef) return 3;
  return first >= 0xc2 && first <= 0xc6 ? 2 : 0;
}

/** Null when it is no UTF-8, or says what people do not write: control and private characters. */
function decoded(bytes: readonly number[]): string | null {
  // 0 stands for a letter that the encoding does not have.
  if (bytes.includes(0)) return null;
  let text: string;
  try {
    text = utf8.decode(Uint8Array.from(bytes));
  } catch {
    // Not what it was: proper text that has such letters.
    return null;
  }
  return /\p{C}/u.test(text.replace(/\u00ad|\u200d|\ufeff/gu, '')) ? null : text;
}
