import { describe, expect, it } from 'vitest';
import {
  parseLength,
  parseOperator,
  parseOptionalLength,
  parseTimeOfDay,
} from '../../../src/renderer/settings/parse-fields';
import {
  moveRule,
  ruleDraft,
  ruleText,
  validateRule,
} from '../../../src/renderer/settings/rule-form';
import { defaultSeverityRules } from '../../../src/shared/severity/default-rules';
import { settingsSchema } from '../../../src/shared/settings/settings';
import type { SeverityRule } from '../../../src/shared/severity/severity';

const rule: SeverityRule = { id: 'r', severity: 'critical', name: 'P0*' };

describe('severity rule form', () => {
  it('gives every default rule back unchanged', () => {
    for (const each of defaultSeverityRules) {
      expect(validateRule(ruleDraft(each))).toEqual({ ok: true, rule: each });
    }
  });

  it('leaves blank conditions out and completes a tag without a value', () => {
    const draft = { ...ruleDraft(rule), name: ' ', tagKey: 'AlertLevel', kind: 'metric' as const };
    expect(validateRule(draft)).toEqual({
      ok: true,
      rule: {
        id: 'r',
        severity: 'critical',
        tag: { key: 'AlertLevel', value: '*' },
        kind: 'metric',
      },
    });
  });

  it.each([
    ['name', { name: '' }],
    ['name', { name: 'x'.repeat(301) }],
    ['topic', { topic: 'x'.repeat(301) }],
    ['tagKey', { tagKey: '', tagValue: 'Critical' }],
    ['tagKey', { tagKey: 'x'.repeat(129) }],
  ])('names a problem at %s', (field, change) => {
    const result = validateRule({ ...ruleDraft(rule), ...change });
    expect(result.ok ? [] : Object.keys(result.errors)).toEqual([field]);
  });

  it('moves a rule one place and stops at the ends', () => {
    const rules = ['a', 'b', 'c'].map((id) => ({ ...rule, id }));
    const ids = (moved: SeverityRule[]): string => moved.map(({ id }) => id).join('');
    expect(ids(moveRule(rules, 1, -1))).toBe('bac');
    expect(ids(moveRule(rules, 1, 1))).toBe('acb');
    expect(ids(moveRule(rules, 0, -1))).toBe('abc');
    expect(ids(moveRule(rules, 2, 1))).toBe('abc');
  });

  it('says what a rule looks for', () => {
    expect(ruleText({ ...rule, tag: { key: 'AlertLevel', value: 'P0' } })).toBe(
      'tag AlertLevel is P0 and name is P0*',
    );
    expect(ruleText({ id: 'x', severity: 'info' })).toBe('every alarm');
  });
});

describe('settings fields', () => {
  it('offers only what the schema stores', () => {
    const least = parseLength('10', 1_000, 10, 600);
    const most = parseLength('600', 1_000, 10, 600);
    for (const parsed of [least, most]) {
      expect(
        settingsSchema.shape.pollIntervalMs.safeParse(parsed.ok ? parsed.value : null).success,
      ).toBe(true);
    }
    expect(parseLength('0,5', 60_000, 0.5, 1440)).toEqual({ ok: true, value: 30_000 });
  });

  it.each(['', 'abc', '9', '601', '-30', 'Infinity'])('refuses "%s" seconds', (text) => {
    expect(parseLength(text, 1_000, 10, 600).ok).toBe(false);
  });

  it('reads nothing as never, where that is offered', () => {
    expect(parseOptionalLength(' ', 1_000, 1, 2)).toEqual({ ok: true, value: null });
    expect(parseOptionalLength('3', 1_000, 1, 2).ok).toBe(false);
  });

  it('wants a name and a time of day', () => {
    expect(parseOperator('  ').ok).toBe(false);
    expect(parseOperator(' sam ')).toEqual({ ok: true, value: 'sam' });
    expect(parseTimeOfDay('24:00').ok).toBe(false);
    expect(parseTimeOfDay('07:05').ok).toBe(true);
  });
});
