/** Marks mistakes in metric math that can be seen without asking CloudWatch. */
import { expressionTokens, isInsightsQuery } from '../../shared/dashboards/expression';
import type { ExpressionToken } from '../../shared/dashboards/expression';
import { isMathFunction, isMathWord } from './math-functions';

export interface MathMistake {
  /** Offsets in the expression; `to` is after the last character. */
  from: number;
  to: number;
  message: string;
}

const CLOSES: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };
const OPENS: ReadonlySet<string> = new Set(Object.values(CLOSES));
const SIGNS = /[-+*/^()[\]{},<>=!&|]/;
const MAX_LENGTH = 2_048;

function mistake(token: ExpressionToken, message: string): MathMistake {
  return { from: token.at, to: token.at + token.text.length, message };
}

function brackets(tokens: readonly ExpressionToken[]): MathMistake[] {
  const open: ExpressionToken[] = [];
  const found: MathMistake[] = [];
  for (const token of tokens) {
    if (token.kind !== 'sign') continue;
    if (OPENS.has(token.text)) open.push(token);
    const wanted = Object.hasOwn(CLOSES, token.text) ? CLOSES[token.text] : undefined;
    if (wanted === undefined) continue;
    const last = open.pop();
    if (last === undefined)
      found.push(mistake(token, `Nothing is open that ${token.text} could close.`));
    else if (last.text !== wanted) {
      found.push(mistake(token, `${token.text} closes a ${last.text}.`));
    }
  }
  return [...found, ...open.map((token) => mistake(token, `This ${token.text} is never closed.`))];
}

/** AVG and its like stand without brackets only as what SORT sorts by. */
function standsAlone(token: ExpressionToken, before: ExpressionToken | undefined): boolean {
  return isMathWord(token.text) && (!isMathFunction(token.text) || before?.text === ',');
}

function wordMistake(
  token: ExpressionToken,
  before: ExpressionToken | undefined,
  ids: ReadonlySet<string>,
  self: string,
): MathMistake | null {
  switch (token.kind) {
    case 'call':
      return isMathFunction(token.text) || isMathWord(token.text)
        ? null
        : mistake(token, `CloudWatch has no function ${token.text}.`);
    case 'word':
      if (token.text === self) return mistake(token, `${self} is this very line.`);
      if (ids.has(token.text) || standsAlone(token, before)) return null;
      if (isMathFunction(token.text))
        return mistake(token, `${token.text} needs brackets: ${token.text}(…).`);
      return mistake(token, `No line of this chart is called ${token.text}.`);
    case 'text': {
      const closed = token.text.length > 1 && token.text.at(-1) === token.text[0];
      return closed ? null : mistake(token, 'This text in quotes is never closed.');
    }
    case 'sign':
      return SIGNS.test(token.text)
        ? null
        : mistake(token, `${token.text} means nothing in metric math.`);
    case 'number':
    case 'space':
      return null;
  }
}

function endsEarly(tokens: readonly ExpressionToken[]): MathMistake[] {
  const last = tokens.at(-1);
  return last !== undefined && last.kind === 'sign' && '+-*/^,<>='.includes(last.text)
    ? [mistake(last, `Something is missing after ${last.text}.`)]
    : [];
}

const JOINS = /^(AND|OR)$/i;

function isValue(token: ExpressionToken, brackets: string): boolean {
  if (token.kind === 'sign') return brackets.includes(token.text);
  return !JOINS.test(token.text);
}

/** Two values with nothing between them. */
function sideBySide(tokens: readonly ExpressionToken[]): MathMistake[] {
  return tokens.flatMap((token, at) => {
    const before = tokens[at - 1];
    if (before === undefined || before.kind === 'call') return [];
    return isValue(before, ')]') && isValue(token, '([')
      ? [mistake(token, `Something is missing before ${token.text}.`)]
      : [];
  });
}

function roundAbout(
  self: string,
  expression: string,
  expressions: ReadonlyMap<string, string>,
): string | null {
  const seen = new Set<string>();
  const open = [expression];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const { kind, text } of expressionTokens(next)) {
      if (kind !== 'word' || seen.has(text)) continue;
      if (text === self && next !== expression) return 'This line and another need each other.';
      seen.add(text);
      const inner = expressions.get(text);
      if (inner !== undefined) open.push(inner);
    }
  }
  return null;
}

/**
 * Everything wrong with one expression.
 * @param ids all lines of the chart
 * @param self the id of the line itself
 * @param expressions the chart's other expressions by id, to find circles
 */
export function checkMath(
  expression: string,
  ids: ReadonlySet<string>,
  self: string,
  expressions: ReadonlyMap<string, string>,
): MathMistake[] {
  const whole = { from: 0, to: expression.length };
  if (expression.trim() === '') return [{ ...whole, message: 'Write an expression.' }];
  if (expression.length > MAX_LENGTH) {
    return [{ ...whole, message: `CloudWatch takes at most ${MAX_LENGTH} characters.` }];
  }
  // Metrics Insights is SQL: only CloudWatch itself can judge it.
  if (isInsightsQuery(expression)) return [];
  const tokens = expressionTokens(expression).filter(({ kind }) => kind !== 'space');
  const words = tokens
    .map((token, at) => wordMistake(token, tokens[at - 1], ids, self))
    .filter((one) => one !== null);
  const circle = roundAbout(self, expression, expressions);
  return [
    ...words,
    ...brackets(tokens),
    ...endsEarly(tokens),
    ...sideBySide(tokens),
    ...(circle === null ? [] : [{ ...whole, message: circle }]),
  ].sort((a, b) => a.from - b.from);
}
