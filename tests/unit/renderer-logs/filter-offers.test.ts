import { describe, expect, it } from 'vitest';
import {
  endsWithName,
  fieldOffers,
  placeAt,
  syntax,
  testOffers,
  valueOffers,
} from '../../../src/renderer/logs/filter/completions';
import { remembered } from '../../../src/renderer/logs/filter/history';
import { parseFilter } from '../../../src/shared/logs/filter/parse';

describe('the place that is completed', () => {
  const cases: readonly (readonly [string, number | null, string | null])[] = [
    ['lev', 0, null],
    ['a -lev', 3, null],
    ['(lev', 1, null],
    ['level:', 6, 'level'],
    ['x level:er', 8, 'level'],
    ['level:=er', 7, 'level'],
    ['-http.status:>=5', 15, 'http.status'],
    ['level:(error OR fa', 16, 'level'],
    ['fn:"a b', 3, 'fn'],
    ['"some words lev', null, null],
    ['x:/re', null, null],
    ['n:[1', null, null],
    ['http://lev', null, null],
    ['', null, null],
    ['5', null, null],
  ];
  it.each(cases)('in %j', (text, from, field) => {
    const place = placeAt(text);
    expect(place).toEqual(from === null ? null : { from, field });
  });
});

describe('what is offered', () => {
  it('is read as what it means', () => {
    const column = { types: ['string' as const], share: 0.5, few: true };
    const offers = fieldOffers([
      { ...column, path: 'a.b' },
      { ...column, path: 'two words' },
    ]);
    expect(offers[0]).toEqual({ label: 'a.b', detail: 'string · 50 %', apply: 'a.b:' });
    expect(offers.map(({ label }) => label)).not.toContain('two words');
    for (const { apply } of valueOffers([
      { value: 'x y', count: 1 },
      { value: 'say "no" \\', count: 1 },
      { value: 'a:b', count: 1 },
    ])) {
      expect(parseFilter(`f:=${apply}`).ok, apply).toBe(true);
    }
    expect(testOffers.length).toBeGreaterThan(4);
  });

  it('shows only examples that can be typed', () => {
    for (const [example] of syntax) {
      const text = example.startsWith('@') ? '@level:error @time:>0' : example;
      expect(parseFilter(text), example).toMatchObject({ ok: true });
    }
  });

  it('waits while a name has no value yet', () => {
    expect(['level:', 'a -x.y:'].map(endsWithName)).toEqual([true, true]);
    expect(['level', 'level:x', '"a:" b', 'http://'].map(endsWithName)).toEqual([
      false,
      false,
      false,
      false,
    ]);
  });
});

describe('filters used last', () => {
  it('come once each, the last one first', () => {
    expect(remembered(['b', 'aa'], ' aa ')).toEqual(['aa', 'b']);
    expect(remembered(['aa'], 'aa')).toEqual(['aa']);
    expect(remembered(['aa'], 'x')).toEqual(['aa']);
  });

  it('drop what was only the way to another', () => {
    expect(remembered(['level:err', 'b1'], 'level:error')).toEqual(['level:error', 'b1']);
  });

  it('are no more than thirty', () => {
    const many = Array.from({ length: 30 }, (_, i) => `f${i} x`);
    expect(remembered(many, 'new one')).toHaveLength(30);
  });
});
