/** What the actions of Automation documents are as steps. */
import { clipped } from './imported';
import { actionOfCall, makers } from './automation-api';
import { isRecord, own, recordAt, textAt } from './plain-document';
import type { PlainRecord } from './plain-document';

/** What becomes of an action. */
export type Said =
  | {
      kind: 'action';
      /** As a step's `do` says it, `{{ }}` within, not checked yet. */
      action: object;
      /** Where an output's value lies in the step's own, such as `.payload`; null: nowhere that is known. */
      path(output: string): string | null;
      /** What of it is not said. */
      lost: string | null;
      secondPerson?: boolean;
    }
  /** Nothing of ours does it: a person does, and confirms. */
  | { kind: 'by-hand'; why: string; ask: string };

const nowhere = (): null => null;

const action = (
  made: object | null,
  name: string,
  path: (output: string) => string | null = nowhere,
): Said =>
  made === null
    ? byHand(`${name} is called in a way that no step of a runbook calls it`, '')
    : { kind: 'action', action: made, path, lost: null };

const byHand = (why: string, ask: string): Said => ({ kind: 'by-hand', why, ask });

const shortJson = (value: unknown): string => clipped(JSON.stringify(value, null, 2) ?? '', 6_000);

const codeOf = (value: unknown): string => `\n\n\`\`\`json\n${shortJson(value)}\n\`\`\``;

/** @param name the action's, as `aws:sleep` */
export function sayAction(name: string, inputs: PlainRecord): Said {
  switch (name) {
    case 'aws:executeAwsApi':
      return executeApi(inputs);
    case 'aws:invokeLambdaFunction':
      return action(makers.invoke(inputs), name, (output) =>
        /^Payload$/i.test(output) ? '.payload' : null,
      );
    case 'aws:runCommand':
      return action(makers.command(inputs), name);
    case 'aws:executeAutomation':
      return action(makers.automation(inputs), name, (output) =>
        /^Output$/i.test(output) ? '.outputs' : null,
      );
    case 'aws:executeStateMachine':
      return action(makers.machine(inputs), name, (output) =>
        /^output$/i.test(output) ? '.output' : null,
      );
    case 'aws:approve':
      return approve(inputs);
    case 'aws:pause':
      return question(textAt(inputs, 'Message') ?? 'Paused here. Go on?');
    case 'aws:sleep':
      return sleep(inputs);
    case 'aws:waitForAwsResourceProperty':
      return waitFor(inputs);
    case 'aws:assertAwsResourceProperty':
      return byHand(
        `${name} looks at fields that a step of a runbook does not show`,
        `Check that ${propertyWords(inputs)}, then confirm.${codeOf(inputs)}`,
      );
    case 'aws:executeScript':
      return byHand(
        'a script within the document runs in the account, and no step of a runbook does that',
        `Do what this ${textAt(inputs, 'Runtime') ?? ''} script does, then confirm.\n\n\`\`\`\n${clipped(
          textAt(inputs, 'Script') ?? shortJson(inputs),
          8_000,
        )}\n\`\`\``,
      );
    case 'aws:branch':
      return byHand('a person decides which way it goes on', '');
    default:
      return byHand(`no step of a runbook does ${clipped(name, 80)}`, '');
  }
}

function executeApi(inputs: PlainRecord): Said {
  const { Service: service, Api: api, ...call } = inputs;
  const name = `${String(service)} ${String(api)}`;
  const made =
    typeof service === 'string' && typeof api === 'string'
      ? actionOfCall(service, api, call)
      : null;
  if (made !== null) return action(made, name);
  return byHand(
    `no step of a runbook calls ${clipped(name, 80)} so`,
    `Call ${clipped(name, 80)} by hand, then confirm.${codeOf(call)}`,
  );
}

const question = (text: string): Said => ({
  kind: 'action',
  action: { kind: 'ask', question: text, answer: 'confirm' },
  path: nowhere,
  lost: null,
});

function approve(inputs: PlainRecord): Said {
  const asked = question(textAt(inputs, 'Message') ?? 'Is this approved?');
  if (asked.kind !== 'action') return asked;
  const approvers = own(inputs, 'Approvers');
  const who = Array.isArray(approvers) ? approvers.filter((one) => typeof one === 'string') : [];
  return {
    ...asked,
    secondPerson: true,
    lost: `Who approves is not checked by name (${clipped(who.join(', ') || 'nobody is named', 300)}): a second person approves the run as a whole, before it begins.`,
  };
}

