/** The runbooks that belong to an alarm: its tags and metric are asked for, the list's rows do not have them. */
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { RunbookEntry } from '../../../shared/runbooks/listing';
import { runbooksFor } from '../../../shared/runbooks/match';
import { ask } from '../../bridge';
import { useAlarmRow } from '../../stores/alarms';
import { useRunbookListing } from '../listing-store';
import { useRunbooks } from '../store';

const none: RunbookEntry[] = [];

/** Empty until the alarm is known. */
export function useRunbooksOf(alarmKey: string | null): RunbookEntry[] {
  const listing = useRunbookListing((state) => state.listing);
  const detail = useQuery({
    queryKey: ['alarm', alarmKey, 'detail'],
    enabled: alarmKey !== null,
    queryFn: () => ask('alarms.detail', alarmKey ?? ''),
  });
  const { data } = detail;
  return useMemo(
    () =>
      listing === null || data === undefined || alarmKey === null
        ? none
        : runbooksFor(data.alarm, data.severity, listing.entries),
    [listing, data, alarmKey],
  );
}

/** Of the alarm that the next run is for; null where it is for none. */
export function useBelonging(): { alarmName: string; ids: readonly string[] } | null {
  const alarmKey = useRunbooks((state) => state.alarmKey);
  const name = useAlarmRow(alarmKey)?.name;
  const entries = useRunbooksOf(alarmKey);
  return useMemo(
    () => (name === undefined ? null : { alarmName: name, ids: entries.map((entry) => entry.id) }),
    [name, entries],
  );
}
