import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { referencesOf, resolve, TemplateError } from '../../../src/shared/runbooks/template';
import type { Bindings } from '../../../src/shared/runbooks/template';

const bindings = (more: Partial<Bindings> = {}): Bindings => ({
  alarm: { name: 'crm-5xx', arn: 'arn:aws:cloudwatch:us-east-1:1:alarm:crm-5xx' },
  incident: null,
  inputs: { service: 'core', count: 3, list: ['a', 'b'] },
  steps: { find: { output: { rows: [{ id: 1 }, { id: 2 }] } } },
  connection: { label: 'CRM' },
  now: 1_700_000_000_000,
  ...more,
});

describe('values with expressions', () => {
  it.each<[unknown, unknown]>([
    ['plain', 'plain'],
    ['{% $inputs.count + 1 %}', 4],
    ['service {% $inputs.service %} of {% $connection.label %}', 'service core of CRM'],
    [{ a: ['{% $steps.find.output.rows[1].id %}', 2] }, { a: [2, 2] }],
    ['{% $inputs.list %}', ['a', 'b']],
    ['{% {"x": $alarm.name} %}', { x: 'crm-5xx' }],
    ['{% $nothing %}', undefined],
    [null, null],
    [7, 7],
  ])('%j becomes %j', async (value, expected) => {
    expect(await resolve(value, bindings())).toEqual(expected);
  });

  it('says where a value is missing in a text', async () => {
    await expect(resolve({ a: ['x {% $nothing.at.all %}'] }, bindings())).rejects.toMatchObject({
      path: 'a[0]',
    });
  });

  it('never reads what a value holds as an expression again', async () => {
    const hostile = '{% $inputs.secret %} {%$eval("1+1")%} ${x} $(rm) `id` "; DROP';
    const given = bindings({ inputs: { name: hostile, secret: 'S3CRET' } });
    expect(await resolve('{% $inputs.name %}', given)).toBe(hostile);
    expect(await resolve('hello {% $inputs.name %}!', given)).toBe(`hello ${hostile}!`);
  });

  it('brings any text through unchanged', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 60 }), async (text) => {
        const wellFormed = text.toWellFormed();
        const given = bindings({ inputs: { value: wellFormed } });
        expect(await resolve({ deep: ['{% $inputs.value %}'] }, given)).toEqual({
          deep: [wellFormed],
        });
        expect(await resolve('<{% $inputs.value %}>', given)).toBe(`<${wellFormed}>`);
      }),
      { numRuns: 200 },
    );
  });

  it('ends an expression that does not', async () => {
    const endless = '{% ($f := function($n) { $f($n + 1) }; $f(0)) %}';
    const started = performance.now();
    await expect(resolve(endless, bindings())).rejects.toBeInstanceOf(TemplateError);
    expect(performance.now() - started).toBeLessThan(5_000);
  });

  it.each([
    '{% $alarm.constructor.constructor("return process")() %}',
    '{% $alarm.__proto__ %}',
    '{% $merge([{"__proto__": {"polluted": 1}}]) %}',
  ])('reaches nothing outside its values: %s', async (expression) => {
    const result = await resolve(expression, bindings()).catch(() => undefined);
    expect(typeof result).not.toBe('function');
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  });

  it('tells what an expression refers to', () => {
    expect(referencesOf('$steps.find.output[id > $inputs.count].name & $item')).toEqual(
      expect.arrayContaining([
        { root: 'steps', name: 'find' },
        { root: 'inputs', name: 'count' },
        { root: 'item', name: null },
      ]),
    );
  });
});
