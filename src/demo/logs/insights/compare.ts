import { numberOf, textOf } from './functions';
import type { Value } from './row';

/** As numbers where both are, else as text; what is absent comes first. */
export function order(a: Value, b: Value): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? -1 : 1;
  const left = numberOf(a);
  const right = numberOf(b);
  if (left !== null && right !== null) return left - right;
  const [one, other] = [textOf(a), textOf(b)];
  return one < other ? -1 : one > other ? 1 : 0;
}

/** Whether a comparison holds; what is absent equals nothing and differs from everything. */
export function compare(
  a: Value,
  operator: '=' | '!=' | '<' | '<=' | '>' | '>=',
  b: Value,
): boolean {
  if (operator === '!=') return order(a, b) !== 0;
  if (a === null || b === null) return false;
  const result = order(a, b);
  switch (operator) {
    case '=':
      return result === 0;
    case '<':
      return result < 0;
    case '<=':
      return result <= 0;
    case '>':
      return result > 0;
    case '>=':
      return result >= 0;
  }
}

/** Arithmetic of two numbers; a division by zero is no finite number. */
export function calculate(
  a: number,
  operator: '+' | '-' | '*' | '/' | '%' | '^',
  b: number,
): number {
  switch (operator) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '/':
      return a / b;
    case '%':
      return a % b;
    case '^':
      return a ** b;
  }
}
