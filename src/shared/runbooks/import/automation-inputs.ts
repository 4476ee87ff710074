/** Parameters of Automation documents as inputs. */
import { inputSchema } from '../runbook';
import type { RunbookInput } from '../runbook';
import { clipped, inert, MOST_INPUTS } from './imported';
import type { Lost, Names } from './imported';
import { isRecord, own, recordAt, textAt } from './plain-document';
import type { PlainDocument, PlainRecord } from './plain-document';

export interface Inputs {
  inputs: RunbookInput[];
  /** Parameters' names: the inputs' names. */
  names: Map<string, string>;
}

type Document = Extract<PlainDocument, { ok: true }>;

export function inputsFrom({ value, lineOf }: Document, names: Names, lost: Lost[]): Inputs {
  const made: Inputs = { inputs: [], names: new Map() };
  const used = JSON.stringify([own(value, 'mainSteps'), own(value, 'variables')]);
  for (const [name, parameter] of Object.entries(recordAt(value, 'parameters'))) {
    const line = lineOf(['parameters', name]);
    // The role it runs as is the connection's own: nothing else asks for it.
    if (!used.includes(name) && /role/i.test(name)) continue;
    if (made.inputs.length >= MOST_INPUTS) {
      const message = `A runbook has ${MOST_INPUTS} inputs at most: ${clipped(name, 80)} is left out.`;
      lost.push({ line, message });
      continue;
    }
    const input = inputOf(name, isRecord(parameter) ? parameter : {}, names, (message) =>
      lost.push({ line, message: `${clipped(name, 80)}: ${message}` }),
    );
    made.inputs.push(input);
    made.names.set(name, input.name);
  }
  return made;
}

function inputOf(
  name: string,
  parameter: PlainRecord,
  names: Names,
  tell: (message: string) => void,
): RunbookInput {
  const description = textAt(parameter, 'description');
  const fallback = own(parameter, 'default');
  const base = {
    name: names.like(name, 'input'),
    ...(description !== null && { description: clipped(description, 1_000) }),
    // What has a default that is empty may be left empty.
    ...(fallback === '' && { required: false }),
  };
  const made = { ...base, ...typed(parameter, fallback === '' ? undefined : fallback, tell) };
  const read = inputSchema.safeParse(made);
  if (read.success) return read.data;
  tell('it is asked for as a text, without its default and its rules.');
  return { ...base, type: 'text' };
}

function typed(parameter: PlainRecord, fallback: unknown, tell: (message: string) => void): object {
  const type = textAt(parameter, 'type') ?? 'String';
  const allowed = own(parameter, 'allowedValues');
  const said = fallback === undefined ? {} : { default: fallback };
  if (Array.isArray(allowed) && allowed.length > 0) {
    const text = fallback === undefined ? {} : { default: String(fallback) };
    return { type: 'choice', choices: allowed.map(String), ...text };
  }
  switch (type) {
    case 'Integer':
      return { type: 'number', ...said };
    case 'Boolean':
      return { type: 'boolean', ...said };
    case 'AWS::IAM::Role::Arn':
      return { type: 'arn', ...said };
    case 'StringList':
    case 'StringMap':
    case 'MapList':
      tell(`a ${type} is asked for as one text.`);
      return { type: 'text', ...(typeof fallback === 'string' && said) };
    default:
      if (type.startsWith('List<')) tell(`a ${clipped(type, 80)} is asked for as one text.`);
      return {
        type: 'text',
        ...(typeof fallback === 'string' && { default: inert(fallback) }),
        ...pattern(parameter, tell),
      };
  }
}

function pattern(parameter: PlainRecord, tell: (message: string) => void): object {
  const found = textAt(parameter, 'allowedPattern');
  if (found === null) return {};
  try {
    RegExp(found, 'u');
    return { pattern: found };
  } catch {
    tell('its pattern is no regular expression here: it is not checked.');
    return {};
  }
}
