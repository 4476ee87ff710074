import { functions, isTrue, numberOf, textOf, truth } from './functions';
import type { Row, Value } from './row';
import { aggregateNames, keepsTime } from './aggregate-names';
import { calculate, compare, order } from './compare';
import { type Cursor, QueryError, type Token } from './tokens';

/** A part of a query that has a value in every row. */
export interface Expression {
  of(row: Row): Value;
  /** As written: the column's name where no other is given. */
  label: string;
  /** Its value is a time, ms. */
  time: boolean;
}

/** Names that earlier commands have given to times. */
export type TimeNames = ReadonlySet<string>;
const TIMES: TimeNames = new Set(['@timestamp', '@ingestionTime']);

const UNITS: readonly (readonly [RegExp, number])[] = [
  [/^(?:ms|msecs?|milliseconds?)$/, 1],
  [/^(?:s|secs?|seconds?)$/, 1000],
  [/^(?:m|mins?|minutes?)$/, 60_000],
  [/^(?:h|hrs?|hours?)$/, 3_600_000],
  [/^(?:d|days?)$/, 86_400_000],
  [/^(?:w|weeks?)$/, 604_800_000],
  [/^(?:mo|mon|months?)$/, 2_592_000_000],
  [/^(?:q|qtrs?|quarters?)$/, 7_776_000_000],
  [/^(?:y|yrs?|years?)$/, 31_536_000_000],
];

/** Reads expressions: or, and, not, comparisons, arithmetic, functions. */
export class ExpressionParser {
  constructor(
    private readonly cursor: Cursor,
    private readonly times: TimeNames,
    /** In `stats`: takes an aggregate and answers the name its result will have. */
    private readonly aggregate?: (
      name: string,
      argument: Expression | null,
      second: number | null,
    ) => string,
  ) {}

  parse(): Expression {
    const from = this.cursor.peek().start;
    const value = this.or();
    return { ...value, label: this.cursor.text.slice(from, this.endOfLast()).trim() };
  }

  /** The end of the token before the cursor. */
  private endOfLast(): number {
    return this.cursor.peek(-1).end;
  }

  private or(): Expression {
    let left = this.and();
    while (this.cursor.take('or')) {
      const a = left;
      const b = this.and();
      left = plain((row) => truth(isTrue(a.of(row)) || isTrue(b.of(row))));
    }
    return left;
  }

  private and(): Expression {
    let left = this.not();
    while (this.cursor.take('and')) {
      const a = left;
      const b = this.not();
      left = plain((row) => truth(isTrue(a.of(row)) && isTrue(b.of(row))));
    }
    return left;
  }

  private not(): Expression {
    if (!this.cursor.take('not')) return this.comparison();
    const inner = this.not();
    return plain((row) => truth(!isTrue(inner.of(row))));
  }

  private comparison(): Expression {
    const left = this.sum();
    const { cursor } = this;
    const negated = cursor.is('not') && (cursor.is('like', 1) || cursor.is('in', 1));
    if (negated) cursor.next();
    const flip = (value: boolean): Value => truth(value !== negated);
    if (cursor.take('like') || cursor.take('=~')) {
      const test = this.likeOperand();
      return plain((row) => {
        const value = left.of(row);
        return flip(value !== null && test(textOf(value)));
      });
    }
    if (cursor.take('in')) {
      const items = this.list();
      return plain((row) => {
        const value = left.of(row);
        return flip(items.some((item) => order(value, item.of(row)) === 0));
      });
    }
    const operator = (['=', '!=', '<=', '>=', '<', '>'] as const).find((op) => cursor.take(op));
    if (operator === undefined) return left;
    const right = this.sum();
    return plain((row) => truth(compare(left.of(row), operator, right.of(row))));
  }

  /** Text is looked for as it is; `%` at neither end is special. */
  private likeOperand(): (value: string) => boolean {
    const token = this.cursor.next();
    if (token.kind === 'regex') {
      const regex = regexOf(token);
      return (value) => regex.test(value);
    }
    if (token.kind === 'string') return (value) => value.includes(token.text);
    throw this.cursor.unexpected('{STRING, REGEX}', token);
  }

  private list(): Expression[] {
    this.cursor.expect('[');
    const items = [this.sum()];
    while (this.cursor.take(',')) items.push(this.sum());
    this.cursor.expect(']');
    return items;
  }

  private sum(): Expression {
    let left = this.product();
    for (;;) {
      const operator = (['+', '-'] as const).find((op) => this.cursor.take(op));
      if (operator === undefined) return left;
      left = arithmetic(left, operator, this.product());
    }
  }

  private product(): Expression {
    let left = this.power();
    for (;;) {
      const operator = (['*', '/', '%'] as const).find((op) => this.cursor.take(op));
      if (operator === undefined) return left;
      left = arithmetic(left, operator, this.power());
    }
  }

  private power(): Expression {
    const left = this.unary();
    return this.cursor.take('^') ? arithmetic(left, '^', this.power()) : left;
  }

