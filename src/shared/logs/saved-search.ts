/** Searches kept under a name: what is looked for, where, how far back, and what is asked before each run. */
import { z } from 'zod';
import { windowOf } from '../dashboards/time-range';
import { globMatches } from '../severity/glob';
import { insightsLanguages } from './insights';
import type { LogGroup } from './groups';
import type { LogGroupRef } from './settings';

/** Starters are `starter|…`; those of people have plain ids. */
export const savedSearchIdSchema = z
  .string()
  .regex(/^(?:starter\|)?[a-zA-Z0-9-]{1,64}$/, 'Letters, digits and dashes only');

const label = z.string().trim().min(1).max(80);
const value = z.string().max(1_000);

export const searchParameterSchema = z.strictObject({
  /** Stands as `${name}` in the texts. */
  name: z.string().regex(/^[a-zA-Z_]\w{0,39}$/, 'A letter, then letters and digits'),
  label,
  type: z.enum(['text', 'number', 'choice']),
  /** Empty: must be given before each run. */
  default: value,
  /** Of a choice: nothing else is taken. */
  choices: z.array(value.min(1)).max(100),
});
/** A value asked for before a run. */
export type SearchParameter = z.infer<typeof searchParameterSchema>;

export const groupPatternSchema = z.strictObject({
  /** `*` any run of characters, `?` one; case ignored. */
  glob: z.string().trim().min(1).max(512),
  /** Null: of every connection. */
  connectionId: z.string().min(1).max(200).nullable(),
});
export type GroupPattern = z.infer<typeof groupPatternSchema>;

const rangeSchema = z
  .strictObject({ start: z.string().min(1).max(40), end: z.string().max(40).nullable() })
  .refine((range) => windowOf(range, Date.now()) !== null, 'The time range cannot be read');

const common = {
  name: z.string().trim().min(1, 'It needs a name').max(255),
  description: z.string().max(2_000),
  parameters: z
    .array(searchParameterSchema)
    .max(20)
    .refine(
      (list) => new Set(list.map(({ name }) => name)).size === list.length,
      'Two parameters have the same name',
    ),
  /** Null: whichever the page has. */
  range: rangeSchema.nullable(),
  /** Empty: whichever groups are chosen. */
  groups: z.array(groupPatternSchema).max(50),
  newestFirst: z.boolean(),
  /** Fields shown as columns; empty: as they are. */
  columns: z.array(z.string().min(1).max(4_096)).max(50),
};

const filterShape = z.strictObject({
  kind: z.literal('filter'),
  ...common,
  /** CloudWatch's filter pattern, sent with the search. */
  pattern: z.string().max(1_024),
  /** The filter of lines that are here. */
  filterText: z.string().max(4_096),
  /** For Elasticsearch and OpenSearch, in place of the pattern; null: the pattern. */
  queryString: z.string().max(10_000).nullable(),
});
const insightsShape = z.strictObject({
  kind: z.literal('insights'),
  ...common,
  query: z.string().trim().min(1, 'It needs a query').max(10_000),
  language: z.enum(insightsLanguages),
});

/** What a person writes: all but where it comes from. */
export const searchDraftSchema = z.discriminatedUnion('kind', [filterShape, insightsShape]);
export type SearchDraft = z.infer<typeof searchDraftSchema>;
export type FilterDraft = Extract<SearchDraft, { kind: 'filter' }>;

export const searchSources = ['starter', 'own', 'imported'] as const;
const kept = {
  id: savedSearchIdSchema,
  source: z.enum(searchSources),
  /** ms UTC; 0 for starters. */
  changedAt: z.number().int().nonnegative(),
};
export const savedSearchSchema = z.discriminatedUnion('kind', [
  filterShape.extend(kept),
  insightsShape.extend(kept),
]);
export type SavedSearch = z.infer<typeof savedSearchSchema>;

const ownId = z.string().regex(/^[a-zA-Z0-9-]{1,64}$/);

/** With the id of one that is kept it takes its place; with none it is new. */
export const saveSearchSchema = z.strictObject({
  id: ownId.nullable(),
  source: z.enum(['own', 'imported']),
  search: searchDraftSchema,
});
export type SaveSearch = z.infer<typeof saveSearchSchema>;
/** Starters stay. */
export const deleteSearchSchema = ownId;

/** What a search of this kind needs to be a draft again: to edit or to copy it. */
export function draftOf({
  id: _,
  source: _source,
  changedAt: _at,
  ...draft
}: SavedSearch): SearchDraft {
  return draft;
}

/** The groups that the patterns mean among those that are known; each once, as the patterns come. */
export function groupsFor(
  patterns: readonly GroupPattern[],
  known: readonly Pick<LogGroup, 'connectionId' | 'region' | 'name'>[],
): { refs: LogGroupRef[]; unmatched: string[] } {
  const refs = new Map<string, LogGroupRef>();
  const unmatched: string[] = [];
  for (const { glob, connectionId } of patterns) {
    const found = known.filter(
      (group) =>
        (connectionId === null || group.connectionId === connectionId) &&
        globMatches(glob, group.name),
    );
    if (found.length === 0) unmatched.push(glob);
    for (const { connectionId: of, region, name } of found) {
      refs.set(JSON.stringify([of, region, name]), { connectionId: of, region, name });
    }
  }
  return { refs: [...refs.values()], unmatched };
}
