/** What a schema cannot say: names used twice or not there, expressions, kinds that need one thing of several. */
import type { Runbook, RunbookInput } from './runbook';
import { classOf } from './step-class';
import type { Step } from './step';
import type { StepAction } from './step-kinds';
import { expressionMistake, expressionsIn, referencesOf } from './template';

/** A mistake at a path of the file. */
export interface Mistake {
  path: readonly (string | number)[];
  message: string;
}

const roots = ['alarm', 'incident', 'inputs', 'steps', 'connection', 'item', 'now'];

export function checkRunbook(runbook: Runbook): Mistake[] {
  const inputs = runbook.inputs ?? [];
  return [
    ...repeated(inputs.map(({ name }) => name)).map((i) => ({
      path: ['inputs', i, 'name'],
      message: 'This name is there already.',
    })),
    ...inputs.flatMap((input, i) => inputMistakes(input, ['inputs', i])),
    ...checkSteps(runbook.steps, 'steps', inputs, []),
    // Undoing may look at what the steps gave.
    ...checkSteps(
      runbook.undo ?? [],
      'undo',
      inputs,
      runbook.steps.map(({ id }) => id),
    ),
    ...automaticMistakes(runbook),
  ];
}

/** Places of names that were there before. */
const repeated = (names: readonly string[]): number[] =>
  names.flatMap((name, i) => (names.indexOf(name) < i ? [i] : []));

function inputMistakes(input: RunbookInput, path: readonly (string | number)[]): Mistake[] {
  const mistakes: Mistake[] = [];
  if ('pattern' in input && input.pattern !== undefined && input.type === 'text') {
    const problem = regexProblem(input.pattern);
    if (problem !== null) mistakes.push({ path: [...path, 'pattern'], message: problem });
  }
  if (input.type === 'choice' && input.default !== undefined) {
    if (!input.choices.includes(input.default)) {
      mistakes.push({ path: [...path, 'default'], message: 'It is none of the choices.' });
    }
  }
  if (input.type === 'number' && input.min !== undefined && input.max !== undefined) {
    if (input.min > input.max) {
      mistakes.push({ path: [...path, 'min'], message: 'It is above the highest number allowed.' });
    }
  }
  return mistakes;
}

function regexProblem(source: string): string | null {
  try {
    RegExp(source, 'u');
    return null;
  } catch {
    return 'This is no regular expression.';
  }
}

function checkSteps(
  steps: readonly Step[],
  key: 'steps' | 'undo',
  inputs: readonly RunbookInput[],
  before: readonly string[],
): Mistake[] {
  const ids = steps.map(({ id }) => id);
  return [
    ...repeated(ids).map((i) => ({
      path: [key, i, 'id'],
      message: 'Another step has this id.',
    })),
    ...steps.flatMap((step, i) => {
      const known = {
        inputs: inputs.map(({ name }) => name),
        steps: [...before, ...ids.slice(0, i)],
        loop: step.forEach !== undefined,
      };
      const path = [key, i];
      return [
        ...expressionMistakes(step, path, known),
        ...actionMistakes(step.do).map((message) => ({ path: [...path, 'do'], message })),
        ...classMistakes(step, path),
      ];
    }),
  ];
}

interface Known {
  inputs: readonly string[];
  /** Steps that have run by then. */
  steps: readonly string[];
  loop: boolean;
}

/** `if`, `forEach` and a check's `that` are expressions as a whole; other texts may hold some. */
function expressionMistakes(
  step: Step,
  path: readonly (string | number)[],
  known: Known,
): Mistake[] {
  const bare: [string, string][] = [];
  if (step.if !== undefined) bare.push(['if', step.if]);
  if (step.forEach !== undefined) bare.push(['forEach', step.forEach]);
  const texts = { do: step.do, connection: step.connection, region: step.region };
  return [
    ...bare.flatMap(([field, text]) => {
      const [only] = expressionsIn(text);
      return oneExpression(only?.expression ?? text, [...path, field], known);
    }),
    ...[...expressionsIn(texts)].flatMap(({ expression, path: inner }) =>
      oneExpression(expression, [...path, ...partsOf(inner)], known),
    ),
    ...(step.do.kind === 'check'
      ? [...expressionsIn(step.do.that)].length > 0
        ? []
        : oneExpression(step.do.that, [...path, 'do', 'that'], known)
      : []),
  ];
}

