import type { MetricIdentity } from '../metric-source';
import type { Steps } from '../steps';
import type { Search, SearchTerm } from './parse-search';
import { partialMatch } from './tokens';

/** Metrics looked at between two steps. */
const STRIDE = 200;

/** The metrics a search finds, in the order given. */
export function* findMetrics(
  metrics: readonly MetricIdentity[],
  search: Search,
  accountId: string,
): Steps<MetricIdentity[]> {
  const matches = search.term === null ? () => true : compile(search.term, accountId);
  const found: MetricIdentity[] = [];
  for (const [index, metric] of metrics.entries()) {
    if (index % STRIDE === STRIDE - 1) yield;
    if (ofSchema(metric, search) && matches(metric)) found.push(metric);
  }
  return found;
}

/** Whether a metric has exactly these dimensions, in any order. */
export const hasDimensions = (metric: MetricIdentity, names: readonly string[]): boolean =>
  metric.dimensions.length === names.length &&
  names.every((name) => metric.dimensions.some((dimension) => dimension.Name === name));

const ofSchema = (metric: MetricIdentity, { namespace, dimensions }: Search): boolean =>
  (namespace === null || metric.namespace === namespace) &&
  (dimensions === null || hasDimensions(metric, dimensions));

type Test = (metric: MetricIdentity) => boolean;

function compile(term: SearchTerm, accountId: string): Test {
  switch (term.kind) {
    case 'and': {
      const tests = term.of.map((inner) => compile(inner, accountId));
      return (metric) => tests.every((test) => test(metric));
    }
    case 'or': {
      const tests = term.of.map((inner) => compile(inner, accountId));
      return (metric) => tests.some((test) => test(metric));
    }
    case 'not': {
      const test = compile(term.of, accountId);
      return (metric) => !test(metric);
    }
    case 'match': {
      const { property, text, exact } = term;
      if (property === ':aws.AccountId') return () => accountId === text;
      const same = exact ? (name: string) => name === text : partialMatch(text);
      return (metric) => namesOf(metric, property).some(same);
    }
  }
}

function namesOf(metric: MetricIdentity, property: string | null): string[] {
  switch (property) {
    case null:
      return [
        metric.metricName,
        metric.namespace,
        ...metric.dimensions.flatMap(({ Name, Value }) => [Name, Value]),
      ];
    case 'MetricName':
      return [metric.metricName];
    case 'Namespace':
      return [metric.namespace];
    default:
      return metric.dimensions
        .filter((dimension) => dimension.Name === property)
        .map((dimension) => dimension.Value);
  }
}
