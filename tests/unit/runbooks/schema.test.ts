import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { format, resolveConfig } from 'prettier';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { makeRunbookJsonSchema } from '../../../src/shared/runbooks/json-schema';
import { readRunbook } from '../../../src/shared/runbooks/read-runbook';

const published = join(__dirname, '../../../docs/runbook.schema.json');
const folder = join(__dirname, '../../../resources/runbooks');
const files = readdirSync(folder).filter((name) => name.endsWith('.yaml'));
const ajv = new Ajv({ strict: true, allowUnionTypes: true, allErrors: true });
const valid = ajv.compile(makeRunbookJsonSchema());

/** `NIGHTDESK_WRITE_SCHEMA=1` writes the file anew. */
describe('the published schema', () => {
  it('is the one the console reads by', async () => {
    const options = await resolveConfig(published);
    const text = await format(JSON.stringify(makeRunbookJsonSchema()), {
      ...options,
      filepath: published,
    });
    if (process.env['NIGHTDESK_WRITE_SCHEMA'] === '1') writeFileSync(published, text);
    expect(readFileSync(published, 'utf8')).toBe(text);
  });
});

const small = (step: object, more: object = {}): object => ({
  nightdesk: 'runbook/1',
  name: 'Small',
  steps: [{ id: 'one', ...step }],
  ...more,
});
const note = { do: { kind: 'note', text: 'Look.' } };

describe('an editor that knows the schema', () => {
  it.each(files)('takes %s', (name) => {
    valid(parse(readFileSync(join(folder, name), 'utf8')));
    expect(valid.errors).toBeNull();
  });

  it.each<[string, unknown]>([
    ['a list instead of a runbook', []],
    ['no steps', { nightdesk: 'runbook/1', name: 'x' }],
    ['steps that are none', small(note, { steps: [] })],
    ['another mark', small(note, { nightdesk: 'runbook/2' })],
    ['a field that is not known', small(note, { stepz: [] })],
    ['a kind that is not known', small({ do: { kind: 'shell', command: 'ls' } })],
    ['a field of another kind', small({ do: { kind: 'note', text: 'x', cluster: 'y' } })],
    ['a kind without what it needs', small({ do: { kind: 'ecs-update', cluster: 'x' } })],
    ['a number that is a text', small({ do: { ...capacity(), readUnits: 'many' } })],
    ['a length of time that is none', small({ ...note, timeout: '5 minutes' })],
    ['an id that expressions cannot name', small({ ...note, id: '1 two' })],
    ['too many tries', small({ ...note, retry: { attempts: 11 } })],
    ['an input of no type', small(note, { inputs: [{ name: 'x', type: 'date' }] })],
    ['a choice without choices', small(note, { inputs: [{ name: 'x', type: 'choice' }] })],
    ['a severity that is none', small(note, { alarms: [{ severity: ['loud'] }] })],
    ['somebody else’s approval', small(note, { approval: 'nobody' })],
  ])('refuses %s', (_, value) => expect(valid(value)).toBe(false));

  it('takes an expression where a number is asked for', () => {
    valid(small({ do: { ...capacity(), readUnits: '{% $inputs.units %}' } }));
    expect(valid.errors).toBeNull();
  });
});

function capacity(): object {
  return { kind: 'dynamodb-capacity', table: 't', readUnits: 5, writeUnits: 5 };
}

describe('the words of the schema', () => {
  it('stand beside every field of a runbook, a step, an input and a kind', () => {
    const schema = makeRunbookJsonSchema();
    const silent: string[] = [];
    const look = (at: string, value: unknown): void => {
      if (typeof value !== 'object' || value === null) return;
      const properties: unknown = Reflect.get(value, 'properties');
      for (const [name, field] of Object.entries(properties ?? {})) {
        const said: unknown = Reflect.get(Object(field), 'description');
        if (typeof said !== 'string' || said === '') silent.push(`${at}.${name}`);
      }
    };
    look('runbook', schema);
    for (const [name, definition] of Object.entries(Object(schema['definitions']))) {
      look(name, definition);
      const choices: unknown = Reflect.get(Object(definition), 'oneOf');
      if (Array.isArray(choices)) for (const choice of choices) look(name, choice);
    }
    expect(silent).toEqual([]);
  });
});

describe('what a person is told of a field', () => {
  const told = (text: string): string | undefined => readRunbook(text).problems[0]?.message;
  const step = (action: string): string =>
    `nightdesk: runbook/1\nname: x\nsteps:\n  - { id: a, do: { ${action} } }\n`;
  it('names what is missing', () => {
    expect(told(step('kind: ecs-update, cluster: c'))).toBe('service is missing.');
  });
  it('does not list all kinds for one that is none', () => {
    expect(told(step('kind: shell'))).toBe('This is no kind there is, or none is said.');
    expect(told(step(''))).toBe('This is no kind there is, or none is said.');
  });
  it('tells the place once', () => {
    expect(told('name: x\nsteps\n')).not.toMatch(/line \d/);
  });
});