function oneExpression(
  expression: string,
  path: readonly (string | number)[],
  known: Known,
): Mistake[] {
  const mistake = expressionMistake(expression);
  if (mistake !== null) return [{ path, message: `In the expression: ${mistake.message}` }];
  return referencesOf(expression).flatMap(({ root, name }) => {
    if (root === 'inputs' && name !== null && !known.inputs.includes(name)) {
      return [{ path, message: `There is no input called ${name}.` }];
    }
    if (root === 'steps' && name !== null && !known.steps.includes(name)) {
      return [{ path, message: `No step before this one has the id ${name}.` }];
    }
    if (root === 'item' && !known.loop) {
      return [{ path, message: '$item is there only in a step with forEach.' }];
    }
    return [];
  });
}

/** Names that expressions may look at; a variable of their own is theirs. */
export const expressionRoots: readonly string[] = roots;

const partsOf = (path: string): (string | number)[] =>
  [...path.matchAll(/\[(\d+)\]|([^.[\]]+)/g)].map((match) =>
    match[1] === undefined ? (match[2] ?? '') : Number(match[1]),
  );

const given = (...values: unknown[]): number =>
  values.filter((value) => value !== undefined).length;

/** What a kind needs that its schema cannot say. */
function actionMistakes(action: StepAction): string[] {
  switch (action.kind) {
    case 'wait-for':
      return given(action.alarm, action.metric, action.time) === 1
        ? []
        : ['Say one thing to wait for: alarm, metric or time.'];
    case 'open':
      return given(action.dashboard, action.logs, action.link) === 1
        ? []
        : ['Say one thing to open: dashboard, logs or link.'];
    case 'ecs-update': {
      const { desiredCount, forceNewDeployment, rollBack, taskDefinition } = action;
      if (given(desiredCount, forceNewDeployment, rollBack, taskDefinition) === 0) {
        return [
          'Say what is updated: desiredCount, forceNewDeployment, rollBack or taskDefinition.',
        ];
      }
      return given(rollBack, taskDefinition) === 2
        ? ['Say rollBack or taskDefinition, not both.']
        : [];
    }
    case 'ssm-command':
      return given(action.instances, action.targets) === 1
        ? []
        : ['Say which instances: instances or targets.'];
    case 'ask':
      return action.answer === 'choose' && action.choices === undefined
        ? ['Choosing needs choices.']
        : [];
    default:
      return [];
  }
}

function classMistakes(step: Step, path: readonly (string | number)[]): Mistake[] {
  if (step.class === undefined || classOf(step) === step.class) return [];
  return [
    {
      path: [...path, 'class'],
      message: `This kind of step ${classOf(step) === 'changes' ? 'changes' : 'destroys'} things; a file may say more, never less.`,
    },
  ];
}

function automaticMistakes(runbook: Runbook): Mistake[] {
  if (runbook.automatic !== true) return [];
  const mistakes: Mistake[] = [];
  runbook.steps.forEach((step, i) => {
    if (step.do.kind === 'ask') {
      mistakes.push({ path: ['steps', i], message: 'A runbook that runs by itself asks nobody.' });
    } else if (classOf(step) !== 'reads') {
      mistakes.push({
        path: ['steps', i],
        message: 'A runbook may run by itself only when every step reads: this one does more.',
      });
    }
  });
  if ((runbook.alarms ?? []).length === 0) {
    mistakes.push({ path: ['automatic'], message: 'Say for which alarms it runs by itself.' });
  }
  return mistakes;
}