  private unary(): Expression {
    if (!this.cursor.take('-')) return this.primary();
    const inner = this.unary();
    return arithmetic(constant(0), '-', inner);
  }

  private primary(): Expression {
    const { cursor } = this;
    if (cursor.take('(')) {
      const inner = this.or();
      cursor.expect(')');
      return inner;
    }
    const token = cursor.next();
    if (token.kind === 'number') return constant(Number(token.text));
    if (token.kind === 'string') return constant(token.text);
    if (token.kind === 'word' && cursor.is('(')) return this.call(token);
    if (token.kind === 'word' || token.kind === 'field') {
      const name = token.text;
      const time = TIMES.has(name) || this.times.has(name);
      return { of: (row) => row.get(name), label: name, time };
    }
    throw cursor.unexpected('{IDENTIFIER, NUMBER, STRING}', token);
  }

  private call(name: Token): Expression {
    const { cursor } = this;
    const lower = name.text.toLowerCase();
    cursor.expect('(');
    if (lower === 'bin') {
      const period = this.duration();
      cursor.expect(')');
      return timed((row) => floorTo(numberOf(row.get('@timestamp')), period));
    }
    if (lower === 'datefloor' || lower === 'dateceil') {
      const value = this.or();
      cursor.expect(',');
      const period = this.duration();
      cursor.expect(')');
      const up = lower === 'dateceil' ? period - 1 : 0;
      return timed((row) => {
        const at = numberOf(value.of(row));
        return floorTo(at === null ? null : at + up, period);
      });
    }
    if (this.aggregate !== undefined && aggregateNames.has(lower)) {
      return this.aggregateCall(lower, this.aggregate);
    }
    const args: Expression[] = [];
    if (!cursor.is(')')) {
      do args.push(this.or());
      while (cursor.take(','));
    }
    const close = cursor.expect(')');
    if (lower === 'now') return constant(Math.floor(Date.now() / 1000));
    const definition = functions.get(lower);
    if (definition === undefined) {
      throw new QueryError(`Invalid function name: ${name.text}`, name.start, name.end);
    }
    if (args.length < definition.least || args.length > definition.most) {
      throw new QueryError(
        `Invalid number of arguments for function ${name.text}: ${args.length}`,
        name.start,
        close.end,
      );
    }
    const of = (row: Row): Value => definition.call(args.map((arg) => arg.of(row)));
    return definition.time === true ? timed(of) : plain(of);
  }

  private aggregateCall(name: string, register: NonNullable<typeof this.aggregate>): Expression {
    const { cursor } = this;
    // Aggregates do not nest: inside, the name is a function's.
    const inside = new ExpressionParser(cursor, this.times);
    const all = cursor.take('*') || cursor.is(')');
    const argument = all ? null : inside.or();
    const second = cursor.take(',') ? numberOf(inside.or().of(NOTHING)) : null;
    cursor.expect(')');
    const field = register(name, argument, second);
    const time = keepsTime(name) && argument?.time === true;
    return { of: (row) => row.get(field), label: '', time };
  }

  /** A period, ms: `5m`, `1 h`. */
  duration(): number {
    const token = this.cursor.next();
    const [, amount = '', unit = ''] = /^(\d+)\s*([a-z]+)$/i.exec(token.text) ?? [];
    const factor = UNITS.find(([pattern]) => pattern.test(unit.toLowerCase()))?.[1];
    if (token.kind !== 'duration' || factor === undefined || Number(amount) === 0) {
      throw this.cursor.unexpected('PERIOD', token);
    }
    return Number(amount) * factor;
  }
}

const NOTHING: Row = { get: () => null, set: () => undefined };

const plain = (of: Expression['of']): Expression => ({ of, label: '', time: false });
const timed = (of: Expression['of']): Expression => ({ of, label: '', time: true });
const constant = (value: Value): Expression => plain(() => value);

const floorTo = (at: number | null, period: number): Value =>
  at === null ? null : Math.floor(at / period) * period;

export function regexOf(token: Token): RegExp {
  // The service's engine writes flags in front, as in (?i).
  const inline = /^\(\?([ims]+)\)/.exec(token.text);
  const source = inline === null ? token.text : token.text.slice(inline[0].length);
  const flags = [...new Set(`${inline?.[1] ?? ''}${token.flags ?? ''}`)].join('');
  try {
    return new RegExp(source, flags);
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    throw new QueryError(`Invalid regular expression: ${cause.message}`, token.start, token.end);
  }
}

function arithmetic(
  a: Expression,
  operator: '+' | '-' | '*' | '/' | '%' | '^',
  b: Expression,
): Expression {
  return plain((row) => {
    const left = numberOf(a.of(row));
    const right = numberOf(b.of(row));
    if (left === null || right === null) return null;
    const result = calculate(left, operator, right);
    return Number.isFinite(result) ? result : null;
  });
}
