import { describe, expect, it } from 'vitest';
import {
  draftOf,
  inputsOfRun,
  needsNothing,
  problemOf,
  typedOf,
} from '../../../src/renderer/runbooks/input-values';
import { inputSchema } from '../../../src/shared/runbooks/runbook';
import type { RunbookInput } from '../../../src/shared/runbooks/runbook';

const input = (more: object): RunbookInput =>
  inputSchema.parse({ name: 'x', type: 'text', ...more });
const problem = (more: object, x: string): string | null => problemOf(input(more), { x });

describe('what stands in the form at first', () => {
  it('is what the file says as it stands; what is worked out later stays empty', () =>
    expect(
      draftOf([
        input({ name: 'a' }),
        input({ name: 'b', default: 'web' }),
        input({ name: 'c', default: '{% $alarm.name %}' }),
        input({ name: 'd', type: 'number', default: 0 }),
        input({ name: 'e', type: 'boolean', default: true }),
        input({ name: 'f', type: 'boolean' }),
      ]),
    ).toEqual({ a: '', b: 'web', c: '', d: '0', e: true, f: false }));
});

describe('what is wrong with a value', () => {
  it.each<[object, string, string | null]>([
    [{}, ' ', 'It is needed.'],
    [{ required: false }, '', null],
    [{ default: '{% $alarm.name %}' }, '', null],
    [{ default: 'web' }, '', 'It is needed.'],
    [{ type: 'number' }, 'two', 'It must be a number.'],
    [{ type: 'number' }, 'Infinity', 'It must be a number.'],
    [{ type: 'number', min: 1 }, '0', 'At least 1.'],
    [{ type: 'number', max: 5 }, '6', 'At most 5.'],
    [{ type: 'number', min: 1, max: 5 }, ' 5 ', null],
    [{ type: 'choice', choices: ['a', 'b'] }, 'c', 'It must be one of the choices.'],
    [{ type: 'choice', choices: ['a', 'b'] }, 'b', null],
    [{ type: 'arn' }, 'web', 'It must be an ARN.'],
    [{ type: 'arn' }, 'arn:aws-us-gov:sns:x', null],
    [{ type: 'arn', pattern: 'arn:aws:ecs:*' }, 'arn:aws:sns:x', 'It must fit arn:aws:ecs:*.'],
    [{ type: 'arn', pattern: 'arn:aws:ecs:*' }, 'arn:aws:ecs:x', null],
  ])('%j with %j', (more, value, wrong) => expect(problem(more, value)).toBe(wrong));
  it('keeps a runbook from being run at a click', () => {
    expect(needsNothing({})).toBe(true);
    expect(needsNothing({ inputs: [input({ default: 'web' })] })).toBe(true);
    expect(needsNothing({ inputs: [input({ default: 'web' }), input({ name: 'y' })] })).toBe(false);
  });
});

describe('what is sent', () => {
  it('leaves empty fields out, but takes a default back where somebody emptied it', () =>
    expect(
      typedOf(
        [
          input({ name: 'a', required: false }),
          input({ name: 'b', required: false, default: 'web' }),
          input({ name: 'c', type: 'number' }),
          input({ name: 'd', type: 'boolean' }),
          input({ name: 'e', default: '{% $alarm.name %}' }),
        ],
        { a: ' ', b: '', c: ' 2 ', d: true, e: '' },
      ),
    ).toEqual({ b: '', c: 2, d: true }));
  it('does not read what only looks like a field', () =>
    expect(typedOf([input({ name: 'constructor' })], {})).toEqual({}));
});

describe('what a run was given, for its undoing', () => {
  it('is read back by type; secrets are asked for anew', () =>
    expect(
      inputsOfRun(
        [
          input({ name: 'a' }),
          input({ name: 'b', required: false }),
          input({ name: 'c', type: 'number' }),
          input({ name: 'd', type: 'boolean' }),
          input({ name: 'e', type: 'secret' }),
          input({ name: 'f' }),
        ],
        { a: 'null', b: 'null', c: '2', d: 'false', e: '••••', other: 'x' },
      ),
    ).toEqual({ a: 'null', c: 2, d: false }));
});
