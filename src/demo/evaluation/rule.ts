import type { StateValue } from '../model';

/** A composite's AlarmRule, parsed. */
export type Rule =
  | { kind: 'state'; state: StateValue; alarm: string }
  | { kind: 'constant'; value: boolean }
  | { kind: 'not'; rule: Rule }
  | { kind: 'and' | 'or'; left: Rule; right: Rule };

export class RuleSyntaxError extends Error {}

const TOKEN = /\s*(?:(\()|(\))|"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|([^\s()"']+))/y;

interface Token {
  kind: '(' | ')' | 'text' | 'word';
  text: string;
}

function tokenize(rule: string): Token[] {
  const tokens: Token[] = [];
  const source = rule.trim();
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < source.length) {
    const at = TOKEN.lastIndex;
    const match = TOKEN.exec(source);
    if (match === null) throw new RuleSyntaxError(`unexpected text at ${at}`);
    const [, open, close, double, single, word] = match;
    if (open !== undefined) tokens.push({ kind: '(', text: '(' });
    else if (close !== undefined) tokens.push({ kind: ')', text: ')' });
    else if (word !== undefined) tokens.push({ kind: 'word', text: word });
    else tokens.push({ kind: 'text', text: (double ?? single ?? '').replace(/\\(.)/g, '$1') });
  }
  return tokens;
}

/**
 * Parses AlarmRule: ALARM("name or ARN"), OK(...), INSUFFICIENT_DATA(...), TRUE, FALSE, AND, OR, NOT, parentheses.
 * NOT binds tightest, then AND, then OR. Throws `RuleSyntaxError`.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html
 */
export function parseRule(rule: string): Rule {
  const tokens = tokenize(rule);
  let position = 0;
  const next = (): Token | undefined => tokens[position];
  const take = (): Token => {
    const token = tokens[position];
    if (token === undefined) throw new RuleSyntaxError('unexpected end');
    position += 1;
    return token;
  };
  const expect = (kind: Token['kind']): Token => {
    const token = take();
    if (token.kind !== kind) throw new RuleSyntaxError(`expected ${kind}, found ${token.text}`);
    return token;
  };
  const isWord = (word: string): boolean => {
    const token = next();
    return token?.kind === 'word' && token.text.toUpperCase() === word;
  };

  const primary = (): Rule => {
    if (isWord('NOT')) {
      take();
      return { kind: 'not', rule: primary() };
    }
    const token = take();
    if (token.kind === '(') {
      const inner = disjunction();
      expect(')');
      return inner;
    }
    const word = token.kind === 'word' ? token.text.toUpperCase() : '';
    if (word === 'TRUE' || word === 'FALSE') return { kind: 'constant', value: word === 'TRUE' };
    if (word !== 'ALARM' && word !== 'OK' && word !== 'INSUFFICIENT_DATA') {
      throw new RuleSyntaxError(`unexpected ${token.text}`);
    }
    expect('(');
    const name = take();
    if (name.kind !== 'text' && name.kind !== 'word')
      throw new RuleSyntaxError('expected an alarm');
    // An unquoted name may hold spaces.
    let text = name.text;
    while (name.kind === 'word' && next()?.kind === 'word') text += ` ${take().text}`;
    expect(')');
    return { kind: 'state', state: word, alarm: text };
  };
  const conjunction = (): Rule => {
    let left = primary();
    while (isWord('AND')) {
      take();
      left = { kind: 'and', left, right: primary() };
    }
    return left;
  };
  const disjunction = (): Rule => {
    let left = conjunction();
    while (isWord('OR')) {
      take();
      left = { kind: 'or', left, right: conjunction() };
    }
    return left;
  };

  const parsed = disjunction();
  if (position !== tokens.length) throw new RuleSyntaxError(`unexpected ${next()?.text ?? ''}`);
  return parsed;
}

/** Whether the rule holds; a child that does not exist is in no state. */
export function ruleHolds(rule: Rule, stateOf: (alarm: string) => StateValue | null): boolean {
  switch (rule.kind) {
    case 'state':
      return stateOf(rule.alarm) === rule.state;
    case 'constant':
      return rule.value;
    case 'not':
      return !ruleHolds(rule.rule, stateOf);
    case 'and':
      return ruleHolds(rule.left, stateOf) && ruleHolds(rule.right, stateOf);
    case 'or':
      return ruleHolds(rule.left, stateOf) || ruleHolds(rule.right, stateOf);
  }
}

function collect(rule: Rule, into: string[]): void {
  switch (rule.kind) {
    case 'state':
      if (!into.includes(rule.alarm)) into.push(rule.alarm);
      return;
    case 'constant':
      return;
    case 'not':
      collect(rule.rule, into);
      return;
    case 'and':
    case 'or':
      collect(rule.left, into);
      collect(rule.right, into);
  }
}

/** Names and ARNs a rule mentions, once each, in order. Throws `RuleSyntaxError`. */
export function ruleReferences(rule: string): string[] {
  const names: string[] = [];
  collect(parseRule(rule), names);
  return names;
}
