import { describe, expect, it } from 'vitest';
import {
  checkLogSource,
  draftOf,
  isReadable,
  keepsSecret,
} from '../../../src/renderer/settings/log-sources-form';
import type { ElasticSource } from '../../../src/shared/logs/elastic';

const source = (change: Partial<ElasticSource> = {}): ElasticSource => ({
  id: 'crm',
  name: 'CRM logs',
  url: 'https://logs.example.com:9200/es',
  patterns: ['crm-logs-*', 'audit'],
  auth: { kind: 'basic', user: 'reader' },
  timeField: '@timestamp',
  messageField: 'message',
  caFile: null,
  ...change,
});

describe('the form of a log source', () => {
  it('makes the source it was opened with when nothing is changed', () => {
    const sigv4 = {
      kind: 'sigv4',
      connectionId: 'c',
      region: 'eu-west-1',
      service: 'aoss',
    } as const;
    for (const one of [
      source(),
      source({ auth: { kind: 'none' } }),
      source({ auth: { kind: 'apiKey' }, caFile: '/etc/ca.pem' }),
      source({ auth: sigv4 }),
    ]) {
      expect(checkLogSource(draftOf(one, 'new'), one)).toEqual({
        ok: true,
        source: one,
        secret: null,
      });
    }
  });

  it('names every field that is missing', () => {
    const checked = checkLogSource(draftOf(null, 'new'), null);
    expect(checked.ok ? [] : Object.keys(checked.errors).sort()).toEqual([
      'name',
      'patterns',
      'secret',
      'url',
      'user',
    ]);
  });

  it.each([
    ['logs.example.com', 'begins with https'],
    ['ftp://logs.example.com', 'must be https or http'],
    ['https://user:pw@logs.example.com', 'do not belong'],
    ['https://logs.example.com/?token=1', 'ends before'],
  ])('refuses the address %s', (url, words) => {
    const checked = checkLogSource({ ...draftOf(source(), ''), url }, source());
    expect(checked.ok ? '' : checked.errors.url).toContain(words);
  });

  it.each(['a b,c', 'x/_search', '#all', 'a"b'])('reads or refuses patterns: %s', (patterns) => {
    const checked = checkLogSource({ ...draftOf(source(), ''), patterns }, source());
    if (checked.ok) expect(checked.source.patterns).toEqual(['a', 'b', 'c']);
    else expect(checked.errors.patterns).toContain('index pattern');
    expect(checked.ok).toBe(patterns === 'a b,c');
  });

  it('asks for the secret again where it would go to another address or user', () => {
    const draft = draftOf(source(), '');
    expect(keepsSecret({ ...draft, url: 'https://logs.example.com:9200/other' }, source())).toBe(
      true,
    );
    for (const changed of [
      { ...draft, url: 'https://logs.example.org:9200' },
      { ...draft, url: 'http://logs.example.com:9200' },
      { ...draft, user: 'other' },
      { ...draft, auth: 'apiKey' as const },
    ]) {
      expect(keepsSecret(changed, source())).toBe(false);
      const checked = checkLogSource(changed, source());
      expect(checked.ok ? undefined : checked.errors.secret).toContain('Enter it again');
    }
  });

  it('hands out a secret only where one is used', () => {
    const draft = { ...draftOf(source(), ''), secret: 'typed' };
    expect(checkLogSource(draft, null)).toMatchObject({ ok: true, secret: 'typed' });
    expect(checkLogSource({ ...draft, auth: 'none' }, null)).toMatchObject({
      ok: true,
      secret: null,
    });
    expect(checkLogSource({ ...draft, secret: 'a\nb' }, null)).toMatchObject({ ok: false });
  });

  it('knows what others on the network can read', () => {
    expect(isReadable({ url: 'http://logs.example.com' })).toBe(true);
    for (const url of [
      'https://logs.example.com',
      'http://localhost:9200',
      'http://127.0.0.1',
      '',
    ]) {
      expect(isReadable({ url })).toBe(false);
    }
  });
});
