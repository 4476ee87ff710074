/** A metric-math expression, parsed. */
export type Expression =
  | { kind: 'number'; value: number }
  | { kind: 'text'; value: string }
  | { kind: 'id'; name: string }
  | { kind: 'array'; of: Expression[] }
  | { kind: 'negate'; of: Expression }
  | { kind: 'binary'; operator: Operator; left: Expression; right: Expression }
  | { kind: 'call'; name: string; args: Expression[] };

/** Weakest first. */
const LEVELS = [
  ['||'],
  ['&&'],
  ['==', '!=', '<=', '>=', '<', '>'],
  ['+', '-'],
  ['*', '/'],
] as const;
export type Operator = (typeof LEVELS)[number][number] | '^';

/** Its message is what follows `Error in expression 'id': `. */
export class ExpressionError extends Error {}

const invalidSyntax = (): ExpressionError => new ExpressionError('Invalid syntax');

const TOKEN =
  /\s*(?:(\d+(?:\.\d*)?(?:[eE][+-]?\d+)?|\.\d+)|([A-Za-z_]\w*)|"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|(<=|>=|==|!=|&&|\|\||[-+*/^(),<>[\]]))/y;

interface Token {
  kind: 'number' | 'word' | 'text' | 'sign' | 'end';
  text: string;
}

const WORDS: Readonly<Record<string, string>> = { AND: '&&', OR: '||' };
const END: Token = { kind: 'end', text: '' };
/** Deep enough for anything written by hand; a hostile text must not exhaust the stack. */
const MAX_DEPTH = 100;

function tokenize(text: string): Token[] {
  const source = text.trim();
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < source.length) {
    const match = TOKEN.exec(source);
    if (match === null) throw invalidSyntax();
    const [, number, word, double, single, sign] = match;
    if (number !== undefined) tokens.push({ kind: 'number', text: number });
    else if (word !== undefined) {
      const operator = WORDS[word];
      tokens.push(
        operator === undefined ? { kind: 'word', text: word } : { kind: 'sign', text: operator },
      );
    } else if (sign === undefined) tokens.push({ kind: 'text', text: double ?? single ?? '' });
    else tokens.push({ kind: 'sign', text: sign });
  }
  return tokens;
}

/** Throws `ExpressionError`. */
export function parseExpression(text: string): Expression {
  return new Parser(tokenize(text)).whole();
}

class Parser {
  private position = 0;
  private depth = 0;

  constructor(private readonly tokens: readonly Token[]) {}

  whole(): Expression {
    const parsed = this.level(0);
    if (this.position < this.tokens.length) throw invalidSyntax();
    return parsed;
  }

  private level(index: number): Expression {
    const operators = LEVELS[index];
    if (operators === undefined) return this.unary();
    let left = this.level(index + 1);
    for (;;) {
      const found = operators.find((operator) => this.isSign(operator));
      if (found === undefined) return left;
      this.position += 1;
      left = { kind: 'binary', operator: found, left, right: this.level(index + 1) };
    }
  }

  /** `-2 ^ 2` is −4, as everywhere in mathematics. */
  private unary(): Expression {
    this.depth += 1;
    if (this.depth > MAX_DEPTH) throw invalidSyntax();
    try {
      if (this.takeSign('-')) return { kind: 'negate', of: this.unary() };
      if (this.takeSign('+')) return this.unary();
      const base = this.primary();
      return this.takeSign('^')
        ? { kind: 'binary', operator: '^', left: base, right: this.unary() }
        : base;
    } finally {
      this.depth -= 1;
    }
  }

  private primary(): Expression {
    const token = this.tokens[this.position] ?? END;
    this.position += 1;
    switch (token.kind) {
      case 'number':
        return { kind: 'number', value: Number(token.text) };
      case 'text':
        return { kind: 'text', value: token.text };
      case 'word':
        return this.takeSign('(')
          ? { kind: 'call', name: token.text, args: this.list(')') }
          : { kind: 'id', name: token.text };
      case 'sign':
        return this.bracketed(token.text);
      case 'end':
        throw invalidSyntax();
    }
  }

  private bracketed(sign: string): Expression {
    if (sign === '[') return { kind: 'array', of: this.list(']') };
    if (sign !== '(') throw invalidSyntax();
    const inner = this.level(0);
    this.expectSign(')');
    return inner;
  }

  private list(end: ')' | ']'): Expression[] {
    if (this.takeSign(end)) return [];
    const list = [this.level(0)];
    while (this.takeSign(',')) list.push(this.level(0));
    this.expectSign(end);
    return list;
  }

  private isSign(sign: string): boolean {
    const token = this.tokens[this.position] ?? END;
    return token.kind === 'sign' && token.text === sign;
  }

  private takeSign(sign: string): boolean {
    if (!this.isSign(sign)) return false;
    this.position += 1;
    return true;
  }

  private expectSign(sign: string): void {
    if (!this.takeSign(sign)) throw invalidSyntax();
  }
}
