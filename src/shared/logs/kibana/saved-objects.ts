/** Kibana's saved objects, old and new, and bare queries, as what they search for. */
import type { FileObject } from './read-file';
import { parsed } from './read-file';
import { isShape, listOf, textAt } from './shapes';
import type { Shape } from './shapes';

/** What one object of a file asks. */
export interface Asked {
  place: string;
  name: string;
  description: string;
  /** A bar's text with its language, or a query of the DSL. */
  query: unknown;
  /** Place of the query. */
  queryPlace: string;
  filters: readonly unknown[];
  filterPlace: string;
  columns: readonly string[];
  sort: { field: string; descending: boolean } | null;
  size: number | null;
  /** As Kibana keeps it: `now-15m`. */
  time: { from: string; to: string } | null;
  indexPattern: string | null;
  timeField: string | null;
}

export type FileEntry =
  | { kind: 'asked'; asked: Asked }
  /** Told to the person: not a search, or not readable. */
  | { kind: 'left'; place: string; text: string }
  | { kind: 'nothing' };

export interface IndexPattern {
  title: string;
  timeField: string | null;
}

/** The data views of a file by id: searches name them so. */
export function indexPatterns(objects: readonly FileObject[]): Map<string, IndexPattern> {
  const found = new Map<string, IndexPattern>();
  for (const { value } of objects) {
    const { id, type, attributes } = partsOf(value);
    const title = attributes === null ? null : textAt(attributes, 'title');
    if (type !== 'index-pattern' || attributes === null || title === null || id === null) continue;
    found.set(id, { title, timeField: textAt(attributes, 'timeFieldName') });
  }
  return found;
}

function partsOf(value: Shape): {
  id: string | null;
  type: string | null;
  attributes: Shape | null;
} {
  const type = textAt(value, 'type') ?? textAt(value, '_type');
  const attributes = value['attributes'] ?? value['_source'];
  const id = textAt(value, 'id') ?? textAt(value, '_id');
  return {
    id: id?.replace(/^[a-z-]+:/, '') ?? null,
    type,
    attributes: isShape(attributes) ? attributes : null,
  };
}

export function entryOfObject(
  { place, value }: FileObject,
  patterns: ReadonlyMap<string, IndexPattern>,
): FileEntry {
  const { type, attributes } = partsOf(value);
  if (attributes === null) return bare(place, value);
  switch (type) {
    case 'search':
      return savedSearch(place, value, attributes, patterns);
    case 'query':
      return savedQuery(place, attributes);
    case 'index-pattern':
      return { kind: 'nothing' };
    default: {
      const what = `${type ?? 'An object'} “${textAt(attributes, 'title') ?? ''}”`;
      return { kind: 'left', place, text: `${what} is not a search: it was left.` };
    }
  }
}

function savedSearch(
  place: string,
  value: Shape,
  attributes: Shape,
  patterns: ReadonlyMap<string, IndexPattern>,
): FileEntry {
  const meta = attributes['kibanaSavedObjectMeta'];
  const json = isShape(meta) ? meta['searchSourceJSON'] : undefined;
  const source = typeof json === 'string' ? parsed(json) : null;
  const at = `${place}${place === '' ? '' : ', '}searchSourceJSON`;
  if (source === null || !source.ok || !isShape(source.value)) {
    const why = source === null || source.ok ? 'it is missing' : source.message;
    return {
      kind: 'left',
      place: at,
      text: `What “${textAt(attributes, 'title') ?? ''}” searches for cannot be read: ${why}.`,
    };
  }
  const search = source.value;
  const pattern = patternOf(search, value, patterns);
  const time = attributes['timeRange'];
  return {
    kind: 'asked',
    asked: {
      place,
      name: textAt(attributes, 'title') ?? 'A search without a name',
      description: textAt(attributes, 'description') ?? '',
      query: search['query'] ?? { query: '', language: 'kuery' },
      queryPlace: `${at}.query`,
      filters: listOf(search['filter']),
      filterPlace: `${at}.filter`,
      columns: textsOf(attributes['columns']).filter((column) => column !== '_source'),
      sort: sortOf(attributes['sort']),
      size: null,
      time: isShape(time) ? timeOf(time) : null,
      indexPattern: pattern?.title ?? null,
      timeField: pattern?.timeField ?? null,
    },
  };
}

