/** A value never becomes an expression, a shell's word or a part of a query: what comes out is what went in. */
import { afterEach, describe, expect, it } from 'vitest';
import { resolve } from '../../../src/shared/runbooks/template';
import type { Bindings } from '../../../src/shared/runbooks/template';
import { hostileValues } from '../../support/hostile-values';
import { startRig } from './rig';
import type { Rig } from './rig';

const bindings = (value: string): Bindings => ({
  alarm: { name: value, description: value },
  incident: null,
  inputs: { value, key: 'S3CRET', [value]: 'by its name' },
  steps: { look: { output: { rows: [{ [value]: value }], value } } },
  connection: null,
  now: 0,
});

it('are at least two hundred, each another', () => {
  expect(hostileValues.length).toBeGreaterThanOrEqual(200);
  expect(new Set(hostileValues).size).toBe(hostileValues.length);
});

describe('a template', () => {
  it('gives each as it is, whole, in a text, in a list, and as a name', async () => {
    for (const value of hostileValues) {
      const given = bindings(value);
      const template = {
        whole: '{% $inputs.value %}',
        within: '<{% $alarm.name %}|{% $steps.look.output.value %}>',
        list: ['{% [$inputs.value, $alarm.description] %}'],
        looked: '{% $lookup($steps.look.output.rows[0], $inputs.value) %}',
        held: '{% {"text": $inputs.value} %}',
        joined: '{% "a" & $inputs.value %}',
      };
      expect(await resolve(template, given)).toEqual({
        whole: value,
        within: `<${value}|${value}>`,
        list: [[value, value]],
        looked: value,
        held: { text: value },
        joined: `a${value}`,
      });
    }
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  });
});

describe('a run', () => {
  let rig: Rig;
  afterEach(() => rig.remove());

  it('hands each on from one step to another as it is', async () => {
    rig = startRig({
      'a.yaml': `nightdesk: runbook/1
name: Test
inputs: [{ name: key, type: secret }]
steps:
  - id: look
    do: { kind: describe, what: bucket, name: b }
  - id: each
    forEach: $steps.look.output
    do:
      kind: logs-query
      groups: [g]
      query: 'filter a = $value'
      values: { value: '{% $item %}', text: 'a {% $item %} b' }
  - id: inner
    forEach: $steps.each.output
    do: { kind: script, command: [program, '{% $item %}'], environment: { A: '{% $item %}' }, stdin: '{% $item %}' }
`,
    });
    // Longer than a text of a step may be is refused by the schema, which is another test.
    const values = hostileValues.filter(({ length }) => length <= 10_000);
    rig.answers.set('describe', async () => values);
    rig.answers.set('logs-query', async (action) =>
      'values' in action ? action.values?.['value'] : null,
    );
    const state = await rig.run('a.yaml', { key: 'S3CRET-S3CRET' });
    expect(state.status).toBe('done');
    const queries = rig.calls.flatMap(({ action }) =>
      action.kind === 'logs-query' ? [action] : [],
    );
    expect(queries.map((one) => one.values)).toEqual(
      values.map((value) => ({ value, text: `a ${value} b` })),
    );
    expect(new Set(queries.map(({ query }) => query))).toEqual(new Set(['filter a = $value']));
    const scripts = rig.calls.flatMap(({ action }) => (action.kind === 'script' ? [action] : []));
    expect(scripts.map(({ command }) => command)).toEqual(
      values.map((value) => ['program', value]),
    );
    expect(scripts.map(({ environment }) => environment?.['A'])).toEqual(values);
    expect(scripts.map(({ stdin }) => stdin)).toEqual(values);
    expect(JSON.stringify([rig.events, state])).not.toContain('S3CRET');
  }, 60_000);

  it('takes each as a person types it, and the plan shows it as it is', async () => {
    rig = startRig({
      'a.yaml': `nightdesk: runbook/1
name: Test
inputs: [{ name: who, type: text, required: false, default: none }, { name: key, type: secret }]
steps:
  - id: tell
    do: { kind: sns-publish, topic: t, message: { to: '{% $inputs.who %}', at: ['x {% $inputs.who %} y'] } }
`,
    });
    for (const who of hostileValues.filter(({ length }) => length > 0 && length <= 10_000)) {
      const plan = await rig.plan('a.yaml', { who, key: 'S3CRET-S3CRET' });
      expect(plan.problems).toEqual([]);
      expect(JSON.parse(plan.steps[0]?.actionJson ?? '')).toMatchObject({
        message: { to: who, at: [`x ${who} y`] },
      });
    }
  });

  it('refuses what is longer than a text of a step may be', async () => {
    rig = startRig({
      'a.yaml':
        "nightdesk: runbook/1\nname: Test\nsteps:\n  - id: look\n    do: { kind: describe, what: bucket, name: b }\n  - id: tell\n    do: { kind: note, text: '{% $steps.look.output %}' }\n",
    });
    rig.answers.set('describe', async () => 'x'.repeat(1_000_000));
    const state = await rig.run('a.yaml');
    expect(state.status).toBe('failed');
    expect(rig.calls.map(({ kind }) => kind)).toEqual(['describe']);
  });
});
