import { invalidPattern, invalidTerm } from './pattern-error';
import { patternRegex } from './regex';
import { readPhrase } from './term-pattern';

export const operators = ['!=', '<=', '>=', '=', '<', '>'] as const;
export type Operator = (typeof operators)[number];

/** What a field is compared with. */
export interface Operand {
  text: string;
  number: number | null;
  /** A pattern with stars, or a regular expression; null for plain text. */
  regex: RegExp | null;
}

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;
const BARE = /^[\p{L}\p{N}_.\-+*:/$@]+/u;
const special = /[.+?^${}()|[\]\\]/g;

/** `*` stands for any text. */
export function starRegex(text: string): RegExp {
  return new RegExp(`^${text.replace(special, '\\$&').replaceAll('*', '[\\s\\S]*')}$`);
}

/** Reads a value: "quoted", %regex%, a number, or a bare word with stars. Answers where it ends. */
export function readOperand(text: string, at: number): [operand: Operand, next: number] {
  if (text[at] === '"') {
    const [phrase, next] = text[at + 1] === '"' ? ['', at + 2] : readPhrase(text, at + 1);
    const regex = phrase.includes('*') ? starRegex(phrase) : null;
    return [{ text: phrase, number: null, regex }, next];
  }
  if (text[at] === '%') {
    const end = text.indexOf('%', at + 1);
    if (end < 0) throw invalidPattern();
    return [
      { text: text.slice(at, end + 1), number: null, regex: patternRegex(text.slice(at + 1, end)) },
      end + 1,
    ];
  }
  const word = BARE.exec(text.slice(at))?.[0];
  if (word === undefined) {
    throw invalidTerm(/^[^\s,&|)]+/.exec(text.slice(at))?.[0] ?? '');
  }
  const number = NUMBER.test(word) ? Number(word) : null;
  return [
    { text: word, number, regex: word.includes('*') ? starRegex(word) : null },
    at + word.length,
  ];
}

export function readOperator(text: string, at: number): [operator: Operator, next: number] {
  const operator = operators.find((candidate) => text.startsWith(candidate, at));
  if (operator === undefined) throw invalidPattern();
  return [operator, at + operator.length];
}

/** Compares a field's value: as numbers where both are, else as text with stars; order needs numbers. */
export function compare(value: string | number, operator: Operator, operand: Operand): boolean {
  if (operator === '=') return equals(value, operand);
  if (operator === '!=') return !equals(value, operand);
  const left = typeof value === 'number' ? value : NUMBER.test(value) ? Number(value) : NaN;
  const right = operand.number;
  if (right === null || Number.isNaN(left)) return false;
  switch (operator) {
    case '<':
      return left < right;
    case '>':
      return left > right;
    case '<=':
      return left <= right;
    case '>=':
      return left >= right;
  }
}

function equals(value: string | number, operand: Operand): boolean {
  if (operand.number !== null) {
    const number = typeof value === 'number' ? value : NUMBER.test(value) ? Number(value) : NaN;
    if (number === operand.number) return true;
  }
  const text = String(value);
  return operand.regex === null ? text === operand.text : operand.regex.test(text);
}

/** Order comparisons take numbers only. */
export function checkComparison(operator: Operator, operand: Operand): void {
  if (operator !== '=' && operator !== '!=' && operand.number === null)
    throw invalidTerm(operand.text);
}