function patternOf(
  search: Shape,
  object: Shape,
  patterns: ReadonlyMap<string, IndexPattern>,
): IndexPattern | null {
  const index = search['index'];
  if (isShape(index)) {
    const title = textAt(index, 'title');
    if (title !== null) return { title, timeField: textAt(index, 'timeFieldName') };
  }
  const refName = textAt(search, 'indexRefName');
  const reference = listOf(object['references'])
    .filter(isShape)
    .find((one) => (refName === null ? one['type'] === 'index-pattern' : one['name'] === refName));
  const id =
    typeof index === 'string' ? index : reference === undefined ? null : textAt(reference, 'id');
  if (id === null) return null;
  // Very old exports name the pattern itself.
  return patterns.get(id) ?? (/[*]/.test(id) ? { title: id, timeField: null } : null);
}

function savedQuery(place: string, attributes: Shape): FileEntry {
  const filter = attributes['timefilter'];
  return {
    kind: 'asked',
    asked: {
      ...nothingAsked(place),
      name: textAt(attributes, 'title') ?? 'A query without a name',
      description: textAt(attributes, 'description') ?? '',
      query: attributes['query'],
      queryPlace: `${place}, query`,
      filters: listOf(attributes['filters']),
      filterPlace: `${place}, filters`,
      time: isShape(filter) ? timeOf(filter) : null,
    },
  };
}

const CLAUSES =
  /^(?:bool|match_all|match_none|term|terms|match|match_phrase|multi_match|wildcard|prefix|regexp|exists|range|query_string|simple_query_string|constant_score|ids|fuzzy|nested|dis_max|boosting)$/;

/** A request's body (`query`, `sort`, `size`), perhaps with a name, or a clause alone. */
function bare(place: string, value: Shape): FileEntry {
  if (Object.hasOwn(value, 'exportedCount')) return { kind: 'nothing' };
  const names = Object.keys(value);
  const alone = names.length === 1 && CLAUSES.test(names[0] ?? '');
  const body = isShape(value['body']) ? value['body'] : value;
  const query = alone ? value : body['query'];
  if (query === undefined) {
    return { kind: 'left', place, text: 'It is neither a saved search nor a query: it was left.' };
  }
  const size = body['size'];
  return {
    kind: 'asked',
    asked: {
      ...nothingAsked(place),
      name: textAt(value, 'name') ?? textAt(value, 'title') ?? 'Imported query',
      description: textAt(value, 'description') ?? '',
      query,
      queryPlace: `${place}${place === '' || alone ? '' : '.'}${alone ? '' : 'query'}`,
      columns: textsOf(body['_source'] ?? body['fields']).filter((column) => !column.includes('*')),
      sort: sortOf(body['sort']),
      size: typeof size === 'number' ? size : null,
      indexPattern: textAt(value, 'index'),
    },
  };
}

const nothingAsked = (place: string): Asked => ({
  place,
  name: '',
  description: '',
  query: undefined,
  queryPlace: place,
  filters: [],
  filterPlace: place,
  columns: [],
  sort: null,
  size: null,
  time: null,
  indexPattern: null,
  timeField: null,
});

const textsOf = (value: unknown): string[] =>
  listOf(value).filter((one) => typeof one === 'string');

function timeOf(time: Shape): Asked['time'] {
  const from = textAt(time, 'from');
  return from === null ? null : { from, to: textAt(time, 'to') ?? 'now' };
}

/** `["@timestamp", "desc"]`, `[["a", "asc"]]`, `[{ a: "desc" }]`, `[{ a: { order: "asc" } }]`, `"a"`. */
function sortOf(value: unknown): Asked['sort'] {
  const [first, second] = listOf(value);
  if (Array.isArray(first)) return sortOf(first);
  if (typeof first === 'string') {
    return first === '_score' ? null : { field: first, descending: second !== 'asc' };
  }
  if (!isShape(first)) return null;
  const [entry] = Object.entries(first);
  if (entry === undefined) return null;
  const [field, order] = entry;
  const direction = isShape(order) ? order['order'] : order;
  return { field, descending: direction !== 'asc' };
}
