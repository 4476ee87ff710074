/** Colours of the query languages in the editor. */
import { StreamLanguage } from '@codemirror/language';
import type { StreamParser, StringStream } from '@codemirror/language';
import { vocabularyOf } from './ql-words';
import type { Language } from './store';

interface State {
  /** A command may come. */
  begin: boolean;
  /** A regular expression may come. */
  regex: boolean;
}

function parserOf(language: Language): StreamParser<State> {
  const { commands, words, functions } = vocabularyOf(language);
  const lower = (list: readonly { name: string }[]): Set<string> =>
    new Set(list.flatMap(({ name }) => name.toLowerCase().split(' ')));
  const starts = lower(commands);
  const known = lower(words);
  const calls = lower(functions);

  const word = (stream: StringStream, state: State, text: string): string => {
    const low = text.toLowerCase();
    const begin = state.begin;
    state.begin = false;
    state.regex = low === 'like' || low === 'parse' || state.regex;
    if (begin && starts.has(low)) return 'keyword';
    if (known.has(low)) return 'keyword';
    if (calls.has(low) && stream.match(/^\s*\(/, false)) return 'keyword';
    return 'variableName';
  };

  return {
    name: language,
    startState: () => ({ begin: true, regex: false }),
    copyState: (state) => ({ ...state }),
    token(stream, state) {
      if (stream.eatSpace()) return null;
      const next = stream.peek() ?? '';
      if (next === '#' || (language === 'SQL' && stream.match('--', false))) {
        stream.skipToEnd();
        return 'comment';
      }
      if (next === '|') {
        stream.next();
        state.begin = true;
        state.regex = false;
        return 'operator';
      }
      if (next === '`') {
        stream.match(/^`[^`]*`?/);
        return 'variableName';
      }
      if (next === '"' || next === "'") {
        stream.next();
        quoted(stream, next);
        return 'string';
      }
      if (next === '/' && state.regex) {
        stream.next();
        quoted(stream, next);
        state.regex = false;
        return 'string';
      }
      if (stream.match(/^\d+(?:\.\d+)?(?:[eE][+-]?\d+|[a-z]{1,2}\b)?/)) return 'number';
      const found = stream.match(/^@?[A-Za-z_][\w.]*/);
      if (found !== null && typeof found === 'object') return word(stream, state, found[0]);
      stream.next();
      if (next === '~') state.regex = true;
      return '+-*/^<>=!~%'.includes(next) ? 'operator' : 'punctuation';
    },
    languageData: {
      closeBrackets: { brackets: ['(', '[', '"', "'", '`'] },
      commentTokens: { line: language === 'SQL' ? '--' : '#' },
    },
  };
}

function quoted(stream: StringStream, end: string): void {
  for (let letter = stream.next(); letter != null && letter !== end; letter = stream.next()) {
    if (letter === '\\') stream.next();
  }
}

const made = new Map<Language, StreamLanguage<State>>();

export function queryLanguage(language: Language): StreamLanguage<State> {
  const known = made.get(language) ?? StreamLanguage.define(parserOf(language));
  made.set(language, known);
  return known;
}
