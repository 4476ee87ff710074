/** Searches of Kibana as saved searches: as a filter of lines, as a query of Logs Insights. */
import type { DashboardRange } from '../../dashboards/dashboard';
import type { Filter } from '../filter/filter';
import type { FilterDraft, SearchDraft } from '../saved-search';
import { filterText } from './filter-text';
import { insightsText } from './insights-text';
import { parseKql } from './kql';
import { patternText } from './pattern-text';
import { queryString } from './query-string';
import { readFile } from './read-file';
import { both, either, lost, negated, newReading, not, remark, within } from './reading';
import type { ImportNote, Reading, Spot } from './reading';
import { entryOfObject, indexPatterns } from './saved-objects';
import type { Asked } from './saved-objects';
import { isShape, listOf, textAt } from './shapes';
import { lucene } from './text-query';
import { timeCondition } from './time-condition';
import { translate } from './translate';
import { recordField } from './words';

export type { ImportNote } from './reading';

export interface ImportedSearch {
  place: string;
  name: string;
  /** What was understood; null where nothing could be. */
  filter: Filter | null;
  /** Null where it cannot be typed as a filter. */
  asFilter: FilterDraft | null;
  /** Null where Logs Insights cannot be asked. */
  asInsights: Extract<SearchDraft, { kind: 'insights' }> | null;
  notes: ImportNote[];
}

export type KibanaImport =
  | { ok: true; searches: ImportedSearch[]; left: ImportNote[] }
  | { ok: false; message: string; line: number };

/** Everything in the file that asks something; what does not is named. `nowMs`: UTC. Never throws. */
export function importKibana(text: string, nowMs: number): KibanaImport {
  const file = readFile(text);
  if (!file.ok) return file;
  const patterns = indexPatterns(file.objects);
  const searches: ImportedSearch[] = [];
  const left: ImportNote[] = [];
  for (const object of file.objects) {
    const entry = entryOfObject(object, patterns);
    if (entry.kind === 'left') left.push({ place: entry.place, text: entry.text, lost: true });
    if (entry.kind !== 'asked') continue;
    const { asked } = entry;
    searches.push(imported({ ...asked, indexPattern: asked.indexPattern ?? file.index }, nowMs));
  }
  if (searches.length === 0 && left.length === 0) {
    return { ok: false, message: 'There is no search and no query in it.', line: 1 };
  }
  return { ok: true, searches, left };
}

function imported(asked: Asked, nowMs: number): ImportedSearch {
  const reading = newReading(nowMs, asked.timeField);
  const spot: Spot = { place: asked.place, widen: true, top: true };
  if (asked.time !== null) {
    const { from, to } = asked.time;
    const bounds = { from, to, fromIncluded: true, toIncluded: true };
    timeCondition(bounds, reading, within(spot, ', timeRange', true));
  }
  const filter = both(
    [
      queryOf(asked.query, reading, { ...spot, place: asked.queryPlace }),
      ...asked.filters.map((one, at) =>
        pillOf(one, reading, { ...spot, place: `${asked.filterPlace}[${at}]` }),
      ),
    ],
    spot,
  );
  const { place, name } = asked;
  const { notes } = reading;
  if (filter === null) return { place, name, filter, asFilter: null, asInsights: null, notes };
  const common = commonOf(asked, reading.range);
  const typed = filterText(filter);
  if (typed === null)
    lost(reading, spot, 'It is too long or too unusual to be typed as a filter of lines.');
  const query = insightsText({
    filter,
    columns: common.columns,
    sort: asked.sort === null ? null : { ...asked.sort, field: recordField(asked.sort.field) },
    limit: asked.size === null || asked.size <= 0 ? 1_000 : asked.size,
  });
  if (query === null) lost(reading, spot, 'Logs Insights cannot be asked for all of it.');
  const pattern = patternText(filter);
  if (typed !== null && pattern !== '') {
    remark(
      reading,
      spot,
      `CloudWatch is asked for ${pattern} first, so that less is read: lines that are not JSON throughout are not found.`,
    );
  }
  return {
    place,
    name,
    filter,
    asFilter:
      typed === null
        ? null
        : {
            kind: 'filter',
            ...common,
            pattern,
            filterText: typed,
            queryString: shortEnough(queryString(filter)),
          },
    asInsights: query === null ? null : { kind: 'insights', ...common, query, language: 'CWLI' },
    notes,
  };
}

const shortEnough = (text: string | null): string | null =>
  text !== null && text.length <= 10_000 ? text : null;

function commonOf(asked: Asked, range: DashboardRange | null) {
  const { name, description, columns, sort, indexPattern } = asked;
  return {
    name: name.trim().slice(0, 255) || 'Imported search',
    description: description.slice(0, 2_000),
    parameters: [],
    range,
    groups: (indexPattern ?? '')
      .split(',')
      .map((glob) => glob.trim())
      .filter((glob) => glob !== '' && glob.length <= 512 && !glob.startsWith('-'))
      .slice(0, 50)
      .map((glob) => ({ glob, connectionId: null })),
    newestFirst: sort?.descending ?? true,
    columns: [...new Set(columns.map(recordField))]
      .filter((column) => column !== '' && column.length <= 4_096 && column !== '@timestamp')
      .slice(0, 50),
  };
}

/** The bar's text in its language, or, as older files have it, a query of the DSL. */
function queryOf(query: unknown, reading: Reading, spot: Spot): Filter | null {
  if (query === undefined || query === null) return { kind: 'all' };
  if (typeof query === 'string') return lucene(query, { fields: [], and: false }, reading, spot);
  if (!isShape(query)) return lost(reading, spot, 'This is no query.');
  const language = textAt(query, 'language');
  if (language === null) return translate(query, reading, spot);
  const text = query['query'];
  if (isShape(text)) return translate(text, reading, within(spot, '.query', true));
  if (typeof text !== 'string') return { kind: 'all' };
  if (language === 'kuery' || language === 'kql') return parseKql(text, reading, spot);
  if (language === 'lucene')
    return lucene(text, { fields: [], and: false }, reading, within(spot, '.query', true));
  return lost(reading, within(spot, '.language'), `Queries in ${language} cannot be said.`);
}

/** One of the filters below Kibana's bar. */
function pillOf(pill: unknown, reading: Reading, spot: Spot): Filter | null {
  if (!isShape(pill)) return lost(reading, spot, 'This is no filter.');
  const meta = isShape(pill['meta']) ? pill['meta'] : {};
  if (meta['disabled'] === true) {
    remark(reading, spot, 'A filter that is switched off in Kibana was left out.');
    return { kind: 'all' };
  }
  const no = meta['negate'] === true;
  const at = no ? negated(spot) : spot;
  const filter =
    meta['type'] === 'combined' ? combined(meta, reading, at) : clauseOf(pill, reading, at);
  return no ? not(filter) : filter;
}

function clauseOf(
  pill: Record<string, unknown> | Readonly<Record<string, unknown>>,
  reading: Reading,
  spot: Spot,
): Filter | null {
  if (pill['query'] !== undefined)
    return translate(pill['query'], reading, within(spot, '.query', true));
  const { meta: _meta, $state: _state, ...clause } = pill;
  return translate(clause, reading, spot);
}

function combined(
  meta: Readonly<Record<string, unknown>>,
  reading: Reading,
  spot: Spot,
): Filter | null {
  const parts = listOf(meta['params']).map((pill, at) =>
    pillOf(pill, reading, { ...within(spot, `.params[${at}]`), top: false }),
  );
  return meta['relation'] === 'OR' ? either(parts, spot) : both(parts, spot);
}
