/** The listing as lines of the list: sections, how each connection is doing, and the entries that match. */
import type {
  DashboardEntry,
  DashboardListing,
  DashboardSource,
} from '../../shared/dashboards/listing';

export type ListLine =
  | { kind: 'section'; id: string; title: string; count: number }
  | { kind: 'source'; id: string; source: DashboardSource }
  | { kind: 'entry'; id: string; entry: DashboardEntry };

function matches(entry: DashboardEntry, words: readonly string[]): boolean {
  const text = `${entry.name} ${entry.path ?? ''} ${entry.connectionId ?? ''}`.toLowerCase();
  return words.every((word) => text.includes(word));
}

function section(id: string, title: string, entries: readonly DashboardEntry[]): ListLine[] {
  if (entries.length === 0) return [];
  return [
    { kind: 'section', id, title, count: entries.length },
    ...entries.map((entry): ListLine => ({ kind: 'entry', id: `${id} ${entry.id}`, entry })),
  ];
}

/** Favourites first, then each connection, files and starters; a connection's trouble is said under its name. */
export function linesOf(
  listing: DashboardListing,
  filter: string,
  labels: ReadonlyMap<string, string>,
): ListLine[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  const entries = listing.entries
    .filter((entry) => matches(entry, words))
    .toSorted((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }));
  const rest = entries.filter(({ favourite }) => !favourite);
  const byConnection = listing.sources.flatMap((source): ListLine[] => {
    const own = rest.filter(({ connectionId }) => connectionId === source.connectionId);
    const troubled = source.phase !== 'ready';
    if (own.length === 0 && words.length > 0 && !troubled) return [];
    const id = `connection ${source.connectionId}`;
    const [head, ...others] = section(
      id,
      labels.get(source.connectionId) ?? source.connectionId,
      own,
    );
    return [
      head ?? {
        kind: 'section',
        id,
        title: labels.get(source.connectionId) ?? source.connectionId,
        count: 0,
      },
      ...(troubled || own.length === 0
        ? [{ kind: 'source' as const, id: `${id} state`, source }]
        : []),
      ...others,
    ];
  });
  return [
    ...section(
      'favourites',
      'Favourites',
      entries.filter(({ favourite }) => favourite),
    ),
    ...byConnection,
    ...section(
      'files',
      'Files',
      rest.filter(({ source }) => source === 'file'),
    ),
    ...section(
      'starters',
      'Starters',
      rest.filter(({ source }) => source === 'starter'),
    ),
  ];
}
