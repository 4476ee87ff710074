/** A metric-math expression, parsed. */
export type Expression =
  | { kind: 'number'; value: number }
  | { kind: 'text'; value: string }
  | { kind: 'id'; name: string }
  | { kind: 'negate'; of: Expression }
  | { kind: 'binary'; operator: string; left: Expression; right: Expression }
  | { kind: 'call'; name: string; args: Expression[] };

export class ExpressionError extends Error {}

const TOKEN =
  /\s*(?:(\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|([A-Za-z_]\w*)|(["'])(.*?)\3|(<=|>=|==|!=|&&|\|\||[-+*/^(),<>]))/y;

interface Token {
  kind: 'number' | 'word' | 'text' | 'sign' | 'end';
  text: string;
}

function tokenize(text: string): Token[] {
  const source = text.trim();
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < source.length) {
    const at = TOKEN.lastIndex;
    const match = TOKEN.exec(source);
    if (match === null) throw new ExpressionError(`unexpected text at ${at}`);
    const [, number, word, quote, quoted, sign] = match;
    if (number !== undefined) tokens.push({ kind: 'number', text: number });
    else if (word !== undefined) tokens.push({ kind: 'word', text: word });
    else if (quote !== undefined) tokens.push({ kind: 'text', text: quoted ?? '' });
    else tokens.push({ kind: 'sign', text: sign ?? '' });
  }
  return tokens;
}

/** Weakest first. */
const LEVELS = [['||', '&&'], ['==', '!=', '<', '>', '<=', '>='], ['+', '-'], ['*', '/'], ['^']];
const END: Token = { kind: 'end', text: 'the end' };

/** Throws `ExpressionError`. */
export function parseExpression(text: string): Expression {
  const tokens = tokenize(text);
  let position = 0;
  const peek = (): Token => tokens[position] ?? END;
  const take = (): Token => {
    const token = peek();
    position += 1;
    return token;
  };
  const expectSign = (sign: string): void => {
    const token = take();
    if (token.kind !== 'sign' || token.text !== sign) {
      throw new ExpressionError(`expected ${sign}, found ${token.text}`);
    }
  };
  const isSign = (sign: string): boolean => peek().kind === 'sign' && peek().text === sign;

  const args = (): Expression[] => {
    const list: Expression[] = [];
    if (!isSign(')')) {
      list.push(binary(0));
      while (isSign(',')) {
        take();
        list.push(binary(0));
      }
    }
    expectSign(')');
    return list;
  };
  const primary = (): Expression => {
    const token = take();
    if (token.kind === 'number') return { kind: 'number', value: Number(token.text) };
    if (token.kind === 'text') return { kind: 'text', value: token.text };
    if (token.kind === 'word') {
      if (!isSign('(')) return { kind: 'id', name: token.text };
      take();
      return { kind: 'call', name: token.text.toUpperCase(), args: args() };
    }
    if (token.text === '-') return { kind: 'negate', of: primary() };
    if (token.text !== '(') throw new ExpressionError(`unexpected ${token.text}`);
    const inner = binary(0);
    expectSign(')');
    return inner;
  };
  const binary = (level: number): Expression => {
    const operators = LEVELS[level];
    if (operators === undefined) return primary();
    let left = binary(level + 1);
    while (peek().kind === 'sign' && operators.includes(peek().text)) {
      left = { kind: 'binary', operator: take().text, left, right: binary(level + 1) };
    }
    return left;
  };

  const parsed = binary(0);
  if (position < tokens.length) throw new ExpressionError(`unexpected ${peek().text}`);
  return parsed;
}
