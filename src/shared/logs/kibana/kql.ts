/** Kibana's query language: `level: error and (statusCode >= 500 or not user: *)`. */
import type { Filter } from '../filter/filter';
import { rangeOf } from './leaves';
import { wild } from './lucene';
import { ALL, both, either, lost, negated, not, within } from './reading';
import type { Reading, Spot } from './reading';
import { anywhere, fieldOf, says } from './words';

const MAX_DEPTH = 40;
const WORD = /(?:\\[^]|[^\s()"{}:<>\\])+/y;
const KEYWORD = /^(?:and|or|not)$/i;

class KqlReader {
  private at = 0;
  private broken = false;

  constructor(
    private readonly text: string,
    private readonly reading: Reading,
    private readonly spot: Spot,
  ) {}

  whole(): Filter | null {
    this.space();
    if (this.at >= this.text.length) return ALL;
    const filter = this.or(null, this.spot, 0);
    if (!this.broken && this.at < this.text.length) this.fail('This is not understood');
    return this.broken ? null : filter;
  }

  private or(field: string | null, spot: Spot, depth: number): Filter | null {
    if (depth > MAX_DEPTH) return this.fail('Too many parentheses');
    const from = this.at;
    const alone = this.reading.notes.length;
    const range = this.reading.range;
    const first = this.and(field, spot, depth);
    if (!this.has('or')) return first;
    // The first part was read as one that every event must meet; it is one of several.
    this.at = from;
    this.reading.notes.length = alone;
    this.reading.range = range;
    const low = { ...spot, top: false };
    const parts = [this.and(field, low, depth)];
    while (!this.broken && this.keyword('or')) parts.push(this.and(field, low, depth));
    return either(parts, spot);
  }

  private and(field: string | null, spot: Spot, depth: number): Filter | null {
    const parts = [this.not(field, spot, depth)];
    while (!this.broken && this.keyword('and')) parts.push(this.not(field, spot, depth));
    return both(parts, spot);
  }

  private not(field: string | null, spot: Spot, depth: number): Filter | null {
    if (depth > MAX_DEPTH) return this.fail('Too many negations');
    if (this.keyword('not')) return not(this.not(field, negated(spot), depth + 1));
    if (this.take(/\(\s*/y) !== null) {
      const inner = this.or(field, spot, depth + 1);
      return this.take(/\)\s*/y) === null ? this.fail('A closing parenthesis is missing') : inner;
    }
    return field === null ? this.condition(spot, depth) : this.value(field, spot);
  }

  private condition(spot: Spot, depth: number): Filter | null {
    const phrase = this.take(/"(?:\\[^]|[^"\\])*"\s*/y);
    const name = phrase === null ? this.words(true) : unescaped(phrase.trim().slice(1, -1));
    if (name === null) return this.fail('Something is missing');
    const sign = this.take(/(?:<=|>=|<|>|:)\s*/y)?.trim();
    if (sign === undefined) return phrase === null ? this.free(name, spot) : anywhere(name);
    const field = unescaped(name);
    if (sign !== ':') return this.compared(field, sign, spot);
    if (this.take(/\{/y) !== null) {
      this.at = this.text.length;
      return lost(
        this.reading,
        spot,
        `Conditions on one element of ${field} (nested) cannot be said.`,
      );
    }
    if (this.take(/\(\s*/y) === null) return this.value(field, spot);
    const inner = this.or(field, { ...spot, top: false }, depth + 1);
    return this.take(/\)\s*/y) === null ? this.fail('A closing parenthesis is missing') : inner;
  }

  private compared(field: string, sign: string, spot: Spot): Filter | null {
    const quoted = this.take(/"(?:\\[^]|[^"\\])*"\s*/y)
      ?.trim()
      .slice(1, -1);
    const bound = quoted ?? this.take(/(?:\\[^]|[^\s()"\\])+\s*/y)?.trim();
    if (bound === undefined) return this.fail('A value is missing');
    const value = unescaped(bound);
    const included = sign.endsWith('=');
    const bounds = sign.startsWith('>')
      ? { from: value, to: null, fromIncluded: included, toIncluded: true }
      : { from: null, to: value, fromIncluded: true, toIncluded: included };
    return rangeOf(field, bounds, this.reading, spot);
  }

  /** Words side by side without quotes: any of them. */
  private value(field: string, spot: Spot): Filter | null {
    const phrase = this.take(/"(?:\\[^]|[^"\\])*"\s*/y);
    if (phrase !== null) return this.says(field, unescaped(phrase.trim().slice(1, -1)), spot);
    const words = this.words(false);
    if (words === null) return this.fail('A value is missing');
    return either(
      words
        .split(/\s+/)
        .map((word) =>
          isWild(word)
            ? wild(field, word, this.reading, spot)
            : this.says(field, unescaped(word), spot),
        ),
      spot,
    );
  }

  private says(field: string, text: string, spot: Spot): Filter | null {
    if (field === '*') return text === '' ? ALL : anywhere(text);
    const path = fieldOf(field, this.reading, spot);
    return path === null ? null : says(field, path, text);
  }

  private free(words: string, spot: Spot): Filter | null {
    return either(
      words
        .split(/\s+/)
        .map((word) =>
          isWild(word) ? wild(null, word, this.reading, spot) : anywhere(unescaped(word)),
        ),
      spot,
    );
  }

  /** Words up to the next keyword or sign. Of a name the last one counts alone where a sign follows it. */
  private words(maybeName: boolean): string | null {
    const found: string[] = [];
    while (true) {
      const from = this.at;
      const word = this.take(WORD);
      if (word === null || KEYWORD.test(word)) {
        this.at = from;
        break;
      }
      found.push(word);
      this.space();
      if (maybeName && /[:<>]/.test(this.text.charAt(this.at))) break;
    }
    return found.length === 0 ? null : found.join(' ');
  }

  private has(word: string): boolean {
    const from = this.at;
    const is = this.keyword(word);
    this.at = from;
    return is;
  }

  private keyword(word: string): boolean {
    const found = this.take(
      word === 'not'
        ? /not(?=[\s(])\s*/iy
        : word === 'and'
          ? /and(?=[\s(])\s*/iy
          : /or(?=[\s(])\s*/iy,
    );
    return found !== null;
  }

  private space(): void {
    this.take(/\s+/y);
  }

  private take(pattern: RegExp): string | null {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0] ?? null;
    if (found !== null) this.at += found.length;
    return found;
  }

  private fail(why: string): null {
    if (!this.broken)
      lost(
        this.reading,
        this.spot,
        `The query cannot be read: ${why} at character ${this.at + 1}.`,
      );
    this.broken = true;
    return null;
  }
}

const unescaped = (text: string): string => text.replace(/\\([^])/g, '$1');
const isWild = (word: string): boolean => /(?:^|[^\\])(?:\\\\)*\*/.test(word);

/** Null, with notes, for what cannot be said or read. */
export const parseKql = (query: string, reading: Reading, spot: Spot): Filter | null =>
  new KqlReader(query, reading, within(spot, '.query', true)).whole();
