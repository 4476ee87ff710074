/** What metric queries have cost in the last hour, as main counts it. */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { MetricBudget } from '../../shared/metrics/query';
import { ask, listen } from '../bridge';

const KEY = ['metrics', 'budget'] as const;
/** Spending ages out of the hour by itself, without a push (ms). */
const AGES_MS = 30_000;

/** Null before the first answer. */
export function useMetricBudget(): MetricBudget | null {
  const client = useQueryClient();
  useEffect(() => listen('metrics.budget', (budget) => client.setQueryData(KEY, budget)), [client]);
  const { data } = useQuery({
    queryKey: KEY,
    queryFn: () => ask('metrics.budget', undefined),
    refetchInterval: AGES_MS,
  });
  return data ?? null;
}
