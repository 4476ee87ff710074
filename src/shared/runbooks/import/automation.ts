/**
 * An SSM Automation document becomes a runbook. What a step of ours does too becomes that step; for the rest a person
 * is asked to do it and confirm, and the list of what is lost names it.
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/documents-schemas-features.html
 */
import { checkRunbook } from '../check-runbook';
import type { Step } from '../step';
import { stepSchema } from '../step';
import { inputsOf, sayAction, stepRules } from './automation-actions';
import type { Said } from './automation-actions';
import { conditionsOf, isBranch, NO_WAY, waysOf } from './automation-flow';
import type { FlowStep } from './automation-flow';
import { inputsFrom } from './automation-inputs';
import { withExpressions } from './automation-values';
import type { Known } from './automation-values';
import { cannot, clipped, inert, MOST_STEPS, Names, stepName, written } from './imported';
import type { Imported, Lost } from './imported';
import { isRecord, own, readPlain, textAt } from './plain-document';
import type { PlainDocument, PlainRecord } from './plain-document';

type Document = Extract<PlainDocument, { ok: true }>;

export function importAutomation(text: string, fileName = ''): Imported {
  const document = readPlain(text);
  if (!document.ok) return document;
  const wrong = whyNone(document);
  if (wrong !== null) return wrong;
  const { value } = document;
  const lost = aside(document);
  const names = new Names();
  const { inputs, names: inputNames } = inputsFrom(document, new Names(), lost);
  const flow = flowSteps(document, names);
  const said = new Map(flow.map((one) => [one.name, sayOne(one)]));
  const conditions = conditionsOf(flow, lost);
  const known: Known = {
    inputs: inputNames,
    steps: new Map(
      flow.map(({ name, id }) => {
        const one = said.get(name);
        return [name, { id, path: (output) => (one?.kind === 'action' ? one.path(output) : null) }];
      }),
    ),
    lost,
    line: null,
  };
  const steps = flow.map((one, i) => {
    const before = new Map([...known.steps].slice(0, i));
    const at = { ...known, steps: before, line: one.line };
    return stepOf(one, said.get(one.name) ?? sayOne(one), conditions[i] ?? null, at);
  });
  const words = firstLine(textAt(value, 'description') ?? '');
  const name = fileName.replace(/\.\w+$/, '') || words || 'Imported automation';
  const second = [...said.values()].some((one) => one.kind === 'action' && one.secondPerson);
  return written({
    name,
    description: textAt(value, 'description') ?? 'Imported from an SSM Automation document.',
    ...(second && { approval: 'second-person' as const }),
    inputs,
    steps: sound(steps, flow, inputs, lost),
    lost,
  });
}

function whyNone({ value, lineOf }: Document): Imported | null {
  const version = own(value, 'schemaVersion');
  const steps = own(value, 'mainSteps');
  if (version !== undefined && String(version) !== '0.3') {
    return cannot(
      `This is a document of schema ${clipped(String(version), 20)}; an Automation document has 0.3. A command document is run by a step of the kind ssm-command.`,
      lineOf(['schemaVersion']),
      1,
    );
  }
  if (!Array.isArray(steps) || steps.length === 0) {
    return cannot(
      'There are no mainSteps: this is no Automation document.',
      lineOf(['mainSteps']),
      1,
    );
  }
  const bad = steps.findIndex((step) => !isRecord(step) || textAt(step, 'action') === null);
  return bad === -1 ? null : cannot('This step has no action.', lineOf(['mainSteps', bad]), 1);
}

/** Parts of the document that a runbook has no place for. */
function aside({ value, lineOf }: Document): Lost[] {
  const words: Readonly<Record<string, string>> = {
    assumeRole: 'assumeRole is not said: the calls are made as the connection.',
    outputs: 'The outputs of the document are not said: a run shows what each step gave.',
    files: 'Files that belong to the document are not taken over.',
    variables: 'Variables of the document are not said.',
  };
  return Object.entries(words).flatMap(([field, message]) =>
    own(value, field) === undefined ? [] : [{ line: lineOf([field]), message }],
  );
}

function flowSteps({ value, lineOf }: Document, names: Names): FlowStep[] {
  const steps = own(value, 'mainSteps');
  return (Array.isArray(steps) ? steps : []).slice(0, 4 * MOST_STEPS).flatMap((step, i) => {
    if (!isRecord(step)) return [];
    const name = textAt(step, 'name') ?? `step${i + 1}`;
    return [{ name, id: names.like(name, 'step'), step, line: lineOf(['mainSteps', i]) }];
  });
}

