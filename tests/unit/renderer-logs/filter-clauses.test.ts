import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  canName,
  narrowedBy,
  termsOf,
  toggled,
  usesOf,
  valuesClause,
} from '../../../src/renderer/logs/filter/clauses';
import { startEngine } from '../log-engine/engine-rig';

const lines = [
  '{"level":"error","fn":"a b","n":200,"msg":"one"}',
  '{"level":"errors","fn":"say \\"hi\\" \\\\ (x)","n":2001,"msg":"two"}',
  '{"level":"warn","fn":"a","n":null,"deep":{"er":true},"msg":"three"}',
  '{"level":"info","fn":"*","n":2.5,"tags":["x","y"],"msg":"four"}',
  'ERROR plain text',
];

describe('a value that was clicked', () => {
  let engine: ReturnType<typeof startEngine>;
  beforeEach(async () => {
    engine = startEngine();
    await engine.open();
    await engine.append(lines);
  });
  afterEach(() => engine.close());

  it('selects as many lines as its count says, and the others when left out', async () => {
    await engine.look('');
    const fields = ['level', 'fn', 'n', 'deep.er', 'tags', '@level', '@group', '@stream'];
    const facets = await engine.client.ask('facets', { ...engine.names, fields, top: 20 });
    let clicks = 0;
    for (const { field, values } of facets) {
      expect(values.length, field).toBeGreaterThan(0);
      for (const { value, count } of values) {
        const shown = await engine.found(toggled('', field, value, 'for'));
        expect(shown, `${field} ${value}`).toHaveLength(count);
        const hidden = await engine.found(toggled('', field, value, 'out'));
        expect(hidden, `-${field} ${value}`).toHaveLength(lines.length - count);
        clicks += 1;
      }
    }
    expect(clicks).toBeGreaterThan(15);
  });

  it('takes any of several values of one field', async () => {
    let text = toggled('plain OR one OR two OR three', 'fn', 'a b', 'for');
    expect(await engine.found(text)).toEqual([lines[0]]);
    text = toggled('n:*', 'fn', 'a b', 'for');
    text = toggled(text, 'fn', '*', 'for');
    expect(await engine.found(text)).toEqual([lines[0], lines[3]]);
  });

  it('finds levels of plain text and of JSON alike', async () => {
    expect(await engine.found('@level:=error')).toEqual([lines[0], lines[4]]);
    expect(await engine.found('-@level:*')).toEqual([lines[1]]);
  });
});

describe('terms', () => {
  it('are those that must all be met', () => {
    expect(termsOf('a "b c" level:(=x OR =y) AND -n:>3')).toEqual([
      'a',
      '"b c"',
      'level:(=x OR =y)',
      '-n:>3',
    ]);
    expect(termsOf('  ')).toEqual([]);
    expect(termsOf('a OR b')).toBeNull();
    expect(termsOf('a "b')).toBeNull();
    expect(termsOf('/lead \\d+ x/ b')).toBeNull();
    expect(termsOf('NOT a b')).toBeNull();
  });

  it('are joined so that what was typed keeps its meaning', () => {
    expect(narrowedBy('', 'x:=1')).toBe('x:=1');
    expect(narrowedBy('a b', 'x:=1')).toBe('a b x:=1');
    expect(narrowedBy('a OR b', 'x:=1')).toBe('(a OR b) x:=1');
    expect(narrowedBy('a "b', 'x:=1')).toBe('x:=1');
  });
});

describe('clicking again', () => {
  it('goes from asked for to left out and back to neither', () => {
    const once = toggled('lead', 'level', 'error', 'for');
    expect(once).toBe('lead level:=error');
    expect(usesOf(once, 'level')).toEqual(new Map([['error', 'for']]));
    const out = toggled(once, 'level', 'error', 'out');
    expect(out).toBe('lead -level:=error');
    expect(toggled(out, 'level', 'error', 'out')).toBe('lead');
    expect(toggled(once, 'level', 'error', 'for')).toBe('lead');
  });

  it('joins values and takes one away again', () => {
    const two = toggled('level:=error', 'level', 'warn', 'for');
    expect(two).toBe('level:(=error OR =warn)');
    expect(usesOf(two, 'level')).toEqual(
      new Map([
        ['error', 'for'],
        ['warn', 'for'],
      ]),
    );
    expect(toggled(two, 'level', 'error', 'for')).toBe('level:=warn');
    expect(toggled(two, 'level', 'error', 'out')).toBe('level:=warn -level:=error');
  });

  it('quotes what the language would read otherwise', () => {
    expect(valuesClause('a.b', ['x y'])).toBe('a.b:="x y"');
    expect(valuesClause('a.b', ['say "hi" \\'])).toBe('a.b:="say \\"hi\\" \\\\"');
    expect(canName('a.b-c')).toBe(true);
    expect(canName('two words')).toBe(false);
  });
});
