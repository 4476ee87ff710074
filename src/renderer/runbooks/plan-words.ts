/** A plan in a line or two: what is before one's eyes when the steps are many. */
import type { PlannedStep, RunPlan } from '../../shared/runbooks/plan';
import type { StepClass } from '../../shared/runbooks/step';

const doing: Readonly<Record<StepClass, readonly [one: string, many: string]>> = {
  destroys: ['destroys', 'destroy'],
  changes: ['changes something', 'change something'],
  reads: ['only looks', 'only look'],
};

const order: readonly StepClass[] = ['destroys', 'changes', 'reads'];

/** `5 steps: 1 changes something, 4 only look.` The gravest comes first; what is passed over does nothing. */
export function countsOf({ steps }: Pick<RunPlan, 'steps'>): string {
  const kept = steps.filter(({ runs }) => runs !== 'no');
  const [only] = steps;
  if (only !== undefined && steps.length === 1 && kept.length === 1) {
    return `1 step, which ${doing[only.class][0]}.`;
  }
  const passed = steps.length - kept.length;
  const parts = [
    ...order.flatMap((of) => {
      const count = kept.filter((step) => step.class === of).length;
      return count === 0 ? [] : [`${count} ${doing[of][count === 1 ? 0 : 1]}`];
    }),
    ...(passed === 0 ? [] : [`${passed} ${passed === 1 ? 'is' : 'are'} passed over`]),
  ];
  const all = `${steps.length} ${steps.length === 1 ? 'step' : 'steps'}`;
  return parts.length === 0 ? `${all}.` : `${all}: ${parts.join(', ')}.`;
}

/** Where something is different afterwards, each place once: `Production · 444455556666 · us-west-1`. */
export function changedPlaces(
  { steps }: Pick<RunPlan, 'steps'>,
  labels: ReadonlyMap<string, string>,
): string[] {
  const places = steps.flatMap(({ place, class: of, runs }) =>
    place === null || of === 'reads' || runs === 'no' ? [] : [placeWords(place, labels)],
  );
  return [...new Set(places)];
}

export function placeWords(
  { connectionId, region, accountId }: NonNullable<PlannedStep['place']>,
  labels: ReadonlyMap<string, string>,
): string {
  const account = accountId === null ? 'account not known yet' : accountId;
  return `${labels.get(connectionId) ?? connectionId} · ${account} · ${region}`;
}

export interface ApprovalStand {
  preview: boolean;
  problems: number;
  /** Its name has been typed, or need not be. */
  named: boolean;
  /** The second person has signed, or none is asked for. */
  seconded: boolean;
  /** The last step has been before the eyes. */
  seen: boolean;
}

/** Beside the button: what stands in its way, else what pressing it means. */
export function footWords({ preview, problems, named, seconded, seen }: ApprovalStand): string {
  if (preview) return 'A preview: it cannot be run from here.';
  if (problems > 0) return 'It cannot be run as it is: the reasons stand above the steps.';
  if (!named) return 'First type the name that is asked for below the steps.';
  if (!seconded) return 'First a second person signs below the steps.';
  if (!seen) return 'There are more steps below: scroll down to see them all.';
  return 'What runs is exactly what is shown here. Should anything differ when it starts, it is refused.';
}

/** Beside the button that runs it. @param readOnly the label of the chosen connection, where it is read-only */
export function runHint(of: StepClass, readOnly: string | null): string {
  if (of === 'reads') return 'It only looks: it runs at once.';
  return readOnly === null
    ? 'Nothing is changed before you have seen every step and approved it.'
    : `${readOnly} is read-only: nothing can be changed through it. A preview shows what it would do.`;
}

/** Elements that are named before the rest is counted. */
const MOST_NAMED = 12;

/** Of a step that runs for each of a list; null for one that runs once. */
export function elementsWords({ elements }: Pick<PlannedStep, 'elements'>): string | null {
  if (elements === undefined) return null;
  if (elements === null) return 'Runs once for each element of a list that is known later.';
  if (elements.length === 0) return 'Runs for none: its list is empty.';
  const named = elements.slice(0, MOST_NAMED).join(', ');
  const more = elements.length - MOST_NAMED;
  return `Runs ${elements.length === 1 ? 'once' : `${elements.length} times`}, for ${named}${more > 0 ? ` and ${more} more` : ''}.`;
}
