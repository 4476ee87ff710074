import { type AggregateName, isAggregate } from './aggregate-names';
import { type Expression, ExpressionParser, regexOf } from './expression';
import { Cursor, QueryError, type Token, tokenize } from './tokens';

export interface Column {
  name: string;
  value: Expression;
}

export interface SortKey {
  value: Expression;
  descending: boolean;
}

/** An aggregate of `stats`; `field` is the hidden name its result has in the row of the group. */
export interface AggregateCall {
  name: AggregateName;
  argument: Expression | null;
  second: number | null;
  field: string;
}

export type Command =
  | { kind: 'fields' | 'display'; columns: Column[] }
  | { kind: 'filter'; condition: Expression }
  | { kind: 'parse'; from: Expression; regex: RegExp; names: string[] }
  | { kind: 'stats'; calls: AggregateCall[]; columns: Column[]; by: Column[] }
  | { kind: 'sort'; keys: SortKey[] }
  | { kind: 'limit'; count: number; last: boolean }
  | { kind: 'dedup'; by: Expression[] }
  | { kind: 'pattern'; from: Expression };

/** A query that has been read. `source` names groups that a SOURCE command asks for. */
export interface Query {
  commands: Command[];
  source: { groups: string[]; prefixes: string[] };
  /** Columns that hold times. */
  times: ReadonlySet<string>;
}

const EXPECTED =
  '{K_SOURCE, K_PARSE, K_SEARCH, K_FIELDS, K_DISPLAY, K_FILTER, K_STATS, K_SORT, K_ORDER, K_HEAD, K_LIMIT, K_TAIL, K_DEDUP, K_PATTERN}';
const LONGEST = 10_000;
/** Commands CloudWatch knows and the demo does not play. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  anomaly: 'anomaly needs an anomaly detector that has been trained on the log group',
  diff: 'diff compares with an earlier time range, which this account does not offer',
  unnest: 'unnest needs a field that jsonParse has made; it is not available for this log group',
  lookup: 'lookup needs a lookup table, and this account has none',
  join: 'join is not available in this account',
  unmask: 'unmask needs a data protection policy, and this log group has none',
};

/** Reads a Logs Insights query. Throws `QueryError` with the place of the mistake. */
export function parseQuery(text: string): Query {
  return new QueryParser(text).query();
}

class QueryParser {
  private readonly cursor: Cursor;
  private readonly times = new Set<string>();
  private readonly source = { groups: new Array<string>(), prefixes: new Array<string>() };
  private hidden = 0;

  constructor(text: string) {
    if (text.length > LONGEST) throw new QueryError('Query is too long', LONGEST, text.length);
    this.cursor = new Cursor(tokenize(text), text);
  }

  query(): Query {
    const commands: Command[] = [];
    do {
      if (this.cursor.peek().kind === 'end') break;
      const command = this.command();
      if (command !== null) commands.push(command);
    } while (this.cursor.take('|'));
    const rest = this.cursor.peek();
    if (rest.kind !== 'end') throw this.cursor.unexpected("{<EOF>, '|'}", rest);
    if (commands.length === 0 && this.source.groups.length + this.source.prefixes.length === 0) {
      throw this.cursor.unexpected(EXPECTED);
    }
    if (commands.filter((command) => command.kind === 'stats').length > 2) {
      throw new QueryError('A query can have at most two stats commands', 0, rest.end);
    }
    return { commands, source: this.source, times: this.times };
  }

  private command(): Command | null {
    const token = this.cursor.next();
    const name = token.kind === 'word' ? token.text.toLowerCase() : '';
    switch (name) {
      case 'fields':
      case 'display':
        return { kind: name, columns: this.columns() };
      case 'filter':
      case 'search':
      case 'filterindex':
        return { kind: 'filter', condition: this.expression() };
      case 'stats':
        return this.stats();
      case 'sort':
      case 'order':
        this.cursor.take('by');
        return { kind: 'sort', keys: this.sortKeys() };
      case 'limit':
      case 'head':
      case 'tail':
        return this.limit(name === 'tail');
      case 'parse':
        return this.parseCommand();
      case 'dedup':
        return { kind: 'dedup', by: this.list(() => this.expression()) };
      case 'pattern':
        return { kind: 'pattern', from: this.expression() };
      case 'source':
        this.sourceCommand();
        return null;
      default: {
        const reason = ELSEWHERE[name];
        if (reason !== undefined) throw new QueryError(reason, token.start, token.end);
        throw this.cursor.unexpected(EXPECTED, token);
      }
    }
  }

  private expression(): Expression {
    return new ExpressionParser(this.cursor, this.times).parse();
  }

  private list<T>(item: () => T): T[] {
    const items = [item()];
    while (this.cursor.take(',')) items.push(item());
    return items;
  }

