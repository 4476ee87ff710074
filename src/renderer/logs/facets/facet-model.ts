/** Which fields the column at the side shows, and what stands in each. */
import type {
  EngineAnswers,
  Facet,
  FoundColumn,
  Sample,
} from '../../../shared/logs/engine-protocol';
import { levelOf, levelPaths, logLevels } from '../../../shared/logs/log-event';
import type { ValueUse } from '../filter/clauses';

export interface FieldEntry {
  path: string;
  label: string;
  /** Share of the lines that have it, 0 to 1; null for where a line came from. */
  share: number | null;
  /** Few different values: open from the beginning. */
  few: boolean;
}

const envelope: readonly FieldEntry[] = [
  { path: '@level', label: 'level', share: null, few: true },
  { path: '@group', label: 'group', share: null, few: true },
  { path: '@region', label: 'region', share: null, few: false },
  { path: '@stream', label: 'stream', share: null, few: false },
];

/** What an engineer asks for first. */
const telling =
  /(?:^|[._])(?:function(?:name)?|service|status(?:code)?|type|method|path|route|operation|error(?:type|name|code)?|name|code)$/i;
/** Open from the beginning besides level and group. */
const OPEN = 6;

export function fieldEntries(columns: readonly FoundColumn[]): FieldEntry[] {
  const levels: readonly string[] = levelPaths;
  const found = columns
    .filter(({ path, types }) => !levels.includes(path) && types.some((type) => type !== 'object'))
    .map(({ path, share, few }): FieldEntry => ({ path, label: path, share, few }));
  const rank = ({ path, share, few }: FieldEntry): number =>
    (few ? 4 : 0) + (telling.test(path) ? 2 : 0) + (share ?? 0);
  return [...envelope, ...found.toSorted((a, b) => rank(b) - rank(a))];
}

/** Fields of all lines, then those that only the lines on show were seen to have. */
export function fieldsWith(
  whole: EngineAnswers['columns'],
  shown: EngineAnswers['columns'],
): EngineAnswers['columns'] {
  const known = new Set(whole.columns.map(({ path }) => path));
  const others = shown.columns.filter(({ path }) => !known.has(path));
  return others.length === 0 ? whole : { ...whole, columns: [...whole.columns, ...others] };
}

/** Fields that are open when nobody opened or closed any. */
export function openAtFirst(entries: readonly FieldEntry[]): string[] {
  const few = entries.filter((one) => one.few);
  const own = few.filter(({ share }) => share === null);
  return [...own, ...few.filter(({ share }) => share !== null).slice(0, OPEN)].map(
    ({ path }) => path,
  );
}

export interface FacetValue {
  value: string;
  /** Among the lines on show; null when the filter leaves none of them. */
  count: number | null;
  /** Among all lines of the time; null when not known. */
  inAll: number | null;
  use: ValueUse;
}

/** Values on show, then those that the filter hides, then what was typed and is in no line. */
export function facetValues(
  path: string,
  shown: Facet | undefined,
  all: Facet | undefined,
  uses: ReadonlyMap<string, ValueUse>,
): FacetValue[] {
  const values = new Map<string, FacetValue>();
  const put = (value: string, part: Partial<FacetValue>): void => {
    const before = values.get(value) ?? { value, count: null, inAll: null, use: 'none' };
    values.set(value, { ...before, use: uses.get(value) ?? 'none', ...part });
  };
  for (const { value, count } of shown?.values ?? []) put(value, { count });
  for (const { value, count } of all?.values ?? []) put(value, { inAll: count });
  for (const value of uses.keys()) put(value, {});
  const list = [...values.values()];
  return path === '@level'
    ? list.toSorted((a, b) => severity(b.value) - severity(a.value))
    : list.toSorted((a, b) => (b.count ?? -1) - (a.count ?? -1) || (b.inAll ?? 0) - (a.inAll ?? 0));
}

const severity = (value: string): number => {
  const level = levelOf(value);
  return level === null ? -1 : logLevels.indexOf(level);
};

/** One value in all lines tells nothing apart, unless it is filtered by. */
export function tellsApart(facet: Facet | undefined, uses: ReadonlyMap<string, ValueUse>): boolean {
  return facet === undefined || uses.size > 0 || facet.distinct > 1 || facet.missing > 0;
}

/** What a count of a part is a count of; null when everything was counted. */
export function sampleWords({ looked, of }: Sample): string | null {
  if (looked >= of) return null;
  return `counts of ${looked.toLocaleString('en')} lines, taken evenly from ${of.toLocaleString('en')}`;
}
