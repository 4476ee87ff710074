import type { Dashboard } from '../dashboard';
import type { TextProblem } from '../read-result';
import type { Written } from './for-each';
import type { Resolver } from './resolver';
export function templateDashboard(
  _resolver: Resolver,
  _written: Written,
  _note: (problem: TextProblem) => void,
): Dashboard | null {
  return null;
}
