/** Steps that say where to go from what is there now: done twice they would go twice as far. */
import type { StepAction } from '../../shared/runbooks/step-kinds';

/** Of a file's action, or of one with its values: what an expression may turn out to be counts. */
export function isRelative(action: StepAction): boolean {
  switch (action.kind) {
    case 'ecs-update':
      return action.rollBack !== undefined && action.rollBack !== false;
    case 'lambda-alias':
      return action.version === 'previous' || action.version.includes('{%');
    default:
      return false;
  }
}
