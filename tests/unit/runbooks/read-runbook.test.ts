import { describe, expect, it } from 'vitest';
import { readRunbook } from '../../../src/shared/runbooks/read-runbook';

const good = `nightdesk: runbook/1
name: Roll back
owner: on-call
alarms:
  - name: "crm-*"
    severity: [critical]
inputs:
  - name: service
    type: choice
    choices: [core, auth]
    default: core
steps:
  - id: look
    do: { kind: describe, what: ecs-service, cluster: crm, name: "{% $inputs.service %}" }
  - id: back
    if: $steps.look.output.running > 0
    do:
      kind: ecs-update
      cluster: crm
      service: "{% $inputs.service %}"
      rollBack: true
undo:
  - id: forward
    do: { kind: ecs-update, cluster: crm, service: "{% $inputs.service %}", taskDefinition: "{% $steps.look.output.taskDefinition %}" }
`;

function problemsOf(text: string) {
  return readRunbook(text).problems.map(({ line, path, message }) => ({ line, path, message }));
}

describe('a runbook file', () => {
  it('is read', () => {
    const read = readRunbook(good);
    expect(read.problems).toEqual([]);
    expect(read.runbook?.steps.map(({ id }) => id)).toEqual(['look', 'back']);
  });

  it.each([
    [
      'a field that is not there',
      good.replace('owner: on-call', 'ownr: on-call'),
      3,
      'ownr',
      /no field "ownr"/,
    ],
    [
      'a kind that is not there',
      good.replace('kind: describe', 'kind: descibe'),
      14,
      'steps[0].do.kind',
      /./,
    ],
    ['a missing field', good.replace('      cluster: crm\n', ''), 17, 'steps[1].do.cluster', /./],
    [
      'a wrong type',
      good.replace('rollBack: true', 'rollBack: maybe'),
      21,
      'steps[1].do.rollBack',
      /./,
    ],
    ['an id twice', good.replace('id: back', 'id: look'), 15, 'steps[1].id', /Another step/],
    [
      'an input that is not there',
      good.replace('service: "{% $inputs.service %}"\n', 'service: "{% $inputs.servce %}"\n'),
      20,
      'steps[1].do.service',
      /no input called servce/,
    ],
    [
      'a step that comes later',
      good.replace('$steps.look.output.running', '$steps.back.output.running'),
      16,
      'steps[1].if',
      /No step before/,
    ],
    [
      'an expression that cannot be read',
      good.replace('$steps.look.output.running > 0', '$steps.look. > 0'),
      16,
      'steps[1].if',
      /In the expression/,
    ],
    [
      '$item outside a list',
      good.replace('$steps.look.output.running', '$item'),
      16,
      'steps[1].if',
      /forEach/,
    ],
    [
      'nothing to update',
      good.replace('      rollBack: true\n', ''),
      17,
      'steps[1].do',
      /Say what is updated/,
    ],
    [
      'a class below its kind',
      good.replace('    if: $steps', '    class: reads\n    if: $steps'),
      16,
      'steps[1].class',
      /never less/,
    ],
    [
      'a default that is no choice',
      good.replace('default: core', 'default: other'),
      11,
      'inputs[0].default',
      /none of the choices/,
    ],
    [
      'automatic, though it changes',
      good.replace('owner:', 'automatic: true\nowner:'),
      16,
      'steps[1]',
      /only when every step reads/,
    ],
    ['a tab for indenting', good.replace('    type: choice', '\ttype: choice'), 9, '', /./],
    ['a key twice', good.replace('owner: on-call', 'name: other'), 3, '', /./],
  ])('with %s says where', (_what, text, line, path, message) => {
    const [first] = problemsOf(text);
    expect(first).toEqual({ line, path, message: expect.stringMatching(message) });
  });

  it.each(['__proto__', 'constructor', 'prototype'])('may not have a field %s', (name) => {
    const text = good.replace('owner: on-call', `${name}: { polluted: yes }`);
    expect(problemsOf(text)[0]?.message).toContain(name);
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  });

  it('is not a bomb of aliases', () => {
    const levels = Array.from({ length: 30 }, (_, i) =>
      i === 0 ? 'a0: &a0 [x, x]' : `a${i}: &a${i} [*a${i - 1}, *a${i - 1}]`,
    ).join('\n');
    const started = performance.now();
    expect(readRunbook(levels).ok).toBe(false);
    expect(performance.now() - started).toBeLessThan(2_000);
  });

  it.each(['', 'a', '[]', '- x', '{}', '!!js/function "function(){}"', 'x'.repeat(600_000)])(
    'that is none is refused with a sentence: %#',
    (text) => {
      const [first] = problemsOf(text);
      expect(first?.message).toMatch(/[.!?]$/);
    },
  );
});
