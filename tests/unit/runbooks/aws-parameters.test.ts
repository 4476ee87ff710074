import { describe, expect, test } from 'vitest';
import type { FailureError } from '../../../src/shared/failure';
import {
  checkedParameters,
  findDocument,
} from '../../../src/main/runbooks/actions/aws/ssm-document';
import type { DocumentParameter } from '../../../src/main/runbooks/actions/aws/ssm-document';
import { readsOf } from '../../support/runbook-calls';

const check = (parameter: DocumentParameter, value: string | string[]): string[] | string => {
  try {
    const document = { name: 'Doc', parameters: { p: parameter }, steps: [] };
    return checkedParameters(document, { p: value })['p'] ?? 'nothing';
  } catch (error) {
    return String(error);
  }
};

describe('parameters of documents', () => {
  test.each<[string, DocumentParameter, string | string[], string[]]>([
    ['a list of one text', { type: 'StringList' }, 'a', ['a']],
    ['the JSON of a list', { type: 'StringList' }, '["a","b"]', ['a', 'b']],
    ['a text that looks like a list', { type: 'String' }, '["a"]', ['["a"]']],
    [
      'a list of a type of AWS',
      { type: 'List<AWS::EC2::Instance::Id>' },
      ['i-1', 'i-2'],
      ['i-1', 'i-2'],
    ],
    ['a map', { type: 'StringMap' }, '{"a":"b"}', ['{"a":"b"}']],
    ['truth', { type: 'Boolean' }, 'true', ['true']],
    ['an allowed number', { type: 'Integer', allowedValues: [1, 2] }, '2', ['2']],
    [
      'what Systems Manager fills in',
      { type: 'String', allowedPattern: '^i-.*$' },
      '{{ssm:x}}',
      ['{{ssm:x}}'],
    ],
    // Java's own: AWS checks it.
    [
      'a pattern of another dialect',
      { type: 'String', allowedPattern: '(?i)^abc$' },
      'ABC',
      ['ABC'],
    ],
    ['either of two patterns', { type: 'String', allowedPattern: 'a|b' }, 'b', ['b']],
  ])('takes %s', (_, parameter, value, wanted) => {
    expect(check(parameter, value)).toEqual(wanted);
  });

  test.each<[string, DocumentParameter, string | string[], RegExp]>([
    ['a pattern that fits in part', { type: 'String', allowedPattern: 'a|b' }, 'abc', /pattern/],
    ['two values for one', { type: 'String' }, ['a', 'b'], /one value/],
    ['too few', { type: 'StringList', minItems: 2 }, ['a'], /2 values at least/],
    ['too many', { type: 'StringList', maxItems: 1 }, ['a', 'b'], /1 values at most/],
    ['too long', { type: 'String', maxChars: 2 }, 'abc', /2 characters at most/],
    ['half a number', { type: 'Integer' }, '1.5', /not of the type Integer/],
    ['one of a list', { type: 'StringList', allowedValues: ['a'] }, ['a', 'b'], /“b” is none of a/],
    ['a long one, without telling it', { type: 'Integer' }, 'x'.repeat(100), /p: the value is not/],
  ])('refuses %s', (_, parameter, value, words) => {
    expect(check(parameter, value)).toMatch(words);
  });

  test('a name that every object has is not a parameter', () => {
    const document = { name: 'Doc', parameters: {}, steps: [] };
    expect(() => checkedParameters(document, { constructor: 'x' })).toThrow(/has no constructor/);
  });

  test('a text that cannot be read is no document', async () => {
    for (const Content of ['', 'not JSON', '[]', '{"parameters":{"p":{}}}']) {
      const reads = readsOf({ getDocument: async () => ({ Content, DocumentType: 'Automation' }) });
      const found = findDocument(
        reads,
        { name: 'Doc', kind: 'Automation' },
        AbortSignal.timeout(100),
      );
      await expect(found, Content).rejects.toThrow(
        expect.objectContaining<Partial<FailureError>>({
          message: expect.stringContaining('cannot be read'),
        }),
      );
    }
  });
});
