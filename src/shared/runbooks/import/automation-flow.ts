/** In which order the steps of an Automation document run, said as conditions of steps that stand one after another. */
import { clipped } from './imported';
import type { Lost } from './imported';
import { isRecord, own, recordAt, textAt } from './plain-document';
import type { PlainRecord } from './plain-document';

export interface FlowStep {
  name: string;
  id: string;
  step: PlainRecord;
  line: number | null;
}

/** A way out of a branch: the step it leads to, and when. */
export interface Way {
  to: string;
  when: string;
}

interface Edge {
  from: FlowStep;
  /** The branch's answer that leads here; null where nothing is decided. */
  answer: string | null;
}

export const isBranch = ({ step }: FlowStep): boolean => own(step, 'action') === 'aws:branch';

/** The ways out of a branch, each step once. */
export function waysOf({ step }: FlowStep): Way[] {
  const inputs = recordAt(step, 'inputs');
  const choices = own(inputs, 'Choices');
  const ways = new Map<string, string[]>();
  for (const choice of Array.isArray(choices) ? choices.slice(0, 200) : []) {
    const to = isRecord(choice) ? textAt(choice, 'NextStep') : null;
    if (!isRecord(choice) || to === null) continue;
    const { NextStep: _, ...condition } = choice;
    ways.set(to, [...(ways.get(to) ?? []), clipped(JSON.stringify(condition), 300)]);
  }
  const otherwise = textAt(inputs, 'Default') ?? textAt(step, 'nextStep');
  if (otherwise !== null)
    ways.set(otherwise, [...(ways.get(otherwise) ?? []), 'none of the others']);
  return [...ways].map(([to, when]) => ({ to, when: when.join(' or ') }));
}

/** Said by a person where none of the ways is taken. */
export const NO_WAY = 'None of these: end here';

/**
 * The condition of each step by its place; null where it always runs. Ways that lead back cannot be said: they are
 * named in `lost` and not taken.
 */
export function conditionsOf(steps: readonly FlowStep[], lost: Lost[]): (string | null)[] {
  const places = new Map(steps.map(({ name }, i) => [name, i]));
  const incoming = steps.map((): Edge[] => []);
  const lead = (from: number, name: string, edge: Edge): void => {
    const to = places.get(name);
    const { line } = edge.from;
    const message =
      to === undefined
        ? `${clipped(edge.from.name, 80)} leads to ${clipped(name, 80)}, which is not there.`
        : `${clipped(edge.from.name, 80)} leads back to ${clipped(name, 80)}: a runbook goes forward only.`;
    if (to === undefined || to <= from) lost.push({ line, message });
    else incoming[to]?.push(edge);
  };
  steps.forEach((from, i) => {
    if (isBranch(from)) {
      for (const { to } of waysOf(from)) lead(i, to, { from, answer: to });
      return;
    }
    const next = textAt(from.step, 'nextStep');
    const after = steps[i + 1];
    if (next !== null) lead(i, next, { from, answer: null });
    else if (own(from.step, 'isEnd') !== true && after !== undefined) {
      incoming[i + 1]?.push({ from, answer: null });
    }
  });
  return conditions(steps, incoming, lost);
}

function conditions(
  steps: readonly FlowStep[],
  incoming: readonly Edge[][],
  lost: Lost[],
): (string | null)[] {
  const made: (string | null)[] = [];
  const conditional = new Set<string>();
  steps.forEach(({ id, name, line }, i) => {
    const ways = (incoming[i] ?? []).map(({ from, answer }) => {
      if (answer !== null) return `$steps.${from.id}.output = ${JSON.stringify(answer)}`;
      // A step that failed and was let pass leads on as well.
      return conditional.has(from.id) ? `$steps.${from.id}.status != "skipped"` : null;
    });
    if (i === 0 || ways.includes(null)) {
      made.push(null);
      return;
    }
    if (ways.length === 0) {
      lost.push({ line, message: `Nothing leads to ${clipped(name, 80)}: it is passed over.` });
    }
    conditional.add(id);
    made.push(ways.length === 0 ? 'false' : clipped(ways.join(' or '), 4_000));
  });
  return made;
}
