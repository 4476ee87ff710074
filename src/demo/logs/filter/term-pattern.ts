import type { Pattern } from './pattern';
import { invalidPattern, invalidTerm } from './pattern-error';
import { patternRegex } from './regex';

type Sign = 'must' | 'optional' | 'not';

interface Term {
  sign: Sign;
  test: (message: string) => boolean;
}

/** Letters and digits of any script, and underscore: anything else needs double quotes. */
const WORD = /^[\p{L}\p{N}_]+$/u;

/**
 * Terms anywhere in the message, case as written: all plain ones, none with a minus. Those with a question mark are
 * alternatives, and count only when nothing else is asked (AWS ignores them beside other terms).
 */
export function termPattern(text: string): Pattern {
  const terms = readTerms(text);
  const must = terms.filter((term) => term.sign === 'must');
  const not = terms.filter((term) => term.sign === 'not');
  const optional = terms.filter((term) => term.sign === 'optional');
  const alternatives = must.length + not.length === 0 ? optional : [];
  return {
    matches: (message) =>
      must.every((term) => term.test(message)) &&
      !not.some((term) => term.test(message)) &&
      (alternatives.length === 0 || alternatives.some((term) => term.test(message))),
    extract: () => ({}),
  };
}

function readTerms(text: string): Term[] {
  const terms: Term[] = [];
  let at = 0;
  while (at < text.length) {
    if (/\s/.test(text[at] ?? '')) {
      at += 1;
      continue;
    }
    const sign = signAt(text, at);
    if (sign !== 'must') at += 1;
    const [test, next] = readTerm(text, at);
    terms.push({ sign, test });
    at = next;
  }
  return terms;
}

function signAt(text: string, at: number): Sign {
  if (text[at] === '?') return 'optional';
  return text[at] === '-' ? 'not' : 'must';
}

function readTerm(text: string, at: number): [test: Term['test'], next: number] {
  if (text[at] === '"') {
    const [phrase, next] = readPhrase(text, at + 1);
    return [(message) => message.includes(phrase), next];
  }
  if (text[at] === '%') {
    const end = text.indexOf('%', at + 1);
    if (end < 0) throw invalidPattern();
    const regex = patternRegex(text.slice(at + 1, end));
    return [(message) => regex.test(message), end + 1];
  }
  const end = text.slice(at).search(/\s|$/) + at;
  const word = text.slice(at, end);
  if (word === '') throw invalidPattern();
  if (!WORD.test(word)) throw invalidTerm(word);
  return [(message) => message.includes(word), end];
}

/** Text up to the closing quote; a backslash keeps the next character. */
export function readPhrase(text: string, at: number): [phrase: string, next: number] {
  let phrase = '';
  for (let index = at; index < text.length; index += 1) {
    const letter = text[index] ?? '';
    if (letter === '"') {
      if (phrase === '') throw invalidTerm('""');
      return [phrase, index + 1];
    }
    if (letter === '\\' && index + 1 < text.length) {
      index += 1;
      phrase += text[index] ?? '';
    } else phrase += letter;
  }
  throw invalidPattern();
}
