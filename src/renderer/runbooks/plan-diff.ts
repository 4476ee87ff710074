/** What differs between the plan a person saw and the one that would run now, in sentences. */
import type { PlannedStep, RunPlan } from '../../shared/runbooks/plan';
import { valueRows } from './plan-rows';

export interface PlanDifference {
  /** Of the new plan; null where the step is gone, or where it is about the whole. */
  stepId: string | null;
  text: string;
}

/** Never empty where the hashes differ: what cannot be seen is said to be unseen. */
export function planDifferences(before: RunPlan, now: RunPlan): PlanDifference[] {
  if (before.hash === now.hash) return [];
  const found = [
    ...whole(before, now),
    ...now.steps.flatMap((step) => {
      const former = before.steps.find(({ id }) => id === step.id);
      return former === undefined
        ? [{ stepId: step.id, text: `“${step.name}” is new.` }]
        : stepDifferences(former, step);
    }),
    ...before.steps
      .filter(({ id }) => !now.steps.some((step) => step.id === id))
      .map(({ name }) => ({ stepId: null, text: `“${name}” is gone.` })),
  ];
  return found.length > 0
    ? found
    : [
        {
          stepId: null,
          text: 'The runbook’s file, a masked value or the time it refers to changed; what is shown reads the same.',
        },
      ];
}

function whole(before: RunPlan, now: RunPlan): PlanDifference[] {
  const order = (plan: RunPlan, other: RunPlan): string =>
    plan.steps
      .map(({ id }) => id)
      .filter((id) => other.steps.some((step) => step.id === id))
      .join(' ');
  const texts = [
    ...(before.class === now.class
      ? []
      : [`It ${now.class} now; what you saw only ${before.class}.`]),
    ...(order(before, now) === order(now, before) ? [] : ['The steps come in another order.']),
  ];
  return texts.map((text) => ({ stepId: null, text }));
}

function stepDifferences(before: PlannedStep, now: PlannedStep): PlanDifference[] {
  const said = (text: string): PlanDifference => ({
    stepId: now.id,
    text: `“${now.name}”: ${text}`,
  });
  const changed = (what: string, was: string | null, is: string | null): PlanDifference[] =>
    was === is ? [] : [said(`${what} was ${was ?? 'not known'}, is ${is ?? 'not known'}.`)];
  const placeOf = ({ place }: PlannedStep): string | null =>
    place === null ? null : [place.accountId ?? place.connectionId, place.region].join(' ');
  return [
    ...changed('class', before.class, now.class),
    ...changed('place', placeOf(before), placeOf(now)),
    ...changed('resource', before.resource, now.resource),
    ...changed('what it finds', before.effect, now.effect),
    ...changed('whether it runs', before.runs, now.runs),
    ...changed('what it runs for', listed(before), listed(now)),
    ...valueDifferences(before, now).map(said),
  ];
}

const listed = ({ elements }: PlannedStep): string | null =>
  elements === undefined || elements === null ? null : elements.join(', ') || 'nothing';

function valueDifferences(before: PlannedStep, now: PlannedStep): string[] {
  const valuesOf = ({ actionJson, unknown }: PlannedStep): Map<string, string> =>
    new Map(valueRows(actionJson, unknown).rows.map(({ path, value }) => [path, value]));
  const was = valuesOf(before);
  const is = valuesOf(now);
  return [...new Set([...was.keys(), ...is.keys()])].flatMap((path) => {
    const [from, to] = [was.get(path), is.get(path)];
    if (from === to) return [];
    return [`${path} was ${from ?? 'not there'}, is ${to ?? 'not there any more'}.`];
  });
}
