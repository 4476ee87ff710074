/** How much a step may do: its kind's class, or more where the file says so. */
import { stepClasses } from './step';
import type { Step, StepClass } from './step';
import { stepKinds } from './step-kinds';
import type { StepAction } from './step-kinds';

const rank = (one: StepClass): number => stepClasses.indexOf(one);

/** The higher of them; `reads` of none. */
export const highest = (classes: readonly StepClass[]): StepClass =>
  classes.reduce((most, one) => (rank(one) > rank(most) ? one : most), 'reads');

/** What an action does at least. Reading over HTTP is told by its method alone. */
export function actionClass(action: StepAction): StepClass {
  if (action.kind === 'http-request') {
    return action.method === undefined || action.method === 'GET' || action.method === 'HEAD'
      ? 'reads'
      : 'changes';
  }
  // A notification of the console itself leaves it nowhere.
  if (action.kind === 'notify') return action.webhook === undefined ? 'reads' : 'changes';
  return stepKinds[action.kind].class;
}

export const classOf = ({ do: action, class: said }: Pick<Step, 'do' | 'class'>): StepClass =>
  highest([actionClass(action), ...(said === undefined ? [] : [said])]);
