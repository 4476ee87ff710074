/** Lucene's query syntax, as `query_string` reads it. */
import type { Filter } from '../filter/filter';
import { rangeOf } from './leaves';
import { luceneRegex } from './lucene-regex';
import { ALL, both, either, lost, negated, not, remark } from './reading';
import type { Reading, Spot } from './reading';
import { anywhere, fieldOf, isKeyword, like, says, starred, test } from './words';

interface Options {
  /** Of words without one; null: the whole line. */
  field: string | null;
  and: boolean;
}

interface Clause {
  occur: 'must' | 'should' | 'not';
  filter: Filter | null;
}

const WORD = /(?:\\[^]|[^\s()"[\]{}:^~\\])+/y;
const MAX_DEPTH = 40;

/** Reads from left to right; what cannot be read is said and ends the reading. */
class LuceneReader {
  private at = 0;
  /** Set once the text cannot be read on. */
  private broken = false;

  constructor(
    private readonly text: string,
    private readonly options: Options,
    private readonly reading: Reading,
    private readonly spot: Spot,
  ) {}

  whole(): Filter | null {
    const filter = this.clauses(this.options.field, this.spot, 0);
    if (!this.broken && this.at < this.text.length) this.fail('This closes nothing');
    return this.broken ? null : filter;
  }

  /** Clauses up to a closing parenthesis, joined as Lucene's classic parser does: AND binds its neighbours, no more. */
  private clauses(field: string | null, spot: Spot, depth: number): Filter | null {
    const found: Clause[] = [];
    if (depth > MAX_DEPTH) return this.fail('Too many parentheses');
    while (!this.broken) {
      this.take(/\s+/y);
      if (this.at >= this.text.length || this.text.charAt(this.at) === ')') break;
      const word = this.take(/(?:AND|OR)(?=[\s(])|&&|\|\|/y);
      this.take(/\s+/y);
      const and = word === 'AND' || word === '&&';
      const or = word !== null && !and;
      const sign = this.take(/NOT(?=[\s(])\s*|[!+-]\s*/y)?.trim() ?? '';
      const no = sign === 'NOT' || sign === '!' || sign === '-';
      const before = found.at(-1);
      if (before !== undefined && before.occur !== 'not') {
        if (and) before.occur = 'must';
        if (or && this.options.and) before.occur = 'should';
      }
      const must = sign === '+' || and || (this.options.and && !or);
      const filter = this.clause(
        field,
        no ? negated(spot) : { ...spot, top: spot.top && must },
        depth,
      );
      found.push({ occur: no ? 'not' : must ? 'must' : 'should', filter });
    }
    return this.joined(found, spot);
  }

  private joined(found: readonly Clause[], spot: Spot): Filter | null {
    const of = (occur: Clause['occur']): (Filter | null)[] =>
      found.filter((clause) => clause.occur === occur).map(({ filter }) => filter);
    const must = of('must');
    const should = of('should');
    if (must.length > 0 && should.length > 0) {
      remark(
        this.reading,
        spot,
        'Beside what must be there, words without + or AND only change the order: they were left out.',
      );
    }
    const wanted =
      must.length > 0 ? both(must, spot) : should.length > 0 ? either(should, spot) : ALL;
    return both([wanted, ...of('not').map(not)], spot);
  }

  private clause(given: string | null, spot: Spot, depth: number): Filter | null {
    const field = this.field() ?? given;
    if (this.take(/\(/y) !== null) {
      const inner = this.clauses(field, { ...spot, top: false }, depth + 1);
      if (this.take(/\)/y) === null) return this.fail('A closing parenthesis is missing');
      this.boost(spot);
      return inner;
    }
    const filter = this.value(field, spot);
    return this.boost(spot) ? filter : null;
  }

  private field(): string | null {
    const from = this.at;
    const name = this.take(WORD);
    if (name !== null && this.take(/\s*:\s*/y) !== null) return unescaped(name);
    this.at = from;
    return null;
  }

  /** A weight is nothing to us; similar spellings cannot be said: false. */
  private boost(spot: Spot): boolean {
    const fuzzy = this.take(/~[\d.]*/y);
    this.take(/\^[\d.]+/y);
    if (fuzzy === null) return true;
    lost(
      this.reading,
      spot,
      `Similar spellings and words near each other (${fuzzy}) cannot be said.`,
    );
    return false;
  }

  private value(field: string | null, spot: Spot): Filter | null {
    const { reading } = this;
    const phrase = this.take(/"(?:\\[^]|[^"\\])*"/y);
    if (phrase !== null) return this.words(field, unescaped(phrase.slice(1, -1)), spot);
    const regex = this.take(/\/(?:\\[^]|[^/\\])+\//y);
    if (regex !== null) return this.regex(field, regex.slice(1, -1), spot);
    const range = this.take(/[[{]\s*("[^"]*"|[^\s"]+)\s+TO\s+("[^"]*"|[^\s"\]}]+)\s*[\]}]/y);
    if (range !== null) return this.range(field, range, spot);
    const sign = field === null ? null : this.take(/[<>]=?/y);
    const word =
      sign === null
        ? this.take(WORD)
        : (this.take(/"[^"]*"/y)?.slice(1, -1) ?? this.take(/[^\s()]+/y));
    if (word === null) return this.fail('Something is missing');
    if (sign !== null && field !== null) {
      const included = sign.endsWith('=');
      const bounds = sign.startsWith('>')
        ? { from: word, to: null, fromIncluded: included, toIncluded: true }
        : { from: null, to: word, fromIncluded: true, toIncluded: included };
      return rangeOf(field, bounds, reading, spot);
    }
    if (field === '_exists_') return this.exists(unescaped(word), spot);
    if (/(?:^|[^\\])(?:\\\\)*[*?]/.test(word)) return wild(field, word, reading, spot);
    return this.words(field, unescaped(word), spot);
  }

  private words(field: string | null, text: string, spot: Spot): Filter | null {
    if (text === '') return ALL;
    if (field === null || field === '*' || field === '_all') return anywhere(text);
    const path = fieldOf(field, this.reading, spot);
    return path === null ? null : says(field, path, text);
  }

  private regex(field: string | null, pattern: string, spot: Spot): Filter | null {
    const source = luceneRegex(pattern.replaceAll('\\/', '/'));
    if (source === null)
      return lost(this.reading, spot, 'This expression uses what only Lucene knows.');
    if (field === null) return { kind: 'regex', source: source.slice(1, -1), ignoreCase: true };
    const path = fieldOf(field, this.reading, spot);
    if (path === null) return null;
    return isKeyword(field) ? like(path, source, false) : like(path, source.slice(1, -1), true);
  }

  private range(field: string | null, range: string, spot: Spot): Filter | null {
    if (field === null) return lost(this.reading, spot, 'A range without a field cannot be said.');
    const [from = '', to = ''] = range
      .slice(1, -1)
      .trim()
      .split(/\s+TO\s+/);
    const bound = (text: string): string | null => {
      const bare = text.replace(/^"|"$/g, '');
      return bare === '*' ? null : bare;
    };
    const bounds = {
      from: bound(from),
      to: bound(to),
      fromIncluded: range.startsWith('['),
      toIncluded: range.endsWith(']'),
    };
    return rangeOf(field, bounds, this.reading, spot);
  }

  private exists(field: string, spot: Spot): Filter | null {
    const path = fieldOf(field, this.reading, spot);
    return path === null ? null : test(path, { kind: 'exists' });
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

/** A word with stars: within texts a word of them, of keywords the whole value. */
export function wild(
  field: string | null,
  word: string,
  reading: Reading,
  spot: Spot,
): Filter | null {
  const inner = word.replace(/^\*+|\*+$/g, '');
  if (field === null || field === '*') {
    if (inner === '') return ALL;
    return /[*?\\]/.test(inner)
      ? {
          kind: 'regex',
          source: starred(inner, false).replaceAll('[\\s\\S]', '\\S'),
          ignoreCase: true,
        }
      : anywhere(inner);
  }
  if (reading.timeFields.has(field) && inner === '') return ALL;
  const path = fieldOf(field, reading, spot);
  if (path === null) return null;
  if (inner === '') return test(path, { kind: 'exists' });
  return isKeyword(field)
    ? like(path, starred(word, true), false)
    : like(path, starred(inner, false).replaceAll('[\\s\\S]', '\\S'), true);
}

/** Null, with notes, for what cannot be said or read. */
export const parseLucene = (
  query: string,
  options: Options,
  reading: Reading,
  spot: Spot,
): Filter | null => new LuceneReader(query, options, reading, spot).whole();
