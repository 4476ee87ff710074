/** What the last `stats` of a query groups by: which columns are categories and which is the time. */

export interface Grouping {
  /** Name of the column. */
  column: string;
  /** Length of a `bin(5m)` or `span(…, 5m)` (ms); null for anything else. */
  binMs: number | null;
}

const UNIT_MS: Readonly<Record<string, number>> = {
  ms: 1,
  millisecond: 1,
  msec: 1,
  s: 1_000,
  sec: 1_000,
  second: 1_000,
  m: 60_000,
  min: 60_000,
  minute: 60_000,
  h: 3_600_000,
  hr: 3_600_000,
  hour: 3_600_000,
  d: 86_400_000,
  day: 86_400_000,
  w: 604_800_000,
  week: 604_800_000,
};

/** Length of `5m` (ms); null for months and longer, which differ. A lone `m` is one minute, `mo` a month. */
export function binLength(text: string): number | null {
  const found = /^\s*(\d+)?\s*([a-z]+)\s*$/i.exec(text);
  if (found === null) return null;
  const unit = (found[2] ?? '').toLowerCase();
  const ms = UNIT_MS[unit] ?? UNIT_MS[unit.replace(/s$/, '')];
  return ms === undefined ? null : ms * Number(found[1] ?? 1);
}

/** Empty where the query has no `stats … by …` or `GROUP BY …`. */
export function groupingsOf(query: string): Grouping[] {
  const found = [...query.matchAll(/(?:\bstats\b[^|]*?\s|\bgroup\s+)by\s+([^|]*)/gi)].at(-1);
  if (found === undefined) return [];
  const list = (found[1] ?? '').split(/\b(?:order\s+by|having|limit)\b/i)[0] ?? '';
  return splitList(list).map((part) => {
    const named = /^(.*?)\s+as\s+(\S+)$/is.exec(part);
    const expression = (named?.[1] ?? part).trim();
    const column = bare((named?.[2] ?? expression).trim());
    const bin = /^(?:bin|span|datefloor)\s*\((?:.*,)?([^,)]*)\)$/is.exec(expression);
    return { column, binMs: bin === null ? null : binLength(bin[1] ?? '') };
  });
}

/** Columns of the last `stats` that count records: a group that is not there counts none. */
export function countsOf(query: string): Set<string> {
  const found = query.matchAll(/\b(count(?:_distinct)?\s*\([^)]*\))(?:\s+as\s+([^\s,|]+))?/gi);
  return new Set([...found].map(([, call = '', name]) => plainName(name ?? call)));
}

/** CloudWatch names a column as it was written, but for blanks, backticks and the case of functions. */
export const plainName = (name: string): string => name.replaceAll(/[\s`]/g, '').toLowerCase();

const bare = (name: string): string => name.replaceAll('`', '');

/** At commas that are not within brackets or quotes. */
export function splitList(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let quote: string | null = null;
  let part = '';
  for (const letter of text.replace(/#[^\n]*/g, ' ')) {
    if (quote !== null) {
      if (letter === quote) quote = null;
    } else if (letter === '"' || letter === "'" || letter === '`') quote = letter;
    else if (letter === '(') depth += 1;
    else if (letter === ')') depth -= 1;
    else if (letter === ',' && depth === 0) {
      parts.push(part.trim());
      part = '';
      continue;
    }
    part += letter;
  }
  return [...parts, part.trim()].filter((one) => one !== '');
}
