import { RE2JS } from 're2js';
import type { Matches } from '../../../shared/logs/filter/test-value';

/** An expression that cannot be answered in linear time, or is none. */
export class RegexError extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = new.target.name;
  }
}

/**
 * A search that ends soon on every line. JavaScript's own engine is quick but may take exponential time; it is asked
 * only where its worst case is small: no repetition within a repetition, and a line so short that what the repetitions
 * multiply to stays below some million steps. RE2's engine, linear but slower, answers the rest.
 * @throws RegexError
 */
export function compileRegex(source: string, ignoreCase: boolean): Matches {
  const linear = linearMatcher(source, ignoreCase);
  const limit = nativeLimit(source);
  if (limit === 0) return linear;
  let native: RegExp;
  try {
    native = new RegExp(source, ignoreCase ? 'iu' : 'u');
  } catch {
    // RE2 accepts a little more (named classes, inline flags).
    return linear;
  }
  return (text) => (text.length <= limit ? native.test(text) : linear(text));
}

function linearMatcher(source: string, ignoreCase: boolean): Matches {
  try {
    const compiled = RE2JS.compile(source, ignoreCase ? RE2JS.CASE_INSENSITIVE : 0);
    return (text) => compiled.matcher(text).find();
  } catch (cause) {
    throw new RegexError(cause instanceof Error ? cause.message : String(cause));
  }
}

/** Longest line, in UTF-16 units, for which backtracking stays small; 0: none. */
function nativeLimit(source: string): number {
  const bare = source
    .replace(/\\[^]/g, 'e')
    .replace(/\[(?:\^?\]?)[^\]]*\]/g, 'c')
    .replace(/\(\?(?::|P?<\w+>)/g, '(');
  if (/\(\?/.test(bare) || (bare.includes('|') && /\)[*+{?]/.test(bare))) return 0;
  if (/[*+}?]\)?[*+{]|\)[*+{]/.test(bare)) return 0;
  const repeats = bare.match(/[*+{]/g)?.length ?? 0;
  if (repeats + (bare.match(/\?/g)?.length ?? 0) > 3) return 0;
  return [1_048_576, 2_048, 192][repeats] ?? 0;
}

/** Longest stretch that every match must hold, for the search over bytes; null when there is none worth it. */
export const requiredText = (source: string): string | null => requiredTexts(source)[0] ?? null;

/** Classes and characters by their number: what follows the letter belongs to them. */
const escapes =
  /\\(?:[xupP]\{[^}]*\}|x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|[pP][A-Z]|c[A-Za-z]|0[0-7]*|[A-Za-z0-9])/g;

/** All stretches that every match must hold, the longest first; those too short to be worth it left out. */
export function requiredTexts(source: string): string[] {
  // Groups, alternatives and escapes of classes end a stretch; what repeats or may be missing is not in it.
  if (source.includes('|') || source.includes('(?i')) return [];
  const outside = dropGroups(source.replace(/\[(?:\\[^]|[^\]\\])*\]/g, '\0'));
  const plain = outside
    .replace(escapes, '\0')
    .replace(/\\([^A-Za-z0-9])(?![*?{])/g, '$1\u0001')
    .replace(/\\[^]/g, '\0');
  return splitStretches(plain)
    .filter((text) => text.length >= 2)
    .toSorted((a, b) => b.length - a.length);
}

function dropGroups(source: string): string {
  let depth = 0;
  let rest = '';
  for (let i = 0; i < source.length; i += 1) {
    const letter = source.charAt(i);
    if (letter === '\\') {
      if (depth === 0) rest += source.slice(i, i + 2);
      i += 1;
    } else if (letter === '(') depth += 1;
    else if (letter === ')') {
      depth -= 1;
      rest += '\0';
    } else if (depth === 0) rest += letter;
  }
  return rest;
}

function splitStretches(plain: string): string[] {
  const stretches: string[] = [];
  let now = '';
  const end = (): void => {
    stretches.push(now);
    now = '';
  };
  for (let i = 0; i < plain.length; i += 1) {
    const letter = plain.charAt(i);
    const next = plain.charAt(i + 1);
    if (next === '\u0001') {
      now += letter;
      i += 1;
    } else if (/[\0.^$+*?{}]/.test(letter)) {
      end();
      if (letter === '{') i = Math.max(i, plain.indexOf('}', i));
    } else if (/[*?{]/.test(next)) end();
    else now += letter;
  }
  end();
  return stretches;
}