const sayOne = ({ step }: FlowStep): Said =>
  sayAction(textAt(step, 'action') ?? '', inputsOf(step));

function stepOf(one: FlowStep, said: Said, condition: string | null, known: Known): Step {
  const { step, id, name, line } = one;
  const { rules, lost } = stepRules(step);
  for (const message of lost)
    known.lost.push({ line, message: `${clipped(name, 80)}: ${message}` });
  const base = {
    id,
    name: stepName(titleOf(name, step)),
    ...(condition !== null && { if: condition }),
  };
  if (isBranch(one)) return { ...base, do: branchQuestion(one, known) };
  if (said.kind === 'action') {
    if (said.lost !== null)
      known.lost.push({ line, message: `${clipped(name, 80)}: ${said.lost}` });
    const made = { ...base, ...rules, do: withExpressions(said.action, known) };
    const read = stepSchema.safeParse(made);
    if (read.success) return read.data;
    const field = read.error.issues[0]?.path.join('.') ?? '';
    return byHand(one, base, `${field} has a value that a runbook does not take`, '', known);
  }
  return byHand(one, base, said.why, said.ask, known);
}

type Base = Pick<Step, 'id' | 'name' | 'if'>;

const titleOf = (name: string, step: PlainRecord): string => {
  const words = firstLine(textAt(step, 'description') ?? '');
  return words === '' ? name : words;
};

/** A short first line, its marks of Markdown and its full stop left out; empty where it is long. */
function firstLine(text: string): string {
  const line = (text.trim().split('\n')[0] ?? '').replace(/^#+\s*/, '').replace(/[.:]\s*$/, '');
  return line.length <= 80 ? line.trim() : '';
}

/** The person does it: named in the list, and asked at its place. */
function byHand(
  { name, step, line }: FlowStep,
  base: Base,
  why: string,
  ask: string,
  known: Known,
): Step {
  const action = textAt(step, 'action') ?? '?';
  const message = `${clipped(name, 80)} (${clipped(action, 80)}) is asked of the person who runs it: ${why}.`;
  known.lost.push({ line, message });
  const json = clipped(JSON.stringify(inputsOf(step), null, 2), 6_000);
  const words =
    ask === ''
      ? `Do by hand what ${clipped(action, 80)} does, then confirm.\n\n\`\`\`json\n${json}\n\`\`\``
      : ask;
  // What is shown needs no value: names stay as they are written in the document.
  return { ...base, do: { kind: 'ask', question: inert(words), answer: 'confirm' } };
}

function branchQuestion(one: FlowStep, known: Known): Step['do'] {
  const ways = waysOf(one);
  known.lost.push({
    line: one.line,
    message: `${clipped(one.name, 80)} (aws:branch): a person decides which way it goes on.`,
  });
  const list = ways.map(({ to, when }) => `- **${to}** when ${when}`).join('\n');
  const question = `Which way does it go on?\n\n${list}`;
  const choices = [...ways.map(({ to }) => inert(to)), NO_WAY];
  return { kind: 'ask', question: clipped(inert(question), 20_000), answer: 'choose', choices };
}

/** What a schema cannot say may still be wrong: such a step is done by hand too. */
function sound(
  steps: Step[],
  flow: readonly FlowStep[],
  inputs: ReturnType<typeof inputsFrom>['inputs'],
  lost: Lost[],
): Step[] {
  const mistakes = checkRunbook({ nightdesk: 'runbook/1', name: 'x', inputs, steps });
  const bad = new Map<number, { message: string; field: string | number | undefined }>();
  for (const { path, message } of mistakes) {
    const [list, at, field] = path;
    if (list === 'steps' && typeof at === 'number') bad.set(at, { message, field });
  }
  return steps.map((step, i) => {
    const [wrong, one] = [bad.get(i), flow[i]];
    if (wrong === undefined || one === undefined) return step;
    const { message, field } = wrong;
    const { id, name, if: condition } = step;
    const known: Known = { inputs: new Map(), steps: new Map(), lost, line: one.line };
    const base = {
      id,
      ...(name !== undefined && { name }),
      ...(condition !== undefined && field !== 'if' && { if: condition }),
    };
    return byHand(one, base, message.replace(/[.]$/, ''), '', known);
  });
}
