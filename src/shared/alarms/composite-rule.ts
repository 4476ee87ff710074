import type { AlarmState } from './alarm';

/** A composite alarm's AlarmRule, parsed. */
export type RuleNode =
  | { type: 'state'; state: AlarmState; alarm: string }
  | { type: 'constant'; value: boolean }
  | { type: 'not'; child: RuleNode }
  | { type: 'and' | 'or'; children: RuleNode[] };

interface Token {
  text: string;
  quoted: boolean;
}

/** AWS limits a rule to 10,240 characters; deeper nesting than this cannot be meant. */
const MAX_DEPTH = 200;

/**
 * Parses `ALARM("a") AND NOT (OK(b) OR TRUE)`. Names may be bare, in double or single quotes, or ARNs.
 * Returns null when the expression does not follow the grammar, so that the caller shows it as text.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html
 */
export function parseCompositeRule(expression: string): RuleNode | null {
  const tokens = tokenize(expression);
  if (tokens === null) return null;
  const parser = new Parser(tokens);
  const rule = parser.any(0);
  return rule !== null && parser.atEnd() ? rule : null;
}

function tokenize(expression: string): Token[] | null {
  const tokens: Token[] = [];
  // A bare word may hold colons, slashes and more: everything but white space, quotes and parentheses.
  const pattern = /\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|([()])|([^\s()"']+))/gy;
  const text = expression.trimEnd();
  while (pattern.lastIndex < text.length) {
    const match = pattern.exec(text);
    if (match === null) return null;
    const quoted = match[1] ?? match[2];
    tokens.push(
      quoted === undefined
        ? { text: match[3] ?? match[4] ?? '', quoted: false }
        : { text: quoted.replace(/\\(.)/g, '$1'), quoted: true },
    );
  }
  return tokens;
}

class Parser {
  private position = 0;
  constructor(private readonly tokens: Token[]) {}

  atEnd(): boolean {
    return this.position === this.tokens.length;
  }

  any(depth: number): RuleNode | null {
    return this.chain('or', 'OR', () => this.all(depth));
  }

  private all(depth: number): RuleNode | null {
    return this.chain('and', 'AND', () => this.unary(depth));
  }

  private chain(type: 'and' | 'or', word: string, next: () => RuleNode | null): RuleNode | null {
    const children: RuleNode[] = [];
    do {
      const child = next();
      if (child === null) return null;
      children.push(child);
    } while (this.accept(word));
    const [only] = children;
    return children.length === 1 && only !== undefined ? only : { type, children };
  }

  private unary(depth: number): RuleNode | null {
    if (depth > MAX_DEPTH) return null;
    if (this.accept('NOT')) {
      const child = this.unary(depth + 1);
      return child === null ? null : { type: 'not', child };
    }
    if (this.accept('(')) {
      const inner = this.any(depth + 1);
      return inner !== null && this.accept(')') ? inner : null;
    }
    if (this.accept('TRUE')) return { type: 'constant', value: true };
    if (this.accept('FALSE')) return { type: 'constant', value: false };
    return this.stateTest();
  }

  private stateTest(): RuleNode | null {
    for (const state of ['ALARM', 'OK', 'INSUFFICIENT_DATA'] as const) {
      if (!this.accept(state)) continue;
      if (!this.accept('(')) return null;
      const name = this.name();
      return name !== null && this.accept(')') ? { type: 'state', state, alarm: name } : null;
    }
    return null;
  }

  /** A bare name may contain spaces: everything up to the closing parenthesis. */
  private name(): string | null {
    const words: string[] = [];
    for (let token = this.tokens[this.position]; token !== undefined;) {
      if (!token.quoted && (token.text === ')' || token.text === '(')) break;
      words.push(token.text);
      token = this.tokens[++this.position];
    }
    return words.length === 0 ? null : words.join(' ');
  }

  private accept(word: string): boolean {
    const token = this.tokens[this.position];
    if (token === undefined || token.quoted || token.text.toUpperCase() !== word) return false;
    this.position += 1;
    return true;
  }
}
