/** The open dashboard: its text, what reading it with the values in force gives, and the last that could be read. */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { UseQueryResult } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useState } from 'react';
import type { OpenedDashboard } from '../../shared/dashboards/listing';
import { readDashboardFile } from '../../shared/dashboards/read-dashboard';
import type { InputValues, ReadResult } from '../../shared/dashboards/read-result';
import { ask, askCancellable, listen } from '../bridge';
import { showFailure } from '../stores/toasts';
import type { DashboardPlace } from './store';
import { usePlace, usePlaceValues } from './use-place';

type ReadOk = Extract<ReadResult, { kind: 'read' }>;
type ReadFailed = Extract<ReadResult, { kind: 'failed' }>;

export interface OpenState {
  query: UseQueryResult<OpenedDashboard>;
  /** What is drawn; null while nothing could be read. */
  read: ReadOk | null;
  /** Why the newest text cannot be read; with `read` the picture before it stays. */
  broken: ReadFailed['problem'] | null;
  /** What a person picked, or a stack told. */
  values: InputValues;
  place: DashboardPlace | null;
  pick(values: InputValues): void;
}

const none: InputValues = {};

export function useOpened(id: string): OpenState {
  const client = useQueryClient();
  const queryKey = useMemo(() => ['dashboard', id], [id]);
  const query = useQuery({
    queryKey,
    queryFn: ({ signal }) =>
      askCancellable('dashboards.open', (requestId) => ({ id, requestId }), signal),
  });
  useEffect(
    () =>
      listen('dashboards.fileChanged', (changed) => {
        if (changed.id === id) void client.invalidateQueries({ queryKey });
      }),
    [client, id, queryKey],
  );
  const [picked, setPicked] = useState<InputValues | null>(null);
  const opened = query.data;
  const values = picked ?? opened?.values ?? none;
  const place = usePlace(opened);
  const placeValues = usePlaceValues(place);
  const result = useMemo(
    () =>
      opened === undefined
        ? null
        : readDashboardFile(opened.text, opened.fileName, { ...placeValues, ...values }),
    [opened, placeValues, values],
  );
  const [good, setGood] = useState<ReadOk | null>(null);
  // The last text that could be read: kept on show while a file is being edited and does not parse.
  if (result?.kind === 'read' && result !== good) setGood(result);
  const pick = useCallback(
    (next: InputValues) => {
      setPicked(next);
      ask('dashboards.keepValues', { id, values: { ...next } }).catch((error: unknown) =>
        showFailure(error, 'dashboards.keepValues'),
      );
    },
    [id],
  );
  return {
    query,
    read: result?.kind === 'read' ? result : good,
    broken: result?.kind === 'failed' ? result.problem : null,
    values,
    place,
    pick,
  };
}
