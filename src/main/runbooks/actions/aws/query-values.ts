/** Puts values in the place of `$name` in a query: quoted for its language, so that a value stays a value. */
import { assertNever } from '../../../../shared/assert-never';
import type { insightsLanguages } from '../../../../shared/logs/insights';
import { placesIn } from '../../../../shared/logs/saved-search-places';
import { refusedValue } from './common';

export type QueryLanguage = (typeof insightsLanguages)[number];

const LONGEST = 4_000;
const control = /[\u0000-\u001f\u007f]/;

/**
 * @throws FailureError for a value the language cannot hold, one that stands within quotes, a regular expression or
 * backticks, and one that the query does not ask for
 */
export function boundQuery(
  query: string,
  values: Readonly<Record<string, unknown>>,
  language: QueryLanguage,
): string {
  // As the places of saved searches are found, which knows where quotes begin and end.
  const marked = query.replace(/\$([a-zA-Z_]\w*)/g, (whole, name: string) =>
    Object.hasOwn(values, name) ? `\${${name}}` : whole,
  );
  const places = placesIn(marked, language).filter(({ name }) => Object.hasOwn(values, name));
  const unused = Object.keys(values).filter((name) => !places.some((one) => one.name === name));
  if (unused.length > 0) {
    throw refusedValue(`values: the query does not ask for ${unused.map(dollar).join(', ')}.`);
  }
  let bound = '';
  let done = 0;
  for (const { name, from, to, where } of places) {
    bound += marked.slice(done, from);
    done = to;
    // A comment says nothing to CloudWatch, and a value could end it.
    if (where === 'comment') bound += dollar(name);
    else if (where === 'bare') bound += written(values[name], name, language);
    else {
      throw refusedValue(
        `query: ${dollar(name)} stands within ${where}…${where}. Write it bare: it is quoted where it is put in.`,
      );
    }
  }
  return bound + marked.slice(done);
}

const dollar = (name: string): string => `$${name}`;

function written(value: unknown, name: string, language: QueryLanguage): string {
  if (Array.isArray(value)) {
    if (value.length === 0) throw refusedValue(`values.${name}: the list is empty.`);
    const elements = value.map((one: unknown) => single(one, name, language)).join(', ');
    return language === 'CWLI' ? `[${elements}]` : `(${elements})`;
  }
  return single(value, name, language);
}

function single(value: unknown, name: string, language: QueryLanguage): string {
  switch (typeof value) {
    case 'string':
      return quoted(value, name, language);
    case 'boolean':
      return String(value);
    case 'number': {
      const text = String(value);
      if (!/^-?\d+(\.\d+)?$/.test(text)) {
        throw refusedValue(`values.${name}: ${text} cannot be written in a query.`);
      }
      // After a minus, another would begin a comment of SQL.
      return value < 0 ? `(${text})` : text;
    }
    default:
      throw refusedValue(
        `values.${name}: a text, a number, true or false, or a list of them is wanted.`,
      );
  }
}

function quoted(value: string, name: string, language: QueryLanguage): string {
  if (value.length > LONGEST) {
    throw refusedValue(`values.${name}: ${LONGEST.toLocaleString('en')} characters at most.`);
  }
  if (control.test(value)) {
    throw refusedValue(`values.${name} holds a line break or a control character.`);
  }
  switch (language) {
    case 'CWLI':
      return `"${value.replace(/\\/g, '\\\\').replaceAll('"', '\\"')}"`;
    case 'SQL':
    case 'PPL':
      // How a quote within quotes is written differs between their engines: none is let through.
      if (/["'`\\]/.test(value)) {
        throw refusedValue(
          `values.${name} holds a quote or a backslash, which ${language} cannot be given safely.`,
        );
      }
      return `'${value}'`;
    default:
      return assertNever(language);
  }
}
