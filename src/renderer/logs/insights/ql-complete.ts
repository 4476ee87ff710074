/** What can be written at a place of a query. */
import { usualFields, vocabularyOf } from './ql-words';
import type { Language } from './store';

export interface Suggestion {
  label: string;
  kind: 'command' | 'word' | 'function' | 'field';
  help: string;
  /** What is written in its place. */
  apply: string;
}

export interface Suggestions {
  /** Where the word begins that they take the place of. */
  from: number;
  list: readonly Suggestion[];
}

const WORD = /`?[@A-Za-z_][\w.@-]*$/;

/**
 * Suggestions before a place of the text. Null inside a text, a regular expression or a comment, and where no word was
 * begun and nobody asked.
 */
export function suggest(
  text: string,
  at: number,
  language: Language,
  fields: ReadonlySet<string>,
  asked: boolean,
): Suggestions | null {
  const before = text.slice(0, at);
  if (inQuotes(before)) return null;
  const word = WORD.exec(before)?.[0] ?? '';
  if (word === '' && !asked) return null;
  const from = at - word.length;
  const lead = before.slice(0, from);
  const { commands, words, functions } = vocabularyOf(language);
  const begins = /(?:^|\|)\s*$/.test(lead) && commands.length > 0;
  if (begins && !word.startsWith('@') && !word.startsWith('`')) {
    return { from, list: commands.map(({ name, help }) => plain(name, 'command', help)) };
  }
  return {
    from,
    list: [
      ...fieldSuggestions(fields, language),
      ...words.map(({ name, help }) => plain(name, 'word', help)),
      ...functions.map(({ name, help }) => ({
        label: name,
        kind: 'function' as const,
        help,
        apply: `${name}(`,
      })),
    ],
  };
}

const plain = (name: string, kind: Suggestion['kind'], help: string): Suggestion => ({
  label: name,
  kind,
  help,
  apply: `${name} `,
});

function fieldSuggestions(fields: ReadonlySet<string>, language: Language): Suggestion[] {
  const usual = new Map(usualFields.map(({ name, help }) => [name, help]));
  const others = [...fields].filter((name) => !usual.has(name) && isField(name));
  return [...[...usual], ...others.map((name) => [name, 'Seen in these logs.'] as const)].map(
    ([name, help]) => ({ label: name, kind: 'field', help, apply: fieldText(name, language) }),
  );
}

/** Columns of results are also computed: `count(*)` is no field of a record. */
const isField = (name: string): boolean => /^[^\s()`"']{1,200}$/.test(name);

/** As a query names a field: in backticks where it is not made of letters, digits, dots and `@` alone. */
export function fieldText(name: string, language: Language): string {
  const simple =
    language === 'CWLI' ? /^@?[A-Za-z_][\w.]*$/.test(name) : /^[A-Za-z_]\w*$/.test(name);
  return simple ? name : `\`${name}\``;
}

/** The text ends within quotes, a regular expression or a comment. */
function inQuotes(text: string): boolean {
  let open: string | null = null;
  for (let place = 0; place < text.length; place += 1) {
    const letter = text.charAt(place);
    if (open === '#') {
      if (letter === '\n') open = null;
    } else if (open !== null) {
      if (letter === '\\') place += 1;
      else if (letter === open) open = null;
    } else if (letter === '"' || letter === "'" || letter === '#') open = letter;
    else if (letter === '/' && /(?:like|=~|parse\s+\S+)\s*$/i.test(text.slice(0, place))) {
      open = letter;
    }
  }
  return open !== null;
}
