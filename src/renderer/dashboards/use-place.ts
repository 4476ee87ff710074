/** Where a dashboard's metrics are asked, and what that place says about a template's open references. */
import { useMemo } from 'react';
import type { Connection, ConnectionStatus } from '../../shared/connections/connection';
import type { OpenedDashboard } from '../../shared/dashboards/listing';
import type { InputValues } from '../../shared/dashboards/read-result';
import { useConnections } from '../stores/connections';
import { useDashboards } from './store';
import type { DashboardPlace } from './store';

/** A person's pick, else the account it was read from, else the one whose ids or region the file names most. */
export function usePlace(opened: OpenedDashboard | undefined): DashboardPlace | null {
  const chosen = useDashboards((state) => state.places[opened?.entry.id ?? '']);
  const list = useConnections((state) => state.list);
  const found = useMemo(() => {
    const entry = opened?.entry;
    const known = (id: string | null | undefined): Connection | undefined =>
      list.find(({ connection }) => connection.id === id)?.connection;
    const own = known(entry?.connectionId);
    // Dashboards are global: the region they were read from says nothing about their metrics.
    if (own !== undefined) {
      const region = own.regions[0] ?? entry?.region;
      return region == null ? null : { connectionId: own.id, region };
    }
    if (chosen !== undefined && known(chosen.connectionId) !== undefined) return chosen;
    return guessPlace(opened?.text ?? '', list);
  }, [opened, chosen, list]);
  const connectionId = found?.connectionId ?? null;
  const region = found?.region ?? null;
  // The same object while it is the same place: connections report every few seconds, and every widget
  // would be planned and asked anew.
  return useMemo(
    () => (connectionId === null || region === null ? null : { connectionId, region }),
    [connectionId, region],
  );
}

const REGION = /\b[a-z]{2}(?:-[a-z]{2,9}){1,3}-\d\b/g;
/** More of a file tells nothing new about where it belongs. */
const MOST_READ = 500_000;

/** The first connection where the file says nothing. Pure. */
export function guessPlace(text: string, list: readonly ConnectionStatus[]): DashboardPlace | null {
  const read = text.slice(0, MOST_READ);
  const counts = new Map<string, number>();
  for (const [region] of read.matchAll(REGION)) counts.set(region, (counts.get(region) ?? 0) + 1);
  const places = list.flatMap(({ connection, accountId }) =>
    connection.regions.map((region) => ({
      place: { connectionId: connection.id, region },
      // An account's id names it; a region only hints.
      account: accountId !== null && read.includes(accountId) ? 1 : 0,
      mentions: counts.get(region) ?? 0,
    })),
  );
  const [best] = places.toSorted((a, b) => b.account - a.account || b.mentions - a.mentions);
  return best?.place ?? null;
}

/** What CloudFormation's pseudo parameters mean at a place; a person's own values go before them. */
export function usePlaceValues(place: DashboardPlace | null): InputValues {
  const accountId = useConnections(
    (state) => (place === null ? null : state.byId.get(place.connectionId)?.accountId) ?? null,
  );
  return useMemo((): InputValues => {
    if (place === null) return {};
    return {
      'AWS::Region': place.region,
      ...(accountId === null ? {} : { 'AWS::AccountId': accountId }),
    };
  }, [place, accountId]);
}
