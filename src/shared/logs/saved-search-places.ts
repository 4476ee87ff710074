/** Where `${name}` stands in a text: bare, within quotes, within a regular expression. */
import type { insightsLanguages } from './insights';

/** `pattern`: CloudWatch's filter patterns; `filter`: the filter of lines; `query_string`: Lucene's. */
export type FillSyntax = (typeof insightsLanguages)[number] | 'pattern' | 'filter' | 'query_string';

export interface Place {
  name: string;
  /** Half open, in UTF-16 units. */
  from: number;
  to: number;
  where: '"' | "'" | '`' | '/' | '%' | 'comment' | 'bare';
}

type Opener = Exclude<Place['where'], 'comment' | 'bare'>;

const openers: Readonly<Record<FillSyntax, readonly Opener[]>> = {
  pattern: ['"', '%'],
  filter: ['"', '/'],
  query_string: ['"', '/'],
  CWLI: ['"', "'", '`', '/'],
  PPL: ['"', "'", '`'],
  SQL: ['"', "'", '`'],
};

const parameter = /\$\{([a-zA-Z_]\w*)\}/y;

/** Every `${name}`, in order. What stands in a comment or in quotes is read as the language reads it. */
export function placesIn(text: string, syntax: FillSyntax): Place[] {
  const places: Place[] = [];
  let where: Place['where'] = 'bare';
  let at = 0;
  while (at < text.length) {
    parameter.lastIndex = at;
    const found = parameter.exec(text);
    if (found !== null) {
      const to = at + found[0].length;
      places.push({ name: found[1] ?? '', from: at, to, where });
      at = to;
      continue;
    }
    const letter = text.charAt(at);
    if (where === 'comment') {
      if (letter === '\n') where = 'bare';
    } else if (where !== 'bare') {
      // In SQL, and between backticks, a backslash is a letter like any other.
      if (letter === '\\' && syntax !== 'SQL' && where !== '`') at += 1;
      else if (letter === where) where = 'bare';
    } else {
      where = opened(text, at, syntax);
      // A backslash outside quotes takes the meaning of what follows it.
      if (letter === '\\') at += 1;
    }
    at += 1;
  }
  return places;
}

function opened(text: string, at: number, syntax: FillSyntax): Place['where'] {
  const letter = text.charAt(at);
  if (syntax === 'CWLI' && letter === '#') return 'comment';
  if (syntax === 'SQL' && text.startsWith('--', at)) return 'comment';
  const opener = openers[syntax].find((one) => one === letter);
  if (opener === undefined) return 'bare';
  // A slash begins an expression only where a value may stand: `/api/leads` is a path, `a / b` a division.
  return opener === '/' && !regexOpens(text, at, syntax) ? 'bare' : opener;
}

function regexOpens(text: string, at: number, syntax: FillSyntax): boolean {
  const before = text.slice(0, at).trimEnd();
  if (syntax === 'CWLI') return /(?:like|=~|parse\s+\S+|[(,])$/i.test(before);
  return at === 0 || /[\s(:]$/.test(text.slice(0, at));
}

/** Names of every parameter the text asks for, each once. */
export const parametersOf = (text: string, syntax: FillSyntax): string[] => [
  ...new Set(placesIn(text, syntax).map(({ name }) => name)),
];
