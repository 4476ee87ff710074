import { describe, expect, it } from 'vitest';
import {
  checkLocalRule,
  localRuleDraft,
  withDimension,
} from '../../../src/renderer/settings/local-rule-form';
import { rule } from '../local-rules/rule';

describe('the local rule form', () => {
  it('makes the rule it was opened with when nothing is changed', () => {
    const several = rule({
      queries: [
        ...rule().queries,
        {
          ...rule().queries[0],
          id: 'e1',
          metric: null,
          expression: 'm1 * 2',
          stat: null,
          unit: null,
          periodSeconds: null,
          label: null,
          accountId: null,
          returnData: true,
        },
      ],
      watchedId: 'e1',
    });
    for (const each of [rule(), rule({ forSeconds: 90, threshold: -0.5 }), several]) {
      expect(checkLocalRule(localRuleDraft(each))).toEqual({ ok: true, rule: each });
    }
  });

  it('reads what people type', () => {
    const draft = localRuleDraft(rule());
    const { metric } = draft;
    if (metric === null) throw new Error('a rule on one metric');
    const checked = checkLocalRule({
      ...draft,
      name: ' Errors ',
      windowMinutes: '2,5',
      threshold: '0.75',
      metric: { ...metric, dimensions: 'A=1\n\n B = x=y ', stat: 'p99', periodSeconds: '30' },
    });
    expect(checked).toMatchObject({
      ok: true,
      rule: {
        name: 'Errors',
        windowSeconds: 150,
        threshold: 0.75,
        queries: [
          {
            stat: 'p99',
            periodSeconds: 30,
            metric: {
              dimensions: [
                { name: 'A', value: '1' },
                { name: 'B', value: 'x=y' },
              ],
            },
          },
        ],
      },
    });
  });

  it('says at each field what is wrong with it', () => {
    const draft = localRuleDraft(rule());
    const { metric } = draft;
    if (metric === null) throw new Error('a rule on one metric');
    const checked = checkLocalRule({
      ...draft,
      name: '',
      windowMinutes: '',
      threshold: 'many',
      everySeconds: '5',
      metric: { ...metric, namespace: ' ', dimensions: 'no equals sign', periodSeconds: '7' },
    });
    if (checked.ok) throw new Error('was accepted');
    expect(Object.keys(checked.errors).toSorted()).toEqual([
      'dimensions',
      'everySeconds',
      'name',
      'namespace',
      'periodSeconds',
      'threshold',
      'windowMinutes',
    ]);
  });

  it('checks queries written as JSON, and that one of them is watched', () => {
    const draft = { ...localRuleDraft(rule()), metric: null };
    expect(checkLocalRule({ ...draft, queries: '[' })).toMatchObject({ ok: false });
    expect(checkLocalRule({ ...draft, queries: '[{"id":"m1"}]' })).toMatchObject({ ok: false });
    expect(checkLocalRule({ ...draft, watchedId: 'x' })).toEqual({
      ok: false,
      errors: { watchedId: 'No query has this id.' },
    });
  });

  it('changes the value of one dimension', () => {
    expect(withDimension('A=1\nB=2', 'B', '3=4')).toBe('A=1\nB=3=4');
  });
});
