/**
 * The schema of runbook files as JSON Schema, for editors. It says all that a shape can say; what is left (names used
 * twice, expressions, steps that come later) is said by `readRunbook`.
 */
import { z } from 'zod';
import {
  inputWords,
  kindWords,
  matchWords,
  retryWords,
  runbookWords,
  sourceWords,
  stepFieldWords,
} from './json-schema-words';
import { alarmMatchSchema, inputSchema, runbookSchema } from './runbook';
import { stepSchema } from './step';
import { stepKindSchema, stepKinds } from './step-kinds';
import type { StepKind } from './step-kinds';

export type JsonSchema = z.core.JSONSchema.BaseSchema;

/** Name of the definition of a kind. */
export const kindDefinition = (kind: StepKind): string => `do-${kind}`;

const isSchema = (value: unknown): value is JsonSchema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const propertyOf = (schema: JsonSchema | undefined, name: string): JsonSchema | undefined => {
  const found = schema?.properties?.[name];
  return isSchema(found) ? found : undefined;
};

/** Writes what each field means beside it. */
function describe(schema: unknown, words: Readonly<Record<string, string>>): void {
  if (!isSchema(schema)) return;
  for (const [name, description] of Object.entries(words)) {
    const field = propertyOf(schema, name);
    if (field !== undefined) field.description = description;
  }
}

const kinds = stepKindSchema.options.map((option) => {
  const [kind] = option.shape.kind.values;
  if (kind === undefined) throw new Error('A kind has no name.');
  return { kind, option };
});

/** Made anew at each call: it may be changed. */
export function makeRunbookJsonSchema(): JsonSchema {
  const named = z.registry<{ id?: string; description?: string; title?: string }>();
  named.add(stepSchema, { id: 'step' });
  named.add(alarmMatchSchema, { id: 'alarm' });
  named.add(inputSchema, { id: 'input' });
  for (const { kind, option } of kinds) {
    const { label, class: most } = stepKinds[kind];
    const description = `${kindWords[kind].what} ${label}: ${most}.`;
    named.add(option, { id: kindDefinition(kind), title: label, description });
  }
  const schema: JsonSchema = z.toJSONSchema(runbookSchema, {
    target: 'draft-7',
    io: 'input',
    metadata: named,
  });
  describe(schema, runbookWords);
  if (isSchema(schema['definitions'])) describeDefinitions(schema['definitions']);
  return { ...schema, title: 'Nightdesk runbook' };
}

function describeDefinitions(definitions: Readonly<Record<string, unknown>>): void {
  const { step, alarm, input } = definitions;
  describe(step, stepFieldWords);
  describe(alarm, matchWords);
  if (isSchema(step)) describe(propertyOf(step, 'retry'), retryWords);
  if (isSchema(input)) {
    for (const one of input.oneOf ?? input.anyOf ?? []) {
      describe(one, inputWords);
      if (isSchema(one)) describe(propertyOf(one, 'source'), sourceWords);
    }
  }
  for (const { kind } of kinds) {
    const { what, fields } = kindWords[kind];
    describe(definitions[kindDefinition(kind)], { kind: what, ...fields });
  }
}

let made: JsonSchema | null = null;

/** The one that is shared; not to be changed. */
export function runbookJsonSchema(): JsonSchema {
  made ??= makeRunbookJsonSchema();
  return made;
}
