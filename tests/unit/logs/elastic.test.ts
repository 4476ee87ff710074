import { describe, expect, it } from 'vitest';
import { abilitiesOf } from '../../../src/main/logs/elastic/cursor';
import { eventOf } from '../../../src/main/logs/elastic/documents';
import {
  numberOf,
  parseExactly,
  stringifyExactly,
} from '../../../src/main/logs/elastic/exact-json';
import { quotable } from '../../../src/main/logs/elastic/failures';
import { auditRetention } from '../../../src/shared/logs/retention';
import { defaultLogSettings, logSettingsSchema } from '../../../src/shared/logs/settings';

describe('JSON with long numbers', () => {
  it.each([
    '{"a":12345678901234567890}',
    '{"a":-0.12345678901234567,"b":"12345678901234567890","c":"say \\"99999999999999999999\\" \\\\"}',
    '[1.2345678901234567e+300,{"k":["12345678901234567",12345678901234567]}]',
    '{"plain":1,"text":"x"}',
  ])('comes back to the letter: %s', (text) => {
    expect(stringifyExactly(parseExactly(text))).toBe(text);
  });

  it('reads them as numbers where a number is wanted', () => {
    const parsed = parseExactly('[1768446000000123456,1768446000000,"1768446000000","",null]');
    const values: unknown[] = Array.isArray(parsed) ? parsed : [];
    expect(values.map(numberOf)).toEqual([
      Number('1768446000000123456'),
      1768446000000,
      1768446000000,
      null,
      null,
    ]);
  });

  it('copes with a string of megabytes full of escapes', () => {
    const text = `{"n":12345678901234567890,"s":"${'\\"\\\\\\n'.repeat(700_000)}"}`;
    expect(stringifyExactly(parseExactly(text))).toBe(text);
  });

  it('says that it is no JSON', () => {
    expect(() => parseExactly('{"a":12345678901234567890')).toThrow(SyntaxError);
  });
});

describe('documents as events', () => {
  const fields = { timeField: '@timestamp', messageField: 'log.original' };
  const hit = { _index: 'i', _id: '1', sort: [5] };

  it('take their time from the server’s reading, else from what it sorts by', () => {
    const said = { ...hit, _source: {}, fields: { '@timestamp': ['1768446000123.456'] } };
    expect(eventOf(said, fields)).toMatchObject({
      timestamp: 1768446000123,
      id: 'i/1',
      stream: 'i',
    });
    expect(eventOf({ ...hit, _source: {} }, fields)).toMatchObject({ timestamp: 5 });
    expect(eventOf({ ...hit, sort: [null], _source: {} }, fields)).toBeNull();
  });

  it.each([
    [{ log: { original: '{"level":"warn"}' } }, '{"level":"warn"}'],
    [{ 'log.original': '{"level":"warn"}' }, '{"level":"warn"}'],
    [{ log: { original: 'plain {' } }, '{"log":{"original":"plain {"}}'],
    [{ log: { original: '{broken}' } }, '{"log":{"original":"{broken}"}}'],
    [undefined, 'The index keeps no source of this document.'],
  ])('show the message where it is a record itself, else the document: %j', (_source, message) => {
    expect(eventOf({ ...hit, _source }, fields)?.message).toBe(message);
  });
});

describe('what servers can do', () => {
  it.each([
    ['8.15.3', undefined, 'elasticsearch', '_shard_doc'],
    ['7.12.0', undefined, 'elasticsearch', '_shard_doc'],
    ['7.11.2', undefined, null, '_id'],
    ['6.8.0', undefined, null, '_id'],
    ['2.19.1', 'opensearch', 'opensearch', '_id'],
    ['1.3.0', 'opensearch', null, '_id'],
  ])('%s %s', (number, distribution, pit, tiebreaker) => {
    const version = distribution === undefined ? { number } : { number, distribution };
    expect(abilitiesOf({ version })).toEqual({ pit, tiebreaker });
  });

  it('is the least where the server does not tell', () => {
    expect(abilitiesOf(null)).toEqual({ pit: null, tiebreaker: '_id' });
  });
});

describe('what a server said, quoted', () => {
  it('is without secrets, however they are written', () => {
    expect(quotable('bad password hunter22 for me.', ['hunter22'])).toBe('bad password ••• for me');
    expect(quotable('no pw1 here', ['pw1'])).toBe('');
    expect(quotable('Basic Y3JtOmh1bnRlcg==', [])).toBe('•••');
  });
});

describe('the audit of retention', () => {
  it('leaves out groups of other servers, which keep logs by their own rules', () => {
    const group = {
      region: 'us-east-1',
      name: 'crm-logs-*',
      arn: '',
      storedBytes: null,
      retentionDays: null,
      createdAt: null,
      logClass: 'STANDARD',
    } as const;
    const groups = [
      { ...group, connectionId: 'crm' },
      { ...group, connectionId: 'elastic:crm' },
    ];
    const audit = auditRetention(groups, [], 0);
    expect(audit.groups.map(({ connectionId }) => connectionId)).toEqual(['crm']);
  });
});

describe('settings of log sources', () => {
  it('are there in files that know nothing of them', () => {
    const { sources: _sources, ...older } = defaultLogSettings;
    expect(logSettingsSchema.parse(older).sources).toEqual([]);
  });

  it('take no password', () => {
    const auth = { kind: 'basic', user: 'u', password: 'p' };
    const source = {
      id: 'a',
      name: 'A',
      url: 'https://a.example.com',
      patterns: ['x-*'],
      auth,
      timeField: '@timestamp',
      messageField: 'message',
      caFile: null,
    };
    const parsed = logSettingsSchema.safeParse({ ...defaultLogSettings, sources: [source] });
    expect(parsed.success).toBe(false);
  });
});
