/** Which account and region a row is of, in words. */
import { useMemo } from 'react';
import { useConnections } from '../../stores/connections';
import type { QueryRun } from './store';

/** By the run's targets; null where there is only one and nothing to tell apart. */
export function useWhere(run: QueryRun): readonly string[] | null {
  const labels = useConnections((state) => state.labels);
  const { targets } = run.asked;
  return useMemo(() => whereOf(targets, labels), [targets, labels]);
}

export function whereOf(
  targets: QueryRun['asked']['targets'],
  labels: ReadonlyMap<string, string>,
): readonly string[] | null {
  if (targets.length < 2) return null;
  return targets.map(
    ({ connectionId, region }) => `${labels.get(connectionId) ?? connectionId} ${region}`,
  );
}
