import { ExpressionError } from '../expression';

/** What a metric must be like to be found. */
export type SearchTerm =
  | { kind: 'and' | 'or'; of: SearchTerm[] }
  | { kind: 'not'; of: SearchTerm }
  | {
      kind: 'match';
      /** `MetricName`, `Namespace`, a dimension, `:aws.AccountId`; null: any of them. */
      property: string | null;
      text: string;
      /** The whole text, letter by letter; otherwise by tokens. */
      exact: boolean;
    };

export interface Search {
  /** Null: any. */
  namespace: string | null;
  /** Null: any; otherwise exactly these dimensions. */
  dimensions: string[] | null;
  /** Null: every metric of the schema. */
  term: SearchTerm | null;
}

const MAX_LENGTH = 1024;
const MAX_DEPTH = 50;
const TOKEN = /\s*(?:"((?:[^"\\]|\\.)*)"|([(){}=,])|([^\s"(){}=,]+))/y;

interface Token {
  kind: 'quoted' | 'sign' | 'word';
  text: string;
}

const invalid = (why: string): ExpressionError =>
  new ExpressionError(`Invalid search expression: ${why}`);

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/search-expression-syntax.html Throws `ExpressionError`. */
export function parseSearch(text: string): Search {
  if (text.length > MAX_LENGTH) throw invalid(`it is longer than ${MAX_LENGTH} characters`);
  return new Parser(tokenize(text)).search();
}

function tokenize(text: string): Token[] {
  const source = text.trim();
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < source.length) {
    const match = TOKEN.exec(source);
    if (match === null) throw invalid('a quotation mark is not closed');
    const [, quoted, sign, word] = match;
    if (quoted !== undefined) {
      tokens.push({ kind: 'quoted', text: quoted.replace(/\\(.)/g, '$1') });
    } else if (sign !== undefined) tokens.push({ kind: 'sign', text: sign });
    else tokens.push({ kind: 'word', text: word ?? '' });
  }
  return tokens;
}

class Parser {
  private position = 0;
  private depth = 0;

  constructor(private readonly tokens: readonly Token[]) {}

  search(): Search {
    const { namespace, dimensions } = this.schema();
    this.takeSign(',');
    const term = this.position < this.tokens.length ? this.any() : null;
    if (this.position < this.tokens.length) {
      throw invalid(`unexpected ${this.tokens[this.position]?.text ?? ''}`);
    }
    if (namespace === null && term === null) throw invalid('it names neither a schema nor a term');
    return { namespace, dimensions, term };
  }

  private schema(): Pick<Search, 'namespace' | 'dimensions'> {
    if (!this.takeSign('{')) return { namespace: null, dimensions: null };
    const names = [this.name()];
    while (this.takeSign(',')) names.push(this.name());
    if (!this.takeSign('}')) throw invalid('the schema is not closed');
    const [namespace = '', ...dimensions] = names;
    return { namespace, dimensions: dimensions.length === 0 ? null : dimensions };
  }

  private name(): string {
    const token = this.tokens[this.position];
    if (token === undefined || token.kind === 'sign') throw invalid('a name is missing');
    this.position += 1;
    return token.text;
  }

  private any(): SearchTerm {
    this.depth += 1;
    if (this.depth > MAX_DEPTH) throw invalid('its parentheses are too deep');
    const of = [this.all()];
    while (this.takeWord('OR')) of.push(this.all());
    this.depth -= 1;
    const [only] = of;
    return of.length === 1 && only !== undefined ? only : { kind: 'or', of };
  }

  private all(): SearchTerm {
    const of = [this.single()];
    while (this.takeWord('AND') || this.beginsTerm()) of.push(this.single());
    const [only] = of;
    return of.length === 1 && only !== undefined ? only : { kind: 'and', of };
  }

  private single(): SearchTerm {
    if (this.takeWord('NOT')) return { kind: 'not', of: this.single() };
    if (this.takeSign('(')) return this.closed(this.any());
    const token = this.take();
    if (!this.takeSign('=')) return match(null, token);
    if (this.takeSign('(')) return this.closed(within(this.any(), token.text));
    return match(token.text, this.take());
  }

  private closed(term: SearchTerm): SearchTerm {
    if (!this.takeSign(')')) throw invalid('a parenthesis is not closed');
    return term;
  }

  private take(): Token {
    const token = this.tokens[this.position];
    if (token === undefined || token.kind === 'sign') throw invalid('a search term is missing');
    this.position += 1;
    return token;
  }

  private beginsTerm(): boolean {
    const token = this.tokens[this.position];
    if (token === undefined) return false;
    if (token.kind === 'sign') return token.text === '(';
    return token.kind === 'quoted' || token.text !== 'OR';
  }

  private takeWord(word: string): boolean {
    const token = this.tokens[this.position];
    if (token?.kind !== 'word' || token.text !== word) return false;
    this.position += 1;
    return true;
  }

  private takeSign(sign: string): boolean {
    const token = this.tokens[this.position];
    if (token?.kind !== 'sign' || token.text !== sign) return false;
    this.position += 1;
    return true;
  }
}

const match = (property: string | null, token: Token): SearchTerm => ({
  kind: 'match',
  property,
  text: token.text,
  exact: token.kind === 'quoted',
});

/** `Property=(a OR b)`: every term inside is of the property. */
function within(term: SearchTerm, property: string): SearchTerm {
  switch (term.kind) {
    case 'and':
    case 'or':
      return { kind: term.kind, of: term.of.map((inner) => within(inner, property)) };
    case 'not':
      return { kind: 'not', of: within(term.of, property) };
    case 'match':
      return { ...term, property: term.property ?? property };
  }
}
