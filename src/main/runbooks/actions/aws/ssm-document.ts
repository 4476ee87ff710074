/** What a document of Systems Manager asks for, and whether the parameters of a step are that. */
import { z } from 'zod';
import type { RunbookReads } from '../../../aws/runbook-api';
import { failed, orMissing, refusedValue, shortName } from './common';

const parameterSchema = z.object({
  type: z.string(),
  default: z.json().optional(),
  allowedValues: z.array(z.json()).optional(),
  allowedPattern: z.string().optional(),
  minItems: z.coerce.number().optional(),
  maxItems: z.coerce.number().optional(),
  minChars: z.coerce.number().optional(),
  maxChars: z.coerce.number().optional(),
});
export type DocumentParameter = z.infer<typeof parameterSchema>;

const contentSchema = z.object({
  parameters: z.record(z.string(), parameterSchema).optional(),
  mainSteps: z.array(z.object({ name: z.string(), action: z.string() })).optional(),
});

export interface SsmDocument {
  name: string;
  parameters: Readonly<Record<string, DocumentParameter>>;
  steps: { name: string; action: string }[];
}

/** As AWS takes them: every value is a list of texts. */
export type SsmParameters = Record<string, string[]>;

/** @throws FailureError for one that is not there, of another kind, or that cannot be read */
export async function findDocument(
  reads: RunbookReads,
  {
    name,
    version,
    kind,
  }: { name: string; version?: string | undefined; kind: 'Automation' | 'Command' },
  signal: AbortSignal,
): Promise<SsmDocument> {
  const asked = { Name: name, ...(version === undefined ? {} : { DocumentVersion: version }) };
  const answer = await orMissing(`document ${shortName(name)}`, reads, () =>
    reads.getDocument(asked, signal),
  );
  const is = answer.DocumentType;
  if (is !== undefined && is !== kind) {
    throw refusedValue(`document: ${shortName(name)} is of the type ${is}, ${kind} is wanted.`);
  }
  const content = contentSchema.safeParse(json(answer.Content ?? ''));
  if (!content.success) {
    throw failed(
      `The text of ${shortName(name)} cannot be read, so its parameters cannot be checked.`,
    );
  }
  const { parameters = {}, mainSteps = [] } = content.data;
  return { name: answer.Name ?? name, parameters, steps: mainSteps };
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Said by the one who asked for it.
    return null;
  }
}

/** The parameters as AWS takes them. @throws FailureError saying which is wrong and how */
export function checkedParameters(
  document: SsmDocument,
  given: Readonly<Record<string, string | readonly string[]>>,
): SsmParameters {
  const { parameters, name } = document;
  const unknown = Object.keys(given).filter((key) => !Object.hasOwn(parameters, key));
  if (unknown.length > 0) {
    throw refusedValue(
      `parameters: ${shortName(name)} has no ${unknown.join(', ')}. It has ${Object.keys(parameters).join(', ') || 'none'}.`,
    );
  }
  const checked: SsmParameters = {};
  for (const [key, parameter] of Object.entries(parameters)) {
    const value = Object.hasOwn(given, key) ? given[key] : undefined;
    if (value !== undefined) checked[key] = checkedValue(key, parameter, listed(value, parameter));
    else if (parameter.default === undefined) {
      throw refusedValue(`parameters: ${shortName(name)} needs ${key}.`);
    }
  }
  return checked;
}

const isList = ({ type }: DocumentParameter): boolean =>
  type === 'StringList' || type === 'MapList' || /^List</.test(type);

/** A text for a list is a list of one, or the JSON of several. */
function listed(value: string | readonly string[], parameter: DocumentParameter): string[] {
  if (typeof value !== 'string') return [...value];
  const read = isList(parameter) && value.startsWith('[') ? json(value) : null;
  const several = z.array(z.json()).safeParse(read);
  if (!several.success) return [value];
  return several.data.map((one) => (typeof one === 'string' ? one : JSON.stringify(one)));
}

function checkedValue(key: string, parameter: DocumentParameter, values: string[]): string[] {
  const refuse = (why: string): never => {
    throw refusedValue(`parameters.${key}: ${why}`);
  };
  const { minItems, maxItems } = parameter;
  if (!isList(parameter) && values.length !== 1) {
    refuse(`one value is wanted, ${values.length} are given.`);
  }
  if (minItems !== undefined && values.length < minItems) refuse(`${minItems} values at least.`);
  if (maxItems !== undefined && values.length > maxItems) refuse(`${maxItems} values at most.`);
  for (const value of values) {
    const wrong = wrongValue(parameter, value);
    if (wrong !== null) refuse(wrong);
  }
  return values;
}

/** `{{ssm:name}}` is filled in by Systems Manager, which then checks what comes of it. */
const isReference = (value: string): boolean => /\{\{\s*[\w-]+:[\s\S]*\}\}/.test(value);

function wrongValue(parameter: DocumentParameter, value: string): string | null {
  if (isReference(value)) return null;
  const { type, allowedValues, allowedPattern, minChars, maxChars } = parameter;
  // Cut, a secret would not be known for one, and not be masked.
  const shown = value.length > 80 ? 'the value' : `“${value}”`;
  if (!isOfType(type, value)) return `${shown} is not of the type ${type}.`;
  const allowed = allowedValues?.map((one) =>
    typeof one === 'string' ? one : JSON.stringify(one),
  );
  if (allowed?.includes(value) === false) return `${shown} is none of ${allowed.join(', ')}.`;
  if (minChars !== undefined && value.length < minChars) return `${minChars} characters at least.`;
  if (maxChars !== undefined && value.length > maxChars) return `${maxChars} characters at most.`;
  const pattern = allowedPattern === undefined ? null : patternOf(allowedPattern);
  return pattern?.test(value) === false
    ? `${shown} does not fit the pattern ${allowedPattern}.`
    : null;
}

function isOfType(type: string, value: string): boolean {
  switch (type) {
    case 'Boolean':
      return /^(true|false)$/i.test(value);
    case 'Integer':
      return /^-?\d+$/.test(value);
    case 'StringMap':
    case 'MapList':
      return z.record(z.string(), z.json()).safeParse(json(value)).success;
    default:
      return true;
  }
}

/** The whole value must fit; null for a pattern of another dialect, which AWS checks itself. */
function patternOf(text: string): RegExp | null {
  try {
    return new RegExp(`^(?:${text})$`);
  } catch {
    return null;
  }
}
