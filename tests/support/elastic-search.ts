/** What a search of a test server finds: the part of the query language that is sent, on documents in memory. */
import { z } from 'zod';

export interface Doc {
  index: string;
  id: string;
  /** As it was written: `_source` comes back to the letter. */
  source: string;
  /** ms UTC, of `@timestamp`. */
  time: number;
}

const order = z.enum(['asc', 'desc']);

/** Strict as the servers are: an option they do not know is refused. */
export const bodySchema = z.strictObject({
  size: z.number().int().min(0),
  timeout: z.string().optional(),
  track_total_hits: z.boolean().optional(),
  query: z.strictObject({
    bool: z.strictObject({
      filter: z.array(
        z.union([
          z.strictObject({
            range: z.record(
              z.string(),
              z.strictObject({
                gte: z.number(),
                lte: z.number(),
                format: z.literal('epoch_millis'),
              }),
            ),
          }),
          z.strictObject({ match_all: z.strictObject({}) }),
          z.strictObject({
            query_string: z.strictObject({
              query: z.string(),
              default_operator: z.literal('AND'),
              lenient: z.boolean(),
            }),
          }),
        ]),
      ),
    }),
  }),
  sort: z.tuple(
    [z.record(z.string(), z.strictObject({ order, unmapped_type: z.literal('date') }))],
    z.record(z.string(), order),
  ),
  docvalue_fields: z.array(
    z.strictObject({ field: z.string(), format: z.literal('epoch_millis') }),
  ),
  _source: z.literal(true),
  pit: z.strictObject({ id: z.string(), keep_alive: z.string() }).optional(),
  search_after: z.tuple([z.number(), z.union([z.number(), z.string()])]).optional(),
});
export type SearchBody = z.infer<typeof bodySchema>;

export class BadQuery extends Error {}

export interface Found {
  doc: Doc;
  sort: [number, number | string];
}

/** All that match after `search_after`, in order; the caller takes a page. */
export function find(docs: readonly Doc[], body: SearchBody): { page: Found[]; total: number } {
  const [byTime, byTie] = body.sort;
  const direction = Object.values(byTime)[0]?.order ?? 'asc';
  const tie = Object.keys(byTie ?? {})[0] ?? '';
  const sign = direction === 'asc' ? 1 : -1;
  const matching = docs
    .map((doc, at): Found => ({ doc, sort: [doc.time, tie === '_id' ? doc.id : at] }))
    .filter(({ doc }) => body.query.bool.filter.every((clause) => matches(doc, clause)))
    .sort((a, b) => sign * compare(a.sort, b.sort));
  const { search_after: after } = body;
  const rest =
    after === undefined ? matching : matching.filter(({ sort }) => sign * compare(sort, after) > 0);
  return { page: rest.slice(0, body.size), total: matching.length };
}

function compare(a: readonly (number | string)[], b: readonly (number | string)[]): number {
  for (const [i, one] of a.entries()) {
    const other = b[i] ?? 0;
    if (one !== other) return one < other ? -1 : 1;
  }
  return 0;
}

type Clause = SearchBody['query']['bool']['filter'][number];

function matches(doc: Doc, clause: Clause): boolean {
  if ('match_all' in clause) return true;
  if ('query_string' in clause) return terms(clause.query_string.query).every((one) => one(doc));
  const [field, range] = Object.entries(clause.range)[0] ?? [];
  if (field !== '@timestamp' || range === undefined) return false;
  return doc.time >= range.gte && doc.time <= range.lte;
}

/** Words, "phrases", `field:word` and `field:>=number`, joined by AND. */
function terms(query: string): ((doc: Doc) => boolean)[] {
  if ((query.match(/"/g)?.length ?? 0) % 2 === 1 || /[[\]]/.test(query)) {
    throw new BadQuery(`Failed to parse query [${query}]`);
  }
  // Parentheses around ANDs change nothing.
  return (query.replace(/^\((.*)\)$/, '$1').match(/(?:[\w.@]+:)?(?:"[^"]*"|\S+)/g) ?? [])
    .filter((token) => token !== 'AND')
    .map((token) => {
      const [, field = '', comparison = '', word = ''] =
        /^(?:([\w.@]+):)?(>=|<=|>|<)?"?(.*?)"?$/.exec(token) ?? [];
      return (doc: Doc) => {
        const text = field === '' ? doc.source : valueText(doc.source, field);
        if (text === null) return false;
        if (comparison === '') return text.toLowerCase().includes(word.toLowerCase());
        const [value, bound] = [Number(text), Number(word)];
        return comparison === '>=' ? value >= bound : comparison === '>' ? value > bound : false;
      };
    });
}

function valueText(source: string, field: string): string | null {
  const json: unknown = JSON.parse(source);
  if (typeof json !== 'object' || json === null) return null;
  const value: unknown = Reflect.get(json, field);
  return value === undefined ? null : String(value);
}
