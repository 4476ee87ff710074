import { describe, expect, it } from 'vitest';
import { suggest } from '../../../src/renderer/runbooks/editor/complete';
import { stepKinds } from '../../../src/shared/runbooks/step-kinds';

/** What is offered where the bar stands. */
function offered(text: string): string[] {
  const at = text.indexOf('|');
  const found = suggest(text.slice(0, at) + text.slice(at + 1), at);
  return (found?.list ?? []).map(({ label }) => label);
}

const head = 'nightdesk: runbook/1\nname: Test\n';
const step = (lines: string): string => `${head}steps:\n  - id: one\n    do:\n${lines}`;

describe('fields', () => {
  it('offers those of the runbook that are not there yet', () => {
    const found = offered(`${head}|`);
    expect(found).toContain('steps');
    expect(found).toContain('automatic');
    expect(found).not.toContain('name');
  });
  it('offers them in an empty file, needed ones first', () => {
    expect(offered('|').slice(0, 3)).toEqual(['nightdesk', 'name', 'steps']);
  });
  it('offers those of a step', () => {
    expect(offered(`${head}steps:\n  - id: one\n    |\n`)).toContain('forEach');
    expect(offered(`${head}steps:\n  - |\n`)).toContain('id');
    expect(offered(`${head}steps:\n  - id: one\n    onF|\n  - id: two\n`)).toContain('onFailure');
  });
  it('offers a kind first, and then the fields of that kind alone', () => {
    expect(offered(step('      |'))).toEqual(['kind']);
    const found = offered(step('      kind: ecs-update\n      |'));
    expect(found).toContain('rollBack');
    expect(found).toContain('cluster');
    expect(found).not.toContain('function');
    expect(found).not.toContain('kind');
  });
  it('offers them within braces', () => {
    const found = offered(
      `${head}steps:\n  - { id: one, do: { kind: describe, | } }\n  - { id: two }\n`,
    );
    expect(found).toEqual(['what', 'name', 'cluster']);
  });
  it('offers those of an input by its type', () => {
    const found = offered(`${head}inputs:\n  - name: count\n    type: number\n    |`);
    expect(found).toContain('max');
    expect(found).not.toContain('choices');
  });
  it('offers those deeper down, and of a list within', () => {
    expect(offered(step('      kind: wait-for\n      alarm:\n        |'))).toEqual([
      'name',
      'state',
    ]);
    expect(offered(step('      kind: metric-query\n      metrics:\n        - |'))).toContain(
      'namespace',
    );
  });
  it('offers none where any name may stand', () => {
    expect(
      offered(step('      kind: lambda-invoke\n      function: x\n      payload:\n        |')),
    ).toEqual([]);
  });
});

describe('values', () => {
  it('offers all kinds, also over one that is said', () => {
    expect(offered(step('      kind: |'))).toHaveLength(Object.keys(stepKinds).length);
    expect(offered(step('      kind: lamb|da-invoke'))).toContain('note');
  });
  it('offers what is listed', () => {
    expect(offered(step('      kind: describe\n      what: |'))).toContain('user-pool');
    expect(offered(`${head}approval: |\n`)).toEqual(['person', 'second-person']);
    expect(offered(`${head}automatic: |\n`)).toEqual(['true', 'false']);
    expect(offered(`${head}alarms:\n  - severity: [crit|]\n`)).toContain('critical');
    expect(offered(`${head}inputs:\n  - name: x\n    type: |\n`)).toContain('secret');
  });
  it('offers them in a list of lines', () => {
    expect(offered(`${head}alarms:\n  - severity:\n      - |\n`)).toContain('critical');
  });
  it('offers none where any text may stand', () => {
    expect(offered(`${head}owner: |\n`)).toEqual([]);
    expect(offered(`${head}owner: x # wh|\n`)).toEqual([]);
  });
});

describe('expressions', () => {
  const text = (expression: string): string =>
    `${head}inputs:\n  - { name: service, type: text }\nsteps:\n` +
    `  - { id: before, do: { kind: note, text: x } }\n` +
    `  - id: here\n    do:\n      kind: note\n      text: ${expression}\n` +
    `  - { id: after, do: { kind: note, text: x } }\n`;
  it('offers what can be looked at', () => {
    expect(offered(text("'{% $| %}'"))).toContain('$alarm');
    expect(offered(text("'{% $in| %}'"))).toContain('$inputs');
  });
  it('offers what is known of the alarm and of the connection', () => {
    expect(offered(text("'{% $alarm.| %}'"))).toContain('$alarm.name');
    expect(offered(text("'{% $connection.re| %}'"))).toContain('$connection.region');
  });
  it('offers the inputs', () => {
    expect(offered(text("'{% $inputs.| %}'"))).toEqual(['$inputs.service']);
    expect(offered(text("'{% $inputs.s|"))).toEqual(['$inputs.service']);
  });
  it('offers the steps before this one alone, and what they give', () => {
    expect(offered(text("'{% $steps.| %}'"))).toEqual(['$steps.before']);
    expect(offered(text("'{% $steps.before.| %}'"))).toEqual([
      '$steps.before.output',
      '$steps.before.status',
    ]);
  });
  it.each([
    ['{ kind: describe, what: bucket, name: b }', '$steps.one.output.|', ['bucket', 'region']],
    ['{ kind: ssm-command, document: D }', '$steps.one.output.|', ['rows', 'columns']],
    ['{ kind: ssm-command, document: D }', '$steps.one.output.rows.co|', ['code']],
    ['{ kind: ssm-command, document: D }', '$steps.one.output.rows[0].co|', ['code']],
    ['{ kind: http-request, url: x }', '$steps.one.output.st|', ['status']],
    ['{ kind: note, text: x }', '$steps.one.output.|', []],
    ['{ kind: describe }', '$steps.one.output.|', []],
    ['{ kind: describe, what: bucket, name: b }', '$steps.none.output.|', []],
  ])('offers what %s gives at %s', (action, expression, names) => {
    const found = offered(
      `${head}steps:\n  - { id: one, do: ${action} }\n  - id: two\n    if: ${expression}\n`,
    );
    const [base = ''] = /^.*\./.exec(expression) ?? [];
    // What is typed already is narrowed down by the editor.
    for (const name of names) expect(found).toContain(`${base}${name}`);
    if (names.length === 0) expect(found).toEqual([]);
  });
  it('offers them in a condition', () => {
    expect(
      offered(
        `${head}inputs:\n  - { name: a, type: text }\nsteps:\n  - id: x\n    if: $inputs.|\n`,
      ),
    ).toEqual(['$inputs.a']);
  });
  it('offers all steps to what undoes them', () => {
    expect(
      offered(
        `${head}steps:\n  - { id: one, do: { kind: note, text: x } }\nundo:\n  - id: back\n    if: $steps.|\n`,
      ),
    ).toEqual(['$steps.one']);
  });
  it('leaves a text outside of an expression alone', () => {
    expect(offered(text("'costs $|'"))).toEqual([]);
  });
});

it('is quick in a long file', () => {
  const many = Array.from(
    { length: 100 },
    (_, i) => `  - { id: s${i}, do: { kind: note, text: x } }`,
  );
  const text = `${head}steps:\n${many.join('\n')}\n`;
  const began = performance.now();
  for (let n = 0; n < 10; n += 1) suggest(text, text.length);
  expect((performance.now() - began) / 10).toBeLessThan(150);
});
