import { ExpressionError } from '../expression';

const insightFunctions = ['AVG', 'COUNT', 'MAX', 'MIN', 'SUM'] as const;
export type InsightFunction = (typeof insightFunctions)[number];

export interface InsightQuery {
  of: InsightFunction;
  metricName: string;
  namespace: string;
  /** Exactly these dimensions; null: any. */
  dimensions: string[] | null;
  /** All of them hold. */
  where: { key: string; equal: boolean; value: string }[];
  groupBy: string[];
  orderBy: { of: InsightFunction; order: 'ASC' | 'DESC' } | null;
  limit: number;
}

export const MAX_SERIES = 500;
const TOKEN =
  /\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|(!=|[=(),*])|([A-Za-z_]\w*(?:\.\w+)*)|(\d+))/y;

interface Token {
  kind: 'name' | 'value' | 'sign' | 'word' | 'number';
  text: string;
}

/** Whether an expression is a Metrics Insights query rather than metric math. */
export const isInsights = (expression: string): boolean => /^\s*SELECT\s/i.test(expression);

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-metrics-insights-querylanguage.html Throws `ExpressionError`. */
export function parseInsights(text: string): InsightQuery {
  return new Parser(tokenize(text)).query();
}

const invalid = (): ExpressionError => new ExpressionError('Invalid syntax');

function tokenize(text: string): Token[] {
  const source = text.trim();
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < source.length) {
    const match = TOKEN.exec(source);
    if (match === null) throw invalid();
    const [, name, value, sign, word, number] = match;
    if (name !== undefined) tokens.push({ kind: 'name', text: unescape(name) });
    else if (value !== undefined) tokens.push({ kind: 'value', text: unescape(value) });
    else if (sign !== undefined) tokens.push({ kind: 'sign', text: sign });
    else if (word !== undefined) tokens.push({ kind: 'word', text: word });
    else tokens.push({ kind: 'number', text: number ?? '' });
  }
  return tokens;
}

const unescape = (text: string): string => text.replace(/\\(.)/g, '$1');

class Parser {
  private position = 0;

  constructor(private readonly tokens: readonly Token[]) {}

  query(): InsightQuery {
    this.keyword('SELECT');
    const of = this.aggregate();
    const metricName = this.bracketed(() => this.name());
    this.keyword('FROM');
    const source = this.source();
    const where = this.takeKeyword('WHERE') ? this.conditions() : [];
    const groupBy = this.takeKeyword('GROUP') ? this.groups() : [];
    const orderBy = this.takeKeyword('ORDER') ? this.order() : null;
    const limit = this.takeKeyword('LIMIT') ? this.limit() : MAX_SERIES;
    if (this.position < this.tokens.length) throw invalid();
    return { of, metricName, ...source, where, groupBy, orderBy, limit };
  }

  private source(): Pick<InsightQuery, 'namespace' | 'dimensions'> {
    const next = this.tokens[this.position + 1];
    if (!this.isKeyword('SCHEMA') || next?.text !== '(') {
      return { namespace: this.name(), dimensions: null };
    }
    this.position += 1;
    const [namespace = '', ...dimensions] = this.bracketed(() => this.names());
    return { namespace, dimensions };
  }

  private conditions(): InsightQuery['where'] {
    const where: InsightQuery['where'] = [];
    do {
      const key = this.name();
      const sign = this.take();
      if (sign.kind !== 'sign' || (sign.text !== '=' && sign.text !== '!=')) throw invalid();
      const value = this.take();
      if (value.kind !== 'value') throw invalid();
      where.push({ key, equal: sign.text === '=', value: value.text });
    } while (this.takeKeyword('AND'));
    return where;
  }

  private groups(): string[] {
    this.keyword('BY');
    return this.names();
  }

  private order(): NonNullable<InsightQuery['orderBy']> {
    this.keyword('BY');
    const of = this.aggregate();
    this.sign('(');
    this.sign(')');
    if (this.takeKeyword('DESC')) return { of, order: 'DESC' };
    this.takeKeyword('ASC');
    return { of, order: 'ASC' };
  }

  private limit(): number {
    const token = this.take();
    const limit = Number(token.text);
    if (token.kind !== 'number' || limit < 1 || limit > MAX_SERIES) throw invalid();
    return limit;
  }

  private names(): string[] {
    const names = [this.name()];
    while (this.isSign(',')) {
      this.position += 1;
      names.push(this.name());
    }
    return names;
  }

  private aggregate(): InsightFunction {
    const word = this.take().text.toUpperCase();
    const found = insightFunctions.find((name) => name === word);
    if (found === undefined) throw invalid();
    return found;
  }

  private bracketed<T>(inner: () => T): T {
    this.sign('(');
    const result = inner();
    this.sign(')');
    return result;
  }

  private name(): string {
    const token = this.take();
    if (token.kind !== 'name' && token.kind !== 'word') throw invalid();
    return token.text;
  }

  private take(): Token {
    const token = this.tokens[this.position];
    if (token === undefined) throw invalid();
    this.position += 1;
    return token;
  }

  private isSign(sign: string): boolean {
    const token = this.tokens[this.position];
    return token?.kind === 'sign' && token.text === sign;
  }

  private sign(sign: string): void {
    if (!this.isSign(sign)) throw invalid();
    this.position += 1;
  }

  private isKeyword(word: string): boolean {
    const token = this.tokens[this.position];
    return token?.kind === 'word' && token.text.toUpperCase() === word;
  }

  private takeKeyword(word: string): boolean {
    if (!this.isKeyword(word)) return false;
    this.position += 1;
    return true;
  }

  private keyword(word: string): void {
    if (!this.takeKeyword(word)) throw invalid();
  }
}
