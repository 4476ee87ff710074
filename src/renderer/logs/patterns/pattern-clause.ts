/** A pattern as a clause of the local filter: an expression that its lines meet, where they say it. */
import type { LogPattern } from '../../../shared/logs/engine-protocol';
import { canName } from '../filter/clauses';

/** What the engine masks, as expressions of what it masked. No groups that repeat: those are slow to ask. */
const masks: ReadonlyMap<string, string> = new Map([
  ['<*>', '\\S+'],
  ['<uuid>', '[0-9a-fA-F-]{36}'],
  ['<time>', '\\d{4}-\\d\\d-\\d\\d[T\\s][0-9:.,Z+-]+'],
  ['<ip>', '[0-9.]{7,15}(?::\\d+)?'],
  ['<email>', '[\\w.+-]+@[\\w.-]+'],
  ['<hex>', '[0-9a-fA-Fx]{3,}'],
  ['<num>', '[+-]?\\d+(?:\\.\\d+)?'],
]);
const mask = /<(?:\*|uuid|time|ip|email|hex|num)>/g;

/** The filter has room for 4,096 characters: of a long pattern the beginning is enough. */
const LONGEST = 1_500;

/** For RE2 and for JavaScript alike; a backslash is written so that no back-reference is seen in what follows it. */
function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, (letter) =>
    letter === '\\' ? '\\x5c' : `\\${letter}`,
  );
}

/** One word of a template; what it masks lies between literal pieces. */
function wordSource(word: string): string {
  let source = '';
  let from = 0;
  for (const match of word.matchAll(mask)) {
    source += escaped(word.slice(from, match.index)) + (masks.get(match[0]) ?? '');
    from = match.index + match[0].length;
  }
  return source + escaped(word.slice(from));
}

export function templateSource({ template, open }: Pick<LogPattern, 'template' | 'open'>): string {
  const words: string[] = [];
  let length = 0;
  let whole = !open;
  for (const word of template.split(' ').map(wordSource)) {
    length += word.length + 3;
    if (length > LONGEST && words.length > 0) {
      whole = false;
      break;
    }
    words.push(word);
  }
  return `^\\s*${words.join('\\s+')}${whole ? '\\s*$' : '(?:\\s[\\s\\S]*)?$'}`;
}

/** Selects the lines of the pattern; null where the filter cannot name the field that says it. */
export function patternClause(
  pattern: Pick<LogPattern, 'template' | 'open' | 'said'>,
): string | null {
  const source = `/${templateSource(pattern)}/`;
  if (pattern.said.some((path) => path !== null && !canName(path))) return null;
  const clauses = pattern.said.map((path) => (path === null ? source : `${path}:${source}`));
  if (clauses.length === 0) return null;
  return clauses.length === 1 ? (clauses[0] ?? null) : `(${clauses.join(' OR ')})`;
}

export interface TemplatePart {
  text: string;
  masked: boolean;
}

/** The template cut into what its lines share and what differs. */
export function templateParts(template: string): TemplatePart[] {
  const parts: TemplatePart[] = [];
  let from = 0;
  for (const match of template.matchAll(mask)) {
    if (match.index > from) parts.push({ text: template.slice(from, match.index), masked: false });
    parts.push({ text: match[0].slice(1, -1), masked: true });
    from = match.index + match[0].length;
  }
  if (from < template.length) parts.push({ text: template.slice(from), masked: false });
  return parts;
}
