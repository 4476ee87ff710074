/** Fields to complete: of results of this window, and those the log engine found in the search on show. */
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useEngine } from '../engine';
import { useSearch } from '../search/search-run';
import { useInsights } from './store';

const STALE_MS = 60_000;

export function useFields(): ReadonlySet<string> {
  const seen = useInsights((state) => state.fields);
  const client = useEngine((state) => state.client);
  const generation = useEngine((state) => state.generation);
  const run = useSearch((state) => state.run);
  const dataset = run === null || run.opened === 0 ? null : run.search.searchId;
  const view = run === null ? null : run.pane.getState().view;
  const { data } = useQuery({
    queryKey: ['logs.columns', generation, dataset, view],
    enabled: client !== null && dataset !== null && view !== null,
    staleTime: STALE_MS,
    // A search that was let go has no fields to tell; completion does without.
    retry: false,
    queryFn: async ({ signal }) => {
      if (client === null || dataset === null || view === null) return [];
      const { columns } = await client.ask('columns', { dataset, view }, signal);
      return columns.map(({ path }) => path);
    },
  });
  return useMemo(() => new Set([...seen, ...(data ?? [])]), [seen, data]);
}
