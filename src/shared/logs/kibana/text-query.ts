/** `query_string` and `simple_query_string`: Lucene's syntax within the query DSL, and in Kibana's own bar. */
import type { Filter } from '../filter/filter';
import { parseLucene } from './lucene';
import { either, lost, remark, within } from './reading';
import type { Reading, Spot } from './reading';
import { isShape, listOf, textAt } from './shapes';

export function textQuery(
  name: string,
  body: unknown,
  reading: Reading,
  spot: Spot,
): Filter | null {
  const query = isShape(body) ? textAt(body, 'query') : null;
  if (!isShape(body) || query === null) return lost(reading, spot, 'It asks for no text.');
  const given = textAt(body, 'default_field');
  const fields = [...(given === null ? [] : [given]), ...listOf(body['fields'])]
    .filter((field) => typeof field === 'string')
    .map((field) => field.replace(/\^[\d.]+$/, ''))
    .filter((field) => !field.includes('*') && field !== '_all');
  const and = (textAt(body, 'default_operator') ?? 'or').toLowerCase() === 'and';
  const simple = name === 'simple_query_string';
  const asked = simple ? fromSimple(query, reading, spot) : query;
  return asked === null ? null : lucene(asked, { fields, and }, reading, within(spot, '.query'));
}

export interface LuceneOptions {
  /** Where words without a field are looked for; empty: in the whole line. */
  fields: readonly string[];
  /** Whether words side by side must all be there. */
  and: boolean;
}

export function lucene(
  query: string,
  { fields, and }: LuceneOptions,
  reading: Reading,
  spot: Spot,
): Filter | null {
  const plain: readonly (string | null)[] = fields.length === 0 ? [null] : fields;
  return either(
    plain.map((field) => parseLucene(query, { field, and }, reading, spot)),
    spot,
  );
}

/** `+` is AND, `|` is OR, `-` is NOT; everything else is a word. */
function fromSimple(query: string, reading: Reading, spot: Spot): string | null {
  if (/~\d/.test(query))
    return lost(reading, spot, 'Words in similar spellings (~) cannot be said.');
  const parts = query.match(/"(?:\\.|[^"\\])*"|\\.|[^"\\]+|["\\]/g) ?? [];
  remark(reading, spot, 'simple_query_string was read as Lucene: + as AND, | as OR, - as NOT.');
  return parts
    .map((part) =>
      part.startsWith('"') && part.length > 1
        ? part
        : part
            .replace(/\s*\+\s*/g, ' AND ')
            .replace(/\s*\|\s*/g, ' OR ')
            .replace(/[:/[\]{}^!~"]/g, '\\$&'),
    )
    .join('')
    .replace(/^\s*AND\s|\s(?:AND|OR)\s*$/g, ' ');
}
