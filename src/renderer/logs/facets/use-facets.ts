/** Counts of the fields that are open: of the lines on show, and of all of the time for what the filter hides. */
import { useEffect } from 'react';
import type { Facet } from '../../../shared/logs/engine-protocol';
import { effectiveFilter, usePane, usePaneClient, usePaneStore } from '../events/pane';
import { useViewAnswer } from './follow-view';

const GAP_MS = 1_000;
const ALL_GAP_MS = 4_000;
/** Values asked for of a field; the engine gives no more. */
export const MOST_VALUES = 200;
/** A view of the engine's of its own: the time on show, no filter. */
const ALL = 'facets-all';

export interface FacetsShown {
  shown: ReadonlyMap<string, Facet>;
  all: ReadonlyMap<string, Facet>;
  failure: string | null;
}

const byField = (facets: readonly Facet[] | null): ReadonlyMap<string, Facet> =>
  new Map((facets ?? []).map((facet) => [facet.field, facet]));

export function useFacets(fields: readonly string[]): FacetsShown {
  const client = usePaneClient();
  const { dataset, view } = usePaneStore().getState();
  const filtered = usePane((pane) => pane.filter.kind !== 'all');
  const zoom = usePane((pane) => pane.zoom);
  const names = fields.slice(0, 50);
  const key = names.join('\n');
  const ask = (of: string, signal: AbortSignal) =>
    client.ask('facets', { dataset, view: of, fields: [...names], top: MOST_VALUES }, signal);
  const shown = useViewAnswer(
    `${dataset}\n${key}`,
    names.length === 0 ? null : (signal) => ask(view, signal),
    GAP_MS,
  );
  const all = useViewAnswer(
    `${dataset}\n${key}\n${zoom?.startMs}\n${zoom?.endMs}\n${filtered}`,
    names.length === 0 || !filtered
      ? null
      : async (signal) => {
          const filter = effectiveFilter({ filter: { kind: 'all' }, zoom });
          await client.ask('look', { dataset, view: ALL, filter, newestFirst: false }, signal);
          return ask(ALL, signal);
        },
    ALL_GAP_MS,
  );
  useEffect(() => {
    if (!filtered) return;
    return () => {
      // The dataset may have gone before its view; then there is nothing left to close.
      client.ask('closeView', { dataset, view: ALL }).catch(() => undefined);
    };
  }, [client, dataset, filtered]);
  return {
    shown: byField(shown.answer),
    all: filtered ? byField(all.answer) : new Map(),
    failure: shown.failure,
  };
}
