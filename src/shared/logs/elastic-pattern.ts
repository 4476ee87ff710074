/**
 * CloudWatch's filter patterns in the query syntax of Lucene, as far as both can say the same, so that one search
 * goes to CloudWatch and to other servers alike. What is typed in Lucene's own syntax stays as it is.
 */

export type LuceneQuery = { ok: true; query: string } | { ok: false; why: string };

const OPERATORS: Readonly<Record<string, string>> = { '>': '>', '>=': '>=', '<': '<', '<=': '<=' };
const token =
  /\s*(?:(&&|\|\||!=|>=|<=|[()=<>])|("(?:\\.|[^"\\])*")|(\$(?:\.[\w@-]+)+)|([^\s()=<>!&|"$]+))/y;

export function toLucene(pattern: string): LuceneQuery {
  const text = pattern.trim();
  if (!text.startsWith('{')) return words(text);
  if (!text.endsWith('}')) return { ok: false, why: 'its brace is not closed' };
  try {
    return { ok: true, query: new Parser(text.slice(1, -1)).whole() };
  } catch (error) {
    if (error instanceof Untranslatable) return { ok: false, why: error.message };
    throw error;
  }
}

/** `?a ?b` asks for either; regular expressions and columns are CloudWatch's own. */
function words(text: string): LuceneQuery {
  if (/^%.*%$/.test(text)) return { ok: false, why: 'regular expressions mean other things there' };
  if (/^\[.*\]$/.test(text) && !/\sTO\s/.test(text)) {
    return { ok: false, why: 'it asks for columns of a line' };
  }
  const either = text.match(/"(?:\\.|[^"\\])*"|\?"(?:\\.|[^"\\])*"|\S+/g) ?? [];
  if (either.length > 1 && either.every((one) => /^\?[^?*]/.test(one))) {
    return { ok: true, query: either.map((one) => one.slice(1)).join(' OR ') };
  }
  return { ok: true, query: text };
}

class Untranslatable extends Error {}

interface Token {
  kind: 'sign' | 'string' | 'field' | 'word';
  text: string;
}

class Parser {
  private readonly tokens: Token[];
  private at = 0;

  constructor(text: string) {
    this.tokens = tokensOf(text);
  }

  whole(): string {
    const query = this.or();
    if (this.at < this.tokens.length) throw new Untranslatable(`${this.here()} is not expected`);
    return query;
  }

  private or(): string {
    const parts = [this.and()];
    while (this.takes('||')) parts.push(this.and());
    return parts.length === 1 ? (parts[0] ?? '') : `(${parts.join(' OR ')})`;
  }

  private and(): string {
    const parts = [this.one()];
    while (this.takes('&&')) parts.push(this.one());
    return parts.length === 1 ? (parts[0] ?? '') : `(${parts.join(' AND ')})`;
  }

  private one(): string {
    if (this.takes('(')) {
      const inner = this.or();
      if (!this.takes(')')) throw new Untranslatable('a parenthesis is not closed');
      return inner;
    }
    const field = this.next();
    if (field?.kind !== 'field')
      throw new Untranslatable(`${field?.text ?? 'the end'} is no field`);
    return this.condition(escapeField(field.text.slice(2)));
  }

  private condition(field: string): string {
    const operator = this.next();
    const bound = OPERATORS[operator?.text ?? ''];
    if (bound !== undefined) return `${field}:${bound}${this.number()}`;
    if (operator?.text === '=') return `${field}:${this.value()}`;
    // A record without the field is not another value of it.
    if (operator?.text === '!=') return `(_exists_:${field} AND NOT ${field}:${this.value()})`;
    return this.spelled(field, operator);
  }

  /** `EXISTS`, `NOT EXISTS`, `IS TRUE`, `IS FALSE`; a null is nowhere in an index. */
  private spelled(field: string, first: Token | undefined): string {
    const word = first?.text.toUpperCase();
    if (word === 'EXISTS') return `_exists_:${field}`;
    const second = this.next()?.text.toUpperCase();
    if (word === 'NOT' && second === 'EXISTS') return `(NOT _exists_:${field})`;
    if (word === 'IS' && second === 'TRUE') return `${field}:true`;
    if (word === 'IS' && second === 'FALSE') return `${field}:false`;
    throw new Untranslatable(`${first?.text ?? 'the end'} ${second ?? ''}`.trim() + ' has no like');
  }

  private number(): string {
    const { text = '' } = this.next() ?? {};
    if (!/^-?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(text))
      throw new Untranslatable(`${text} is no number`);
    return text.startsWith('-') ? `"${text}"` : text;
  }

  private value(): string {
    const value = this.next();
    if (value?.kind === 'string') return stringValue(value.text.slice(1, -1));
    if (value?.kind === 'word') return stringValue(value.text);
    throw new Untranslatable(`${value?.text ?? 'the end'} is no value`);
  }

  private takes(text: string): boolean {
    const found = this.tokens[this.at]?.kind === 'sign' && this.here() === text;
    if (found) this.at += 1;
    return found;
  }

  private next(): Token | undefined {
    const found = this.tokens[this.at];
    this.at += 1;
    return found;
  }

  private here(): string {
    return this.tokens[this.at]?.text ?? '';
  }
}

function tokensOf(text: string): Token[] {
  const found: Token[] = [];
  const reader = new RegExp(token);
  const end = text.trimEnd().length;
  while (reader.lastIndex < end) {
    const at = reader.lastIndex;
    const [, sign, string, field, word] = reader.exec(text) ?? [];
    if (sign !== undefined) found.push({ kind: 'sign', text: sign });
    else if (string !== undefined) found.push({ kind: 'string', text: string });
    else if (field !== undefined) found.push({ kind: 'field', text: field });
    else if (word !== undefined && !/[%[\]]/.test(word)) found.push({ kind: 'word', text: word });
    else throw new Untranslatable(`"${text.slice(at, at + 20).trim()}" has no like`);
  }
  return found;
}

/** A star stands for any letters in both; a phrase in quotation marks would take it as itself. */
function stringValue(text: string): string {
  const plain = text.replace(/\\(.)/g, '$1');
  if (!plain.includes('*')) return `"${plain.replace(/["\\]/g, '\\$&')}"`;
  return plain === '*' ? '*' : plain.replace(/[^\w*\u0080-\uffff]/g, '\\$&');
}

const escapeField = (field: string): string => field.replace(/[^\w.]/g, '\\$&');

/** How patterns are read where the chosen groups are. */
export type PatternLanguage = 'cloudwatch' | 'lucene' | 'both';

export function patternLanguage(elastic: readonly boolean[]): PatternLanguage {
  if (!elastic.includes(true)) return 'cloudwatch';
  return elastic.includes(false) ? 'both' : 'lucene';
}
