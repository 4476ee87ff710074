/**
 * Reads CloudWatch's metric math just far enough to know which queries an expression names, and to rename
 * them. https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html
 */

export interface ExpressionToken {
  kind: 'word' | 'call' | 'number' | 'text' | 'sign' | 'space';
  text: string;
  /** Offset in the expression. */
  at: number;
}

const WORD = /[A-Za-z_][A-Za-z0-9_]*/y;
const NUMBER = /(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y;
const SPACE = /\s+/y;

function match(pattern: RegExp, text: string, at: number): string | null {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? null;
}

/** End of the quoted text that begins at `at`; an unclosed one goes to the end. */
function quotedEnd(text: string, at: number): number {
  const quote = text[at];
  for (let next = at + 1; next < text.length; next += 1) {
    if (text[next] === '\\') next += 1;
    else if (text[next] === quote) return next + 1;
  }
  return text.length;
}

/**
 * Splits an expression; the tokens' texts joined are the expression again. A `call` is a word with an
 * opening parenthesis after it. Linear in the length.
 */
export function expressionTokens(expression: string): ExpressionToken[] {
  const tokens: ExpressionToken[] = [];
  let at = 0;
  while (at < expression.length) {
    const token = tokenAt(expression, at);
    tokens.push(token);
    at += token.text.length;
  }
  return tokens;
}

function tokenAt(expression: string, at: number): ExpressionToken {
  const first = expression[at] ?? '';
  if (first === '"' || first === "'") {
    return { kind: 'text', text: expression.slice(at, quotedEnd(expression, at)), at };
  }
  const space = match(SPACE, expression, at);
  if (space !== null) return { kind: 'space', text: space, at };
  const word = match(WORD, expression, at);
  if (word !== null) {
    const gap = match(SPACE, expression, at + word.length)?.length ?? 0;
    const isCall = expression[at + word.length + gap] === '(';
    return { kind: isCall ? 'call' : 'word', text: word, at };
  }
  const number = match(NUMBER, expression, at);
  if (number !== null) return { kind: 'number', text: number, at };
  return { kind: 'sign', text: first, at };
}

/** A Metrics Insights query: SQL, in which no other query can be named. */
export function isInsightsQuery(expression: string): boolean {
  return /^\s*SELECT\s/i.test(expression);
}

/** Words that may be ids of other queries: outside quotes, not called. The caller knows which ids exist. */
export function expressionWords(expression: string): Set<string> {
  if (isInsightsQuery(expression)) return new Set();
  const words = expressionTokens(expression).filter(({ kind }) => kind === 'word');
  return new Set(words.map(({ text }) => text));
}

/** Rewrites ids; words inside quotes, function names and SQL stay. */
export function renameIds(expression: string, names: ReadonlyMap<string, string>): string {
  if (isInsightsQuery(expression)) return expression;
  return expressionTokens(expression)
    .map(({ kind, text }) => (kind === 'word' ? (names.get(text) ?? text) : text))
    .join('');
}

/** What `METRICS()` or `METRICS("part")` of an expression take in: null where it has none. */
export function metricsFilters(expression: string): string[] | null {
  if (isInsightsQuery(expression)) return null;
  const tokens = meaningful(expression);
  const filters = tokens.flatMap(({ kind, text }, index) => {
    if (kind !== 'call' || text.toUpperCase() !== 'METRICS') return [];
    const argument = tokens[index + 2];
    return [argument?.kind === 'text' ? argument.text.slice(1, -1) : ''];
  });
  return filters.length === 0 ? null : filters;
}

/** Whether the expression finds its metrics itself, so that it may answer any number of series. */
export function findsMetrics(expression: string): boolean {
  return isInsightsQuery(expression) || callsOf(expression).has('SEARCH');
}

/** Whether each SEARCH states its period as its third argument. */
export function searchesStatePeriod(expression: string): boolean {
  const tokens = meaningful(expression);
  return tokens.every(
    ({ kind, text }, index) =>
      kind !== 'call' || text.toUpperCase() !== 'SEARCH' || argumentCount(tokens, index + 1) >= 3,
  );
}

function argumentCount(tokens: ExpressionToken[], open: number): number {
  let depth = 0;
  let count = 1;
  for (const { kind, text } of tokens.slice(open)) {
    if (kind !== 'sign') continue;
    if ('([{'.includes(text)) depth += 1;
    if (')]}'.includes(text)) depth -= 1;
    if (depth === 0) return count;
    if (depth === 1 && text === ',') count += 1;
  }
  return count;
}

const meaningful = (expression: string): ExpressionToken[] =>
  expressionTokens(expression).filter(({ kind }) => kind !== 'space');

function callsOf(expression: string): Set<string> {
  const calls = expressionTokens(expression).filter(({ kind }) => kind === 'call');
  return new Set(calls.map(({ text }) => text.toUpperCase()));
}

/** Functions whose value at a time needs nothing but the inputs at that time. */
const POINTWISE = new Set([
  ...['ABS', 'CEIL', 'FLOOR', 'LOG', 'LOG10', 'EXP', 'SQRT', 'IF', 'PERIOD', 'METRICS'],
  ...['MINUTE', 'HOUR', 'DAY', 'DATE', 'MONTH', 'YEAR', 'EPOCH'],
]);
/** Across several series they give a value per time; over one series they give one for the whole window. */
const ACROSS = new Set(['AVG', 'MAX', 'MIN', 'SUM', 'STDDEV']);

/**
 * True when the value at a time depends only on the inputs at that time, so that an answer for a part of
 * the window can be joined to what is known. In doubt false: the whole window is asked again.
 */
export function isPointwise(expression: string): boolean {
  if (findsMetrics(expression)) return false;
  const tokens = meaningful(expression);
  return tokens.every(({ kind, text }, index) => {
    if (kind !== 'call') return true;
    const name = text.toUpperCase();
    if (ACROSS.has(name)) {
      const argument = tokens[index + 2];
      return argument?.text === '[' || argument?.text.toUpperCase() === 'METRICS';
    }
    if (name === 'FILL') return fillsWithNumber(tokens, index + 1);
    return POINTWISE.has(name);
  });
}

/** `FILL(m1, 0)`: the other ways (LINEAR, REPEAT, another series) look at neighbours. */
function fillsWithNumber(tokens: ExpressionToken[], open: number): boolean {
  let depth = 0;
  for (let at = open; at < tokens.length; at += 1) {
    const text = tokens[at]?.text ?? '';
    if ('([{'.includes(text)) depth += 1;
    if (')]}'.includes(text)) depth -= 1;
    if (depth === 0) return false;
    if (depth === 1 && text === ',') {
      const next = tokens[at + 1]?.text === '-' ? at + 2 : at + 1;
      return tokens[next]?.kind === 'number' && tokens[next + 1]?.text === ')';
    }
  }
  return false;
}
