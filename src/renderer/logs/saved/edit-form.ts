/** A search as the form holds it: texts, until it is saved. */
import type { DashboardRange } from '../../../shared/dashboards/dashboard';
import { parseFilter } from '../../../shared/logs/filter/parse';
import type { insightsLanguages } from '../../../shared/logs/insights';
import { searchDraftSchema } from '../../../shared/logs/saved-search';
import type { SearchDraft, SearchParameter } from '../../../shared/logs/saved-search';
import { fillSearch, valueProblem } from '../../../shared/logs/saved-search-fill';
import { parametersOf } from '../../../shared/logs/saved-search-places';
import type { FillSyntax } from '../../../shared/logs/saved-search-places';
import { patternMistake } from '../search/pattern-check';

export interface EditForm {
  name: string;
  description: string;
  range: DashboardRange | null;
  /** One pattern a line. */
  groups: string;
  connectionId: string | null;
  newestFirst: boolean;
  /** With commas between them. */
  columns: string;
  pattern: string;
  filterText: string;
  query: string;
  language: (typeof insightsLanguages)[number];
  /** Of every parameter that was ever written; those of the texts count. */
  parameters: Readonly<Record<string, SearchParameter>>;
}

export function formOf(draft: SearchDraft): EditForm {
  const { name, description, range, groups, newestFirst, columns, parameters } = draft;
  const [first] = groups;
  const one = groups.every(({ connectionId }) => connectionId === first?.connectionId);
  return {
    name,
    description,
    range,
    groups: groups.map(({ glob }) => glob).join('\n'),
    connectionId: one ? (first?.connectionId ?? null) : null,
    newestFirst,
    columns: columns.join(', '),
    pattern: draft.kind === 'filter' ? draft.pattern : '',
    filterText: draft.kind === 'filter' ? draft.filterText : '',
    query: draft.kind === 'insights' ? draft.query : '',
    language: draft.kind === 'insights' ? draft.language : 'CWLI',
    parameters: Object.fromEntries(parameters.map((one) => [one.name, one])),
  };
}

/** The parameters that the texts ask for, as far as they were described. */
export function usedParameters(form: EditForm, kind: SearchDraft['kind']): SearchParameter[] {
  const texts: readonly [string, FillSyntax][] =
    kind === 'insights'
      ? [[form.query, form.language]]
      : [
          [form.pattern, 'pattern'],
          [form.filterText, 'filter'],
        ];
  const names = [...new Set(texts.flatMap(([text, syntax]) => parametersOf(text, syntax)))];
  return names.map(
    (name) =>
      form.parameters[name] ?? { name, label: name, type: 'text', default: '', choices: [] },
  );
}

export const listOf = (text: string, between: RegExp): string[] => [
  ...new Set(
    text
      .split(between)
      .map((one) => one.trim())
      .filter(Boolean),
  ),
];

/** What the form says, not yet checked. */
export function searchOf(form: EditForm, draft: SearchDraft): SearchDraft {
  const { description, range, newestFirst } = form;
  const common = {
    name: form.name.trim(),
    description: description.trim(),
    range,
    newestFirst,
    parameters: usedParameters(form, draft.kind),
    groups: listOf(form.groups, /\n/).map((glob) => ({
      glob,
      // Patterns of several connections keep theirs, as long as the pattern is not changed.
      connectionId:
        form.connectionId ??
        (sameConnection(draft)
          ? null
          : (draft.groups.find((one) => one.glob === glob)?.connectionId ?? null)),
    })),
    columns: listOf(form.columns, /,/),
  };
  if (draft.kind === 'insights') {
    return { kind: 'insights', ...common, query: form.query, language: form.language };
  }
  const { pattern, filterText } = form;
  const same = pattern === draft.pattern && filterText === draft.filterText;
  // What was imported for Elasticsearch says something else once the other texts were changed.
  return {
    kind: 'filter',
    ...common,
    pattern,
    filterText,
    queryString: same ? draft.queryString : null,
  };
}

const sameConnection = ({ groups }: SearchDraft): boolean =>
  new Set(groups.map(({ connectionId }) => connectionId)).size <= 1;

/** What is wrong, in a sentence; null when it can be saved. */
export function searchProblem(search: SearchDraft): string | null {
  const parsed = searchDraftSchema.safeParse(search);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return `${issue?.path.join(' ') ?? ''}: ${issue?.message ?? 'not valid'}.`;
  }
  for (const parameter of search.parameters) {
    if (parameter.type === 'choice' && parameter.choices.length === 0) {
      return `${parameter.label} is a choice, but of nothing: write the choices, with commas between them.`;
    }
    const wrong = parameter.default === '' ? null : valueProblem(parameter, parameter.default);
    if (wrong !== null) return `The value to begin with: ${wrong}`;
  }
  return textProblem(search);
}

/** Checked with values in their places: any will do. */
function textProblem(search: SearchDraft): string | null {
  const filled = fillSearch(
    search,
    Object.fromEntries(search.parameters.map((one) => [one.name, sampleOf(one)])),
  );
  if (!filled.ok) return filled.message;
  if (filled.filled.kind === 'insights') return null;
  const wrong = patternMistake(filled.filled.pattern);
  if (wrong !== null) return `Filter pattern: ${wrong}`;
  const filter = parseFilter(filled.filled.filterText);
  return filter.ok ? null : `Filter of lines: ${filter.mistake.message}`;
}

function sampleOf({ type, default: begin, choices }: SearchParameter): string {
  if (begin !== '') return begin;
  if (type === 'number') return '1';
  return choices[0] ?? 'x';
}
