/** The local rule editor's draft: texts as they are typed, and the rule they make. Pure. */
import { localRuleSchema } from '../../shared/local-rules/local-rule';
import type { LocalRule } from '../../shared/local-rules/local-rule';
import type { MetricQuery } from '../../shared/metrics/query';

export interface LocalRuleDraft {
  rule: LocalRule;
  name: string;
  description: string;
  /** Fields of a rule on one metric; null where the rule has several queries or an expression. */
  metric: MetricDraft | null;
  /** JSON of the queries, where `metric` is null. */
  queries: string;
  watchedId: string;
  windowMinutes: string;
  threshold: string;
  forMinutes: string;
  everySeconds: string;
}

export interface MetricDraft {
  namespace: string;
  metricName: string;
  /** `Name=value`, one a line. */
  dimensions: string;
  stat: string;
  periodSeconds: string;
}

export type LocalRuleField =
  | 'name'
  | 'description'
  | 'place'
  | 'namespace'
  | 'metricName'
  | 'dimensions'
  | 'stat'
  | 'periodSeconds'
  | 'queries'
  | 'watchedId'
  | 'windowMinutes'
  | 'threshold'
  | 'forMinutes'
  | 'everySeconds';
export type LocalRuleErrors = Partial<Record<LocalRuleField, string>>;

export function localRuleDraft(rule: LocalRule): LocalRuleDraft {
  return {
    rule,
    name: rule.name,
    description: rule.description,
    metric: metricDraft(rule),
    queries: JSON.stringify(rule.queries, null, 2),
    watchedId: rule.watchedId,
    windowMinutes: minutesText(rule.windowSeconds),
    threshold: String(rule.threshold),
    forMinutes: minutesText(rule.forSeconds),
    everySeconds: String(rule.everySeconds),
  };
}

function metricDraft({ queries }: LocalRule): MetricDraft | null {
  const [query] = queries;
  if (query === undefined || queries.length > 1 || query.metric === null) return null;
  return {
    namespace: query.metric.namespace,
    metricName: query.metric.metricName,
    dimensions: query.metric.dimensions.map(({ name, value }) => `${name}=${value}`).join('\n'),
    stat: query.stat ?? '',
    periodSeconds: String(query.periodSeconds ?? 60),
  };
}

const minutesText = (seconds: number): string => String(Number((seconds / 60).toFixed(2)));

/** A number as people type it, with a point or a comma; NaN where it is none. */
function typed(text: string): number {
  const trimmed = text.trim().replace(',', '.');
  return trimmed === '' ? NaN : Number(trimmed);
}

export type CheckedRule = { ok: true; rule: LocalRule } | { ok: false; errors: LocalRuleErrors };

export function checkLocalRule(draft: LocalRuleDraft): CheckedRule {
  const errors: LocalRuleErrors = {};
  const queries = draft.metric === null ? readQueries(draft, errors) : oneQuery(draft, errors);
  const parsed = localRuleSchema.safeParse({
    ...draft.rule,
    name: draft.name,
    description: draft.description,
    queries,
    watchedId: draft.metric === null ? draft.watchedId : (queries[0]?.id ?? 'm1'),
    windowSeconds: Math.round(typed(draft.windowMinutes) * 60),
    threshold: typed(draft.threshold),
    forSeconds: Math.round(typed(draft.forMinutes) * 60),
    everySeconds: typed(draft.everySeconds),
  });
  for (const issue of parsed.error?.issues ?? []) {
    const [field, sentence] = wordsFor(issue.path);
    errors[field] ??= sentence;
  }
  if (parsed.success && !parsed.data.queries.some(({ id }) => id === parsed.data.watchedId)) {
    errors.watchedId = 'No query has this id.';
  }
  return parsed.success && Object.keys(errors).length === 0
    ? { ok: true, rule: parsed.data }
    : { ok: false, errors };
}

function oneQuery({ rule, metric }: LocalRuleDraft, errors: LocalRuleErrors): MetricQuery[] {
  const [before] = rule.queries;
  if (before === undefined || metric === null) return [];
  return [
    {
      ...before,
      metric: {
        namespace: metric.namespace.trim(),
        metricName: metric.metricName.trim(),
        dimensions: readDimensions(metric.dimensions, errors),
      },
      stat: metric.stat.trim(),
      periodSeconds: readPeriod(metric.periodSeconds, errors),
    },
  ];
}

function readDimensions(text: string, errors: LocalRuleErrors): { name: string; value: string }[] {
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const at = line.indexOf('=');
      if (at < 1) errors.dimensions = 'Write one a line: Name=value.';
      return { name: line.slice(0, at).trim(), value: line.slice(at + 1).trim() };
    });
}

/** The dimensions' text with another value for one of them. */
export function withDimension(text: string, name: string, value: string): string {
  return text
    .split('\n')
    .map((line) => (line.slice(0, line.indexOf('=')).trim() === name ? `${name}=${value}` : line))
    .join('\n');
}

function readPeriod(text: string, errors: LocalRuleErrors): number {
  const seconds = typed(text);
  const allowed = [1, 5, 10, 20, 30].includes(seconds) || (seconds >= 60 && seconds % 60 === 0);
  if (!allowed) errors.periodSeconds = '1, 5, 10, 20, 30 or a multiple of 60.';
  return seconds;
}

function readQueries(draft: LocalRuleDraft, errors: LocalRuleErrors): MetricQuery[] {
  let value: unknown;
  try {
    value = JSON.parse(draft.queries);
  } catch (cause) {
    errors.queries = cause instanceof SyntaxError ? cause.message : String(cause);
    return draft.rule.queries;
  }
  const parsed = localRuleSchema.shape.queries.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  errors.queries = `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'cannot be read'}`;
  return draft.rule.queries;
}

/** The field of the form that a problem of the schema belongs to, and a sentence for it. */
function wordsFor(path: readonly PropertyKey[]): [LocalRuleField, string] {
  const [field] = path;
  switch (field) {
    case 'name':
      return ['name', 'A name of 1 to 200 characters.'];
    case 'description':
      return ['description', 'At most 2,000 characters.'];
    case 'connectionId':
    case 'region':
      return ['place', 'Pick a connection and a region.'];
    case 'watchedId':
      return ['watchedId', 'Name the query that is compared.'];
    case 'windowSeconds':
      return ['windowMinutes', '1 to 1,440 minutes.'];
    case 'threshold':
      return ['threshold', 'A number.'];
    case 'forSeconds':
      return ['forMinutes', '0 to 1,440 minutes.'];
    case 'everySeconds':
      return ['everySeconds', '30 to 3,600 seconds.'];
    default:
      return queryWords(path);
  }
}

function queryWords(path: readonly PropertyKey[]): [LocalRuleField, string] {
  if (path.includes('namespace')) return ['namespace', 'A namespace, as AWS/ApplicationELB.'];
  if (path.includes('metricName')) return ['metricName', 'The metric’s name.'];
  if (path.includes('dimensions')) return ['dimensions', 'Write one a line: Name=value.'];
  if (path.includes('periodSeconds')) return ['periodSeconds', 'Whole seconds.'];
  if (path.includes('stat')) return ['stat', 'A statistic, as Sum or p99.'];
  return ['queries', 'The queries cannot be read.'];
}