  private columns(): Column[] {
    return this.list(() => this.column(this.expression()));
  }

  private column(value: Expression): Column {
    const name = this.cursor.take('as') ? this.name() : value.label.replaceAll('`', '');
    if (value.time) this.times.add(name);
    return { name, value };
  }

  private name(): string {
    const token = this.cursor.next();
    if (token.kind !== 'word' && token.kind !== 'field') {
      throw this.cursor.unexpected('IDENTIFIER', token);
    }
    return token.text;
  }

  private stats(): Command {
    const calls: AggregateCall[] = [];
    const register = (name: string, argument: Expression | null, second: number | null): string => {
      this.hidden += 1;
      const field = `\u0000${this.hidden}`;
      if (isAggregate(name)) calls.push({ name, argument, second, field });
      return field;
    };
    const columns = this.list(() => {
      const start = this.cursor.peek();
      const before = calls.length;
      const value = new ExpressionParser(this.cursor, this.times, register).parse();
      if (calls.length === before) {
        throw new QueryError(
          `Invalid aggregation: '${value.label}' has no aggregate function`,
          start.start,
          this.cursor.peek(-1).end,
        );
      }
      return this.column(value);
    });
    const by = this.cursor.take('by') ? this.columns() : [];
    return { kind: 'stats', calls, columns, by };
  }

  private sortKeys(): SortKey[] {
    return this.list(() => {
      const value = this.expression();
      const descending = this.cursor.take('desc');
      if (!descending) this.cursor.take('asc');
      return { value, descending };
    });
  }

  private limit(last: boolean): Command {
    const token = this.cursor.next();
    const count = Number(token.text);
    if (token.kind !== 'number' || !Number.isInteger(count) || count < 1) {
      throw this.cursor.unexpected('UNSIGNED_INTEGER', token);
    }
    if (count > 10_000) {
      throw new QueryError('limit must be less than or equal to 10000', token.start, token.end);
    }
    return { kind: 'limit', count, last };
  }

  /** `parse [field] "glob *" as a, b` or `parse [field] /(?<a>…)/`. */
  private parseCommand(): Command {
    const { cursor } = this;
    const bare = cursor.peek().kind === 'string' || cursor.peek().kind === 'regex';
    const from: Expression = bare
      ? { of: (row) => row.get('@message'), label: '@message', time: false }
      : new ExpressionParser(cursor, this.times).parse();
    const pattern = cursor.next();
    if (pattern.kind === 'regex') return this.parseRegex(from, pattern);
    if (pattern.kind !== 'string') throw cursor.unexpected('{STRING, REGEX}', pattern);
    const wildcards = pattern.text.split('*').length - 1;
    cursor.expect('as');
    const names = this.list(() => this.name());
    if (names.length !== wildcards) {
      throw new QueryError(
        `Number of fields (${names.length}) must match the number of wildcards (${wildcards})`,
        pattern.start,
        pattern.end,
      );
    }
    return { kind: 'parse', from, regex: globRegex(pattern.text), names };
  }

  private parseRegex(from: Expression, pattern: Token): Command {
    const regex = regexOf(pattern);
    const named = [...pattern.text.matchAll(/\(\?<([A-Za-z_]\w*)>/g)].map((m) => m[1] ?? '');
    const names = this.cursor.take('as') ? this.list(() => this.name()) : named;
    if (names.length === 0) {
      throw new QueryError(
        'A regular expression of parse needs named groups',
        pattern.start,
        pattern.end,
      );
    }
    return { kind: 'parse', from, regex, names };
  }

  /** `SOURCE "group" …` or `SOURCE logGroups(namePrefix: ["a"])`; time options are those of the call. */
  private sourceCommand(): void {
    const { cursor } = this;
    if (cursor.take('logGroups')) {
      cursor.expect('(');
      while (!cursor.take(')')) {
        const token = cursor.next();
        if (token.kind === 'end') throw cursor.unexpected("')'", token);
        if (token.kind === 'string') this.source.prefixes.push(token.text);
      }
    } else {
      const token = cursor.next();
      if (token.kind !== 'string') throw cursor.unexpected("{STRING, 'logGroups'}", token);
      this.source.groups.push(token.text);
    }
    while (!cursor.is('|') && cursor.peek().kind !== 'end') cursor.next();
  }
}

const SPECIAL = /[.+?^${}()|[\]\\]/g;

/** Stars take as little as the text around them lets them; the last one takes the rest. */
function globRegex(glob: string): RegExp {
  const parts = glob.split('*').map((part) => part.replace(SPECIAL, '\\$&'));
  const source = parts.reduce(
    (all, part, index) =>
      `${all}${index === parts.length - 1 && part === '' ? '([\\s\\S]*)' : '([\\s\\S]*?)'}${part}`,
  );
  return new RegExp(source);
}
