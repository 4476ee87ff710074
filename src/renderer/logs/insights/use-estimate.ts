/** What a query would read and cost, of the groups' sizes that main knows: nothing is asked of AWS. */
import { useQuery } from '@tanstack/react-query';
import { windowOf } from '../../../shared/dashboards/time-range';
import type { InsightsEstimate } from '../../../shared/logs/insights';
import { ask } from '../../bridge';
import { useNow } from '../../ui/time';
import { useLogs } from '../store';
import { MOST_TARGETS, queriedOf } from './queried';

const PACE_MS = 60_000;

/** Null while it is not known, and where nothing is chosen. */
export function useEstimate(): InsightsEstimate | null {
  const chosen = useLogs((state) => state.chosen);
  const range = useLogs((state) => state.range.current);
  const now = useNow(PACE_MS);
  const minute = Math.floor(now / PACE_MS) * PACE_MS;
  const window = windowOf(range, minute);
  const { targets } = queriedOf(chosen);
  const { data } = useQuery({
    queryKey: ['logs.estimate', chosen, range.start, range.end, minute],
    enabled: window !== null && targets.length > 0 && targets.length <= MOST_TARGETS,
    staleTime: PACE_MS,
    placeholderData: (before: InsightsEstimate | undefined) => before,
    queryFn: () =>
      ask('logs.estimate', {
        targets,
        startMs: Math.floor(window?.startMs ?? 0),
        endMs: Math.ceil(window?.endMs ?? 0),
      }),
  });
  return targets.length === 0 ? null : (data ?? null);
}