const units = [
  ['D', 86_400],
  ['H', 3_600],
  ['M', 60],
  ['S', 1],
] as const;

/** `PT1H30M` as s; null where it is no length of time. */
export function secondsOf(duration: string): number | null {
  const match = /^P(?:(\d{1,6})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,8})S)?)?$/.exec(
    duration,
  );
  if (match === null || duration === 'P' || duration.endsWith('T')) return null;
  return units.reduce((sum, [, length], i) => sum + Number(match[i + 1] ?? 0) * length, 0);
}

/** As a runbook writes it, rounded up to what it can say. */
export function lengthOf(seconds: number): string {
  if (seconds <= 99_999) return `${seconds}s`;
  const minutes = Math.ceil(seconds / 60);
  return minutes <= 99_999 ? `${minutes}m` : `${Math.min(99_999, Math.ceil(minutes / 60))}h`;
}

function sleep(inputs: PlainRecord): Said {
  const duration = textAt(inputs, 'Duration');
  const seconds = duration === null ? null : secondsOf(duration);
  if (seconds !== null) return action({ kind: 'wait-for', time: lengthOf(seconds) }, 'aws:sleep');
  const until = textAt(inputs, 'Timestamp') ?? duration ?? 'a time that is not said';
  return byHand(
    'it sleeps until a time that a runbook cannot say',
    `Wait: ${clipped(until, 100)}. Then confirm.`,
  );
}

function propertyWords(inputs: PlainRecord): string {
  const values = own(inputs, 'DesiredValues');
  const wanted = Array.isArray(values) ? values.map(String).join(' or ') : 'as it should be';
  const call = `${textAt(inputs, 'Service') ?? '?'} ${textAt(inputs, 'Api') ?? '?'}`;
  const property = textAt(inputs, 'PropertySelector') ?? 'the property';
  return `${clipped(property, 200)} of ${clipped(call, 100)} is ${clipped(wanted, 300)}`;
}

/** Alarms are what a runbook waits for by itself; for the rest a person looks. */
function waitFor(inputs: PlainRecord): Said {
  const call = `${textAt(inputs, 'Service') ?? ''}.${textAt(inputs, 'Api') ?? ''}`.toLowerCase();
  const alarms = own(inputs, 'AlarmNames');
  const values = own(inputs, 'DesiredValues');
  const [name, state] = [single(alarms), single(values)];
  const property = textAt(inputs, 'PropertySelector') ?? '';
  if (call === 'cloudwatch.describealarms' && /StateValue$/.test(property) && name && state) {
    return action({ kind: 'wait-for', alarm: { name, state } }, 'aws:waitForAwsResourceProperty');
  }
  return byHand(
    'a runbook waits for alarms, metrics and times, not for a property of a resource',
    `Wait until ${propertyWords(inputs)}, then confirm.${codeOf(inputs)}`,
  );
}

function single(value: unknown): string | null {
  const one: unknown = Array.isArray(value) && value.length === 1 ? value[0] : null;
  return typeof one === 'string' ? one : null;
}

/** What a step says of a failure and of time, where a runbook can say it too. */
export function stepRules(step: PlainRecord): { rules: object; lost: string[] } {
  const lost: string[] = [];
  const rules: Record<string, unknown> = {};
  const seconds = own(step, 'timeoutSeconds');
  if (typeof seconds === 'number' && Number.isInteger(seconds) && seconds > 0) {
    rules['timeout'] = lengthOf(seconds);
  }
  const attempts = own(step, 'maxAttempts');
  if (typeof attempts === 'number' && attempts > 1) {
    rules['retry'] = { attempts: Math.min(10, Math.floor(attempts)) };
  }
  const failure = own(step, 'onFailure');
  if (failure === 'Continue') rules['onFailure'] = 'continue';
  else if (failure !== undefined && failure !== 'Abort') {
    lost.push(`onFailure: ${clipped(String(failure), 80)} is not said: the run stops there.`);
  }
  if (own(step, 'onCancel') !== undefined && own(step, 'onCancel') !== 'Abort') {
    lost.push('onCancel is not said: a run that is cancelled ends.');
  }
  if (
    own(step, 'isCritical') === false &&
    rules['onFailure'] === undefined &&
    failure === undefined
  ) {
    lost.push('isCritical: false is not said: the run stops where the step fails.');
  }
  return { rules, lost };
}

export const inputsOf = (step: PlainRecord): PlainRecord =>
  isRecord(own(step, 'inputs')) ? recordAt(step, 'inputs') : {};
