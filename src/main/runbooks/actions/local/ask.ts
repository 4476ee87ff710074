/** A question to the person who runs it; the answer is checked before the run goes on. */
import { FailureError } from '../../../../shared/failure';
import type { StepQuestion } from '../../../../shared/runbooks/run';
import type { ActionOf } from '../../../../shared/runbooks/step-kinds';
import { compileRegex } from '../../../logs/engine/regex-guard';
import { invalid, namesIn } from '../../action-values';
import type { ReadHandler } from '../../step-seams';
import { textOutput } from './output';
import { untilAbort } from './until-abort';

/** A day: a question may wait for somebody who is awake. */
const WAITS_MS = 86_400_000;

/** Output: what was answered; `yes` of a question that is confirmed. A `no` fails the step. */
export const askPerson: ReadHandler<'ask'> = {
  kind: 'ask',
  mode: 'reads',
  timeoutMs: WAITS_MS,
  effect: async (action) => {
    questionOf(action);
    return 'Waits for an answer';
  },
  run: async (action, context) => {
    const question = questionOf(action);
    const fits = answerCheck(question);
    for (;;) {
      const answer = await untilAbort(context.ask(question), context.signal);
      const problem = fits(answer);
      if (problem === null) return textOutput(answer);
      if (action.answer === 'confirm') throw new FailureError(refused(problem));
      context.tell(problem);
    }
  },
};

/** @throws FailureError for a question that nobody could answer */
function questionOf(action: ActionOf<'ask'>): StepQuestion {
  const choices = action.choices === undefined ? [] : namesIn(action.choices, 'choices');
  if (action.answer === 'choose' && choices.length === 0) {
    throw new FailureError(invalid('choices: a question to choose from has none.'));
  }
  const { question: text, answer, pattern = null } = action;
  return { text, answer, choices, pattern };
}

type Check = (answer: string) => string | null;

/** Null where the answer is fine, else what is wrong with it. */
function answerCheck({ answer, choices, pattern }: StepQuestion): Check {
  if (answer === 'confirm') return (said) => (isYes(said) ? null : 'It was answered with no.');
  if (answer === 'choose') {
    return (said) => (choices.includes(said) ? null : 'This is none of the choices.');
  }
  if (pattern === null) return () => null;
  const compiled = compile(pattern);
  return (said) => (compiled(said) ? null : `It does not fit the pattern ${pattern}.`);
}

function compile(pattern: string): (text: string) => boolean {
  try {
    return compileRegex(`^(?:${pattern})$`, false);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new FailureError(invalid(`pattern: ${why}`));
  }
}

const isYes = (answer: string): boolean => /^(yes|true|confirm|confirmed|ok)$/i.test(answer.trim());

const refused = (message: string) => ({
  ...invalid(message),
  advice: 'The run stopped here because a person said no.',
});
