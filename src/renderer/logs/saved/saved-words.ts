/** What is said of a saved search in a line. */
import { assertNever } from '../../../shared/assert-never';
import { rangeWords } from '../../../shared/dashboards/time-range';
import type { SavedSearch } from '../../../shared/logs/saved-search';

export function sourceWords(source: SavedSearch['source']): string {
  switch (source) {
    case 'own':
      return 'Your own';
    case 'imported':
      return 'Imported';
    case 'starter':
      return 'To begin with';
    default:
      return assertNever(source);
  }
}

export function detailWords(search: SavedSearch, zone: 'local' | 'utc'): string {
  const { groups, range, parameters } = search;
  const [first] = groups;
  return [
    search.kind === 'insights' ? 'Insights' : 'Search',
    first === undefined
      ? 'the groups chosen'
      : groups.length === 1
        ? first.glob
        : `${first.glob} and ${groups.length - 1} more`,
    range === null ? 'the time chosen' : rangeWords(range, zone).toLowerCase(),
    ...(parameters.length === 0
      ? []
      : [`asks for ${parameters.map(({ label }) => label.toLowerCase()).join(', ')}`]),
  ].join(' · ');
}

/** What it looks for, to be read and found by. */
export function textWords(search: SavedSearch): string {
  return search.kind === 'insights'
    ? search.query
    : [search.pattern, search.filterText].filter(Boolean).join('\n') || 'Every line';
}
