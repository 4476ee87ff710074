/** Times in ALARM, deployments and acknowledgements of the window, once for all widgets of a page. */
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { DashboardRange } from '../../shared/dashboards/dashboard';
import { windowOf } from '../../shared/dashboards/time-range';
import type { TimeMarks } from '../../shared/metrics/marks';
import { ask } from '../bridge';
import { useConnections } from '../stores/connections';
import { usePageClock } from './page-clock';

const none: TimeMarks = { spans: [], marks: [] };

export function useMarks(range: DashboardRange): TimeMarks {
  const labels = useConnections((state) => state.labels);
  const { nowMs, turn } = usePageClock();
  const window = useMemo(() => windowOf(range, nowMs), [range, nowMs]);
  const connectionIds = useMemo(() => [...labels.keys()].slice(0, 200), [labels]);
  const { data } = useQuery({
    queryKey: ['marks', connectionIds, range, turn],
    enabled: window !== null && connectionIds.length > 0,
    placeholderData: keepPreviousData,
    gcTime: 60_000,
    queryFn: () => ask('metrics.marks', { connectionIds, ...(window ?? { startMs: 0, endMs: 1 }) }),
  });
  return data ?? none;
}
