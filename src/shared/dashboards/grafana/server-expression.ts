/** Grafana's own expressions over queries as metric math, as far as CloudWatch can say them. */
import { at, text } from './fields';
import type { Fields } from './fields';

export interface ServerExpression {
  expression: string | null;
  /** One sentence where CloudWatch has nothing like it. */
  problem: string | null;
}

const REDUCERS: Readonly<Record<string, string>> = {
  mean: 'AVG',
  min: 'MIN',
  max: 'MAX',
  sum: 'SUM',
};

/** `math` and `reduce` carry over; thresholds, resampling and SQL do not. */
export function serverExpression(target: Fields): ServerExpression {
  const written = text(target, 'expression');
  const type = text(target, 'type');
  if (type === 'math' && written !== '') return { expression: written, problem: null };
  if (type === 'reduce' && written !== '') {
    const reducer = text(target, 'reducer') || text(at(target, 'settings'), 'reducer');
    const name = Object.hasOwn(REDUCERS, reducer) ? REDUCERS[reducer] : undefined;
    const input = written.startsWith('$') ? written : `\${${written}}`;
    if (name) return { expression: `${name}(${input})`, problem: null };
  }
  return {
    expression: null,
    problem: `Query ${text(target, 'refId')} is Grafana's own ${type || 'expression'} step, which CloudWatch cannot evaluate.`,
  };
}
