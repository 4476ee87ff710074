/** What the detail asks main for, kept on show while it is asked again. */
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { Alarm } from '../../shared/alarms/alarm';
import { ask, askCancellable, listen } from '../bridge';
import { useAlarmRow } from '../stores/alarms';
import { graphRanges } from './graph-model';
import type { GraphRange } from './graph-model';

/** How often the graph asks for new datapoints (ms): CloudWatch has none sooner. */
const GRAPH_EVERY_MS = 60_000;

export const alarmQueryKey = (key: string): readonly string[] => ['alarm', key];

export function useAlarmDetail(key: string) {
  return useQuery({
    queryKey: [...alarmQueryKey(key), 'detail'],
    queryFn: () => ask('alarms.detail', key),
  });
}

export function useIncidents(key: string) {
  return useQuery({
    queryKey: [...alarmQueryKey(key), 'incidents'],
    queryFn: () => ask('incidents.forAlarm', key),
  });
}

export function useAlarmHistory(key: string) {
  return useQuery({
    queryKey: [...alarmQueryKey(key), 'history'],
    queryFn: ({ signal }) =>
      askCancellable('alarms.history', (requestId) => ({ key, requestId }), signal),
  });
}

const DEPLOYMENTS_MS = 30 * 86_400_000;

/** Deployments in the alarm's connection and region within the 30 days that the timeline reaches back. */
export function useDeployments(alarm: Alarm) {
  const { connectionId, region } = alarm;
  return useQuery({
    queryKey: [...alarmQueryKey(alarm.key), 'deployments'],
    queryFn: async () => {
      const endMs = Date.now();
      const startMs = endMs - DEPLOYMENTS_MS;
      const { marks } = await ask('metrics.marks', {
        connectionIds: [connectionId],
        startMs,
        endMs,
      });
      return marks.filter((mark) => mark.kind === 'deployment' && mark.region === region);
    },
  });
}

/** The series of the last `range`, asked anew every minute; the former range stays while the new one loads. */
export function useAlarmSeries(key: string, range: GraphRange) {
  const lengthMs = graphRanges.find((each) => each.value === range)?.ms ?? 0;
  return useQuery({
    queryKey: [...alarmQueryKey(key), 'series', range],
    refetchInterval: GRAPH_EVERY_MS,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => {
      const endMs = Date.now();
      return askCancellable(
        'metrics.alarmSeries',
        (requestId) => ({ key, startMs: endMs - lengthMs, endMs, requestId }),
        signal,
      );
    },
  });
}

/** Asks again whenever main says that this alarm or its incident changed. */
export function useFreshAlarm(key: string): void {
  const client = useQueryClient();
  const row = useAlarmRow(key);
  const seen = useRef(row);
  useEffect(() => {
    if (seen.current !== row && seen.current?.key === key) {
      void client.invalidateQueries({ queryKey: alarmQueryKey(key) });
    }
    seen.current = row;
  }, [client, key, row]);
  useEffect(
    () =>
      listen('incidents.changed', ({ alarmKeys }) => {
        if (!alarmKeys.includes(key)) return;
        void client.invalidateQueries({ queryKey: [...alarmQueryKey(key), 'incidents'] });
      }),
    [client, key],
  );
}
