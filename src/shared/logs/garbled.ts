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

/** Letter → byte, as the platform's own decoder says. */
function tableOf(encoding: Garbling): Map<string, number> {
  const known = tables.get(encoding);
  if (known) return known;
  const decoder = new TextDecoder(encoding);
  const table = new Map<string, number>();
  for (let byte = 0x80; byte < 0x100; byte += 1) {
    table.set(decoder.decode(Uint8Array.of(byte)), byte);
  }
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

/** A run of wrong letters is mended when it is UTF-8 from end to end; what stands between is left. */
function mendRuns(text: string, table: Map<string, number>): { text: string; mended: number } {
  let mended = 0;
  const done = text.replace(/[^\u0000-\u007f]{2,}/gu, (run) => {
    const bytes: number[] = [];
    for (const letter of run) {
      const byte = table.get(letter);
      if (byte === undefined) return run;
      bytes.push(byte);
    }
    const read = decoded(bytes);
    if (read === null || !plausible(read)) return run;
    mended += run.length;
    return read;
  });
  return { text: done, mended };
}

function decoded(bytes: number[]): string | null {
  try {
    return utf8.decode(Uint8Array.from(bytes));
  } catch {
    // Not what it was: proper text that has such letters.
    return null;
  }
}

/** What comes out are letters, marks and signs that people write, not control or private characters. */
const plausible = (text: string): boolean => !/[\p{C}]/u.test(text.replace(/[\u200d\ufeff]/gu, ''));
