/** Just enough of CloudWatch's expression language to rename ids and to know what an answer depends on. */

/** A stretch of an expression: ids can only stand outside quotes. */
interface Piece {
  text: string;
  quoted: boolean;
}

function piecesOf(expression: string): Piece[] {
  const pieces: Piece[] = [];
  let start = 0;
  let quote: string | null = null;
  for (let index = 0; index < expression.length; index += 1) {
    const char = expression.charAt(index);
    if (quote === null && (char === "'" || char === '"')) {
      pieces.push({ text: expression.slice(start, index), quoted: false });
      [start, quote] = [index, char];
    } else if (quote !== null && char === '\\') {
      index += 1;
    } else if (char === quote) {
      pieces.push({ text: expression.slice(start, index + 1), quoted: true });
      [start, quote] = [index + 1, null];
    }
  }
  pieces.push({ text: expression.slice(start), quoted: quote !== null });
  return pieces;
}

const WORD = /[A-Za-z_][A-Za-z0-9_]*/g;
const ID = /^[a-z]/;

/** A Metrics Insights query; it names no other queries. */
export const isInsights = (expression: string): boolean => /^\s*select\b/i.test(expression);
export const isSearch = (expression: string): boolean =>
  piecesOf(expression).some(({ text, quoted }) => !quoted && /\bSEARCH\s*\(\s*$/.test(text));
/** `METRICS()` is all metrics of the call, so such a group cannot share one. */
export const usesMetrics = (expression: string): boolean =>
  piecesOf(expression).some(({ text, quoted }) => !quoted && /\bMETRICS\s*\(/.test(text));

/** Ids of other queries in the order they appear, each once. */
export function idsIn(expression: string): string[] {
  if (isInsights(expression)) return [];
  const ids = new Set<string>();
  for (const { text, quoted } of piecesOf(expression)) {
    if (quoted) continue;
    for (const [word] of text.matchAll(WORD)) if (ID.test(word)) ids.add(word);
  }
  return [...ids];
}

/** The expression with ids renamed outside quotes; `nameOf` answers null for what stays. */
export function renameIds(expression: string, nameOf: (id: string) => string | null): string {
  if (isInsights(expression)) return expression;
  return piecesOf(expression)
    .map(({ text, quoted }) =>
      quoted
        ? text
        : text.replaceAll(WORD, (word) => (ID.test(word) ? nameOf(word) : null) ?? word),
    )
    .join('');
}

const POINTWISE = new Set([
  'ABS',
  'CEIL',
  'FLOOR',
  'LOG',
  'LOG10',
  'IF',
  'PERIOD',
  'MINUTE',
  'HOUR',
  'DAY',
  'DATE',
  'MONTH',
  'YEAR',
  'EPOCH',
  'AND',
  'OR',
]);

/**
 * Whether each value depends on its inputs at the same time only, so that a part of the window can be
 * asked. Whatever is not known to be so is not.
 */
export function isPointwise(expression: string): boolean {
  if (isInsights(expression)) return false;
  const bare = piecesOf(expression);
  if (bare.some(({ quoted }) => quoted)) return false;
  const text = bare.map((piece) => piece.text).join('');
  if (text.includes('[')) return false;
  return [...text.matchAll(WORD)].every(([word]) => ID.test(word) || POINTWISE.has(word));
}
