/** The metrics of a place as far as they are known, searched as somebody types. */
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { CatalogState, MetricSearch, NamespaceCount } from '../../shared/metrics/catalog';
import type { MetricId } from '../../shared/metrics/query';
import { askCancellable, listen, toFailure } from '../bridge';
import type { Place } from './store';

export interface Catalog {
  rows: MetricId[];
  total: number;
  namespaces: NamespaceCount[];
  state: CatalogState | null;
  /** The first answer is still to come. */
  waiting: boolean;
  failure: { message: string; advice: string } | null;
  retry(): void;
}

/** Rows asked for: nobody scrolls through more without typing. */
const MOST_ROWS = 2_000;
const TYPING_MS = 120;
/** Pace at which a search is asked again while ListMetrics is still being read, ms. */
const READING_MS = 600;
const NO_ROWS: MetricId[] = [];
const NO_NAMESPACES: NamespaceCount[] = [];

interface Found extends Omit<MetricSearch, 'rowsJson'> {
  rows: MetricId[];
}

/** Asks again when main says that more is known; at most once per `READING_MS`. */
function useGrowth(place: Place): void {
  const client = useQueryClient();
  const { connectionId, region } = place;
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | null = null;
    const end = listen('metrics.catalog', (state) => {
      if (state.connectionId !== connectionId || state.region !== region) return;
      timer ??= setTimeout(() => {
        timer = null;
        void client.invalidateQueries({ queryKey: ['metrics.search', connectionId, region] });
      }, READING_MS);
    });
    return () => {
      end();
      if (timer !== null) clearTimeout(timer);
    };
  }, [client, connectionId, region]);
}

export function useCatalog(place: Place, text: string, namespace: string | null): Catalog {
  useGrowth(place);
  const [typed] = useDebouncedValue(text, TYPING_MS);
  const { connectionId, region } = place;
  const query = useQuery({
    queryKey: ['metrics.search', connectionId, region, typed, namespace],
    queryFn: async ({ signal }): Promise<Found> => {
      const { rowsJson, ...rest } = await askCancellable(
        'metrics.search',
        (requestId) => ({
          connectionId,
          region,
          text: typed,
          namespace,
          limit: MOST_ROWS,
          requestId,
        }),
        signal,
      );
      const rows: MetricId[] = JSON.parse(rowsJson);
      return { ...rest, rows };
    },
    // What was found for the letters before stays until the answer is there; another place starts empty.
    placeholderData: (before, beforeQuery) =>
      beforeQuery?.queryKey[1] === connectionId && beforeQuery.queryKey[2] === region
        ? before
        : undefined,
  });
  const failure =
    query.data?.state.failure ??
    (query.error === null ? null : toFailure(query.error, 'metrics.search'));
  return {
    rows: query.data?.rows ?? NO_ROWS,
    total: query.data?.total ?? 0,
    namespaces: query.data?.namespaces ?? NO_NAMESPACES,
    state: query.data?.state ?? null,
    waiting: query.isPending,
    failure,
    retry: () => void query.refetch(),
  };
}
