/** Puts values in the place of `${name}`: quoted for where they stand, so that a value stays a value. */
import { assertNever } from '../assert-never';
import type { insightsLanguages } from './insights';
import { placesIn } from './saved-search-places';
import type { FillSyntax, Place } from './saved-search-places';
import type { SavedSearch, SearchDraft, SearchParameter } from './saved-search';

export type ParameterValues = Readonly<Record<string, string>>;

export type FilledSearch =
  | { kind: 'filter'; pattern: string; filterText: string; queryString: string | null }
  | { kind: 'insights'; query: string; language: (typeof insightsLanguages)[number] };

export type Filled =
  | { ok: true; filled: FilledSearch }
  /** `name` is the parameter's. */
  | { ok: false; name: string; message: string };

/** Thrown and caught here only. */
class FillError extends Error {
  constructor(
    readonly parameter: string,
    message: string,
  ) {
    super(message);
    this.name = new.target.name;
  }
}

const number = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const control = /[\u0000-\u001f\u007f]/;

/** What is wrong with a value; null when it can be put in. */
export function valueProblem(parameter: SearchParameter, value: string): string | null {
  if (value === '') return `${parameter.label} is missing.`;
  if (value.length > 1_000) return `${parameter.label} may have 1,000 characters.`;
  switch (parameter.type) {
    case 'number':
      return number.test(value.trim()) ? null : `${parameter.label} must be a number.`;
    case 'choice':
      return parameter.choices.includes(value)
        ? null
        : `${parameter.label} is none of the choices.`;
    case 'text':
      return control.test(value)
        ? `${parameter.label} holds a line break or a control character.`
        : null;
    default:
      return assertNever(parameter.type);
  }
}

/** The texts with every parameter's value in its place. Never throws. */
export function fillSearch(search: SearchDraft | SavedSearch, values: ParameterValues): Filled {
  const fill = (text: string, syntax: FillSyntax): string =>
    fillText(text, syntax, search.parameters, values);
  try {
    for (const parameter of search.parameters) valueOf(parameter, values);
    if (search.kind === 'insights') {
      const { language } = search;
      return {
        ok: true,
        filled: { kind: 'insights', query: fill(search.query, language), language },
      };
    }
    const { queryString } = search;
    return {
      ok: true,
      filled: {
        kind: 'filter',
        pattern: fill(search.pattern, 'pattern'),
        filterText: fill(search.filterText, 'filter'),
        queryString: queryString === null ? null : fill(queryString, 'query_string'),
      },
    };
  } catch (error) {
    if (!(error instanceof FillError)) throw error;
    return { ok: false, name: error.parameter, message: error.message };
  }
}

function valueOf(parameter: SearchParameter, values: ParameterValues): string {
  const value = values[parameter.name] ?? parameter.default;
  const problem = valueProblem(parameter, value);
  if (problem !== null) throw new FillError(parameter.name, problem);
  return parameter.type === 'number' ? value.trim() : value;
}

function fillText(
  text: string,
  syntax: FillSyntax,
  parameters: readonly SearchParameter[],
  values: ParameterValues,
): string {
  let filled = '';
  let done = 0;
  for (const place of placesIn(text, syntax)) {
    const parameter = parameters.find(({ name }) => name === place.name);
    if (parameter === undefined) continue;
    filled +=
      text.slice(done, place.from) +
      written(valueOf(parameter, values), parameter, place, {
        syntax,
        json: text.trimStart().startsWith('{'),
      });
    done = place.to;
  }
  return filled + text.slice(done);
}

function written(
  value: string,
  parameter: SearchParameter,
  { where }: Place,
  { syntax, json }: { syntax: FillSyntax; json: boolean },
): string {
  const refuse = (why: string): never => {
    throw new FillError(parameter.name, `${parameter.label} cannot hold ${why} here.`);
  };
  // These languages disagree on how a quote within quotes is written: none is let through.
  if ((syntax === 'SQL' || syntax === 'PPL') && /["'`\\;]/.test(value))
    refuse('quotes or backslashes');
  // Between quotes, too, a star of a JSON pattern stands for any text.
  if (syntax === 'pattern' && json && value.includes('*')) refuse('a star');
  switch (where) {
    case 'bare':
      if (parameter.type === 'number') return value;
      return syntax === 'SQL' || syntax === 'PPL' ? `'${value}'` : `"${escaped(value, '"')}"`;
    case '"':
    case "'":
      return escaped(value, where);
    case '/':
      return syntax === 'filter' && /[^\S ]/.test(value)
        ? refuse('other white space than plain spaces')
        : asRegex(value, syntax);
    case '%':
      return value.includes('%') ? refuse('a % sign') : asRegex(value, syntax);
    case '`':
      return value.includes('`') || value.includes('\\')
        ? refuse('a backtick or a backslash')
        : value;
    case 'comment':
      return value;
    default:
      return assertNever(where);
  }
}

const escaped = (value: string, quote: string): string =>
  value.replace(/\\/g, '\\\\').replaceAll(quote, `\\${quote}`);

/** Metacharacters are taken literally; what would end the expression, or the term it is in, is written as its code. */
function asRegex(value: string, syntax: FillSyntax): string {
  const special =
    syntax === 'query_string' ? /[\\^$.*+?[\]{}|"~@&#<>()/-]/g : /[\\^$.*+?[\]{}|()/]/g;
  if (syntax !== 'filter') return value.replace(special, '\\$&');
  return value.replace(/[\\^$.*+?[\]{}|()/" ]/g, (letter) =>
    /[()/" ]/.test(letter)
      ? `\\x${letter.charCodeAt(0).toString(16).padStart(2, '0')}`
      : `\\${letter}`,
  );
}
