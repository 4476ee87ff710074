import { describe, expect, it } from 'vitest';
import { patternLanguage, toLucene } from '../../../src/shared/logs/elastic-pattern';

describe('patterns of CloudWatch for Lucene', () => {
  it.each([
    ['{ $.level = "error" }', 'level:"error"'],
    ['{$.statusCode>=400&&$.statusCode<500}', '(statusCode:>=400 AND statusCode:<500)'],
    [
      '{ ($.type = "security_event" || $.level = fatal) && $.service = "crm-*" }',
      '((type:"security_event" OR level:"fatal") AND service:crm\\-*)',
    ],
    ['{ $.error.message = "say \\"no\\"" }', 'error.message:"say \\"no\\""'],
    ['{ $.code != 200 }', '(_exists_:code AND NOT code:"200")'],
    ['{ $.a EXISTS && $.b NOT EXISTS }', '(_exists_:a AND (NOT _exists_:b))'],
    ['{ $.ok IS FALSE }', 'ok:false'],
    ['{ $.delta > -5.5 }', 'delta:>"-5.5"'],
    ['{ $.@timestamp EXISTS }', '_exists_:\\@timestamp'],
    ['?ERROR ?"two words"', 'ERROR OR "two words"'],
  ])('says %s', (pattern, query) => {
    expect(toLucene(pattern)).toEqual({ ok: true, query });
  });

  it.each([
    '',
    'ERROR timeout',
    '"two words" -debug',
    'level:error AND statusCode:[400 TO 499]',
    't?st',
  ])('leaves what is Lucene’s already: %s', (pattern) => {
    expect(toLucene(pattern)).toEqual({ ok: true, query: pattern });
  });

  it.each([
    '{ $.level = %err.*% }',
    '{ $.items[0].id = 5 }',
    '{ $.a = "x" ',
    '{ ($.a = 1 }',
    '{ $.a > "x" }',
    '{ $.a IS NULL }',
    '{ $.a = 1 $.b = 2 }',
    '{ }',
    '%error [0-9]+%',
    '[ip, user, status = 5*]',
  ])('says that there is no like of %s', (pattern) => {
    const found = toLucene(pattern);
    expect(found).toMatchObject({ ok: false });
  });

  it('cannot be led to ask for more than the value', () => {
    const found = toLucene('{ $.user = "a\\" OR level:\\"*" }');
    expect(found).toEqual({ ok: true, query: 'user:a\\"\\ OR\\ level\\:\\"*' });
  });
});

describe('the language of a pattern', () => {
  it.each([
    [[], 'cloudwatch'],
    [[false, false], 'cloudwatch'],
    [[true], 'lucene'],
    [[true, false], 'both'],
  ] as const)('%j', (elastic, language) => {
    expect(patternLanguage(elastic)).toBe(language);
  });
});
