import { EditorState } from '@codemirror/state';
import { ensureSyntaxTree } from '@codemirror/language';
import { describe, expect, it } from 'vitest';
import { fieldText, suggest } from '../../../src/renderer/logs/insights/ql-complete';
import { queryLanguage } from '../../../src/renderer/logs/insights/ql-language';
import type { Language } from '../../../src/renderer/logs/insights/store';

const fields = new Set(['level', 'http.status-code', 'count(*)', '@message']);

function labels(text: string, language: Language = 'CWLI', asked = false): string[] | null {
  return (
    suggest(text, text.length, language, fields, asked)?.list.map(({ label }) => label) ?? null
  );
}

describe('completion', () => {
  it('gives commands where one begins, and only there', () => {
    expect(labels('fi')).toContain('filter');
    expect(labels('fields @message\n| so')).toContain('sort');
    expect(labels('fields @message\n| so')).not.toContain('level');
    expect(labels('filter le')).not.toContain('dedup');
  });

  it('gives fields, words and functions behind a command', () => {
    expect(labels('filter le')).toEqual(expect.arrayContaining(['level', 'like', 'ispresent']));
    expect(labels('stats count(*) by @')).toEqual(
      expect.arrayContaining(['@timestamp', '@logStream']),
    );
  });

  it('leaves out computed columns, and names each field once', () => {
    const found = labels('filter x');
    expect(found).not.toContain('count(*)');
    expect(found?.filter((label) => label === '@message')).toHaveLength(1);
  });

  it.each(['filter x = "le', 'filter @message like /le', '# le', "filter x = 'it le"])(
    'keeps quiet within %s',
    (text) => expect(labels(text, 'CWLI', true)).toBeNull(),
  );

  it('speaks again behind a text, an escaped quote and a division', () => {
    expect(labels('filter x = "a" and le')).not.toBeNull();
    expect(labels('filter x = "a\\"b" and le')).not.toBeNull();
    expect(labels('fields a / b, le')).not.toBeNull();
  });

  it('waits for a word unless it is asked', () => {
    expect(labels('filter ')).toBeNull();
    expect(labels('filter ', 'CWLI', true)).toContain('level');
  });

  it('takes the place of the word that was begun', () => {
    expect(suggest('filter @lo', 10, 'CWLI', fields, false)?.from).toBe(7);
    expect(suggest('filter `http.st', 15, 'CWLI', fields, false)?.from).toBe(7);
  });

  it('writes a field as the language names it', () => {
    expect(fieldText('http.status-code', 'CWLI')).toBe('`http.status-code`');
    expect(fieldText('http.status', 'CWLI')).toBe('http.status');
    expect(fieldText('@timestamp', 'CWLI')).toBe('@timestamp');
    expect(fieldText('@timestamp', 'SQL')).toBe('`@timestamp`');
    expect(fieldText('level', 'PPL')).toBe('level');
  });

  it('knows the words of the other languages', () => {
    expect(labels('SELECT a F', 'SQL')).toContain('FROM');
    expect(labels('fields a | wh', 'PPL')).toContain('where');
    expect(labels('fields a | wh', 'CWLI')).not.toContain('where');
  });
});

function coloured(text: string, language: Language): string[] {
  const state = EditorState.create({ doc: text, extensions: queryLanguage(language) });
  const found: string[] = [];
  ensureSyntaxTree(state, text.length, 5_000)?.iterate({
    enter: ({ name, from, to }) => {
      if (name !== 'Document') found.push(`${name} ${text.slice(from, to)}`);
    },
  });
  return found;
}

describe('colours', () => {
  it('tell commands, functions, fields, texts and regular expressions apart', () => {
    const found = coloured('filter @message like /a|b/ # why\n| stats count(*) by `my f`', 'CWLI');
    expect(found).toEqual(
      expect.arrayContaining([
        'keyword filter',
        'variableName @message',
        'keyword like',
        'string /a|b/',
        'comment # why',
        'keyword stats',
        'keyword count',
        'keyword by',
        'variableName `my f`',
      ]),
    );
  });

  it('take a command for a field where none can stand', () => {
    expect(coloured('filter limit = 1', 'CWLI')).toContain('variableName limit');
  });

  it('do not take a division for a regular expression', () => {
    const found = coloured('fields a / b / c', 'CWLI');
    expect(found.some((one) => one.startsWith('string'))).toBe(false);
  });
});
