/**
 * Puts variables' values into texts: `$name`, `${name}`, `${name:format}`, `[[name]]`.
 * https://grafana.com/docs/grafana/latest/dashboards/variables/variable-syntax/
 */

/** Stands for "all" where an account's values are not known here; CloudWatch searches with it. */
export const ALL = '*';

/** What each variable stands for; several values of one that takes several. */
export type Substitutions = ReadonlyMap<string, readonly string[]>;

/** One way or the other of writing a variable; unknown names are left as they stand. */
const REFERENCE = /\$\{(\w+)(?:\.[\w.]+)?(?::([^}]*))?\}|\[\[(\w+)(?::([^\]]*))?\]\]|\$(\w+)/g;

function quoted(values: readonly string[], quote: string, inside: string): string {
  return values.map((value) => `${quote}${value.replaceAll(quote, inside)}${quote}`).join(',');
}

/** Several values as one text, as the named format writes them; `glob` is Grafana's default. */
export function formatValues(values: readonly string[], format: string): string {
  const [first = ''] = values;
  switch (format) {
    case 'csv':
    case 'raw':
      return values.join(',');
    case 'pipe':
      return values.join('|');
    case 'regex':
      return values.length === 1 ? first : `(${values.join('|')})`;
    case 'singlequote':
      return quoted(values, "'", "\\'");
    case 'sqlstring':
      return quoted(values, "'", "''");
    case 'doublequote':
      return quoted(values, '"', '\\"');
    case 'json':
      return JSON.stringify(values);
    case 'text':
      return values.join(' + ');
    case 'percentencode':
      return values.map(encodeURIComponent).join(',');
    default:
      return values.length === 1 ? first : `{${values.join(',')}}`;
  }
}

/** The text with every known variable replaced, once: values are never read for variables again. */
export function substitute(written: string, known: Substitutions): string {
  if (!written.includes('$') && !written.includes('[[')) return written;
  return written.replace(
    REFERENCE,
    (whole, braced?: string, format?: string, square?: string, other?: string, bare?: string) => {
      const name = braced ?? square ?? bare ?? '';
      const values = known.get(name);
      return values ? formatValues(values, format ?? other ?? 'glob') : whole;
    },
  );
}

/** The values when the text is one reference and nothing else (`$instance`); null otherwise. */
export function valuesOf(written: string, known: Substitutions): readonly string[] | null {
  const match = /^(?:\$\{(\w+)(?::[^}]*)?\}|\[\[(\w+)\]\]|\$(\w+))$/.exec(written.trim());
  const name = match?.[1] ?? match?.[2] ?? match?.[3];
  return name === undefined ? null : (known.get(name) ?? null);
}

/** Names of variables that the text refers to, of those given. */
export function referencesIn(written: string, names: ReadonlySet<string>): string[] {
  const found = new Set<string>();
  for (const match of written.matchAll(REFERENCE)) {
    const name = match[1] ?? match[3] ?? match[5];
    if (name !== undefined && names.has(name)) found.add(name);
  }
  return [...found];
}
