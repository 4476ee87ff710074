import { Button, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import type { Alarm } from '../../shared/alarms/alarm';
import type { RelatedMetric, RelatedMetrics } from '../../shared/metrics/related';
import { askCancellable } from '../bridge';
import { Sparkline } from '../ui/Sparkline';
import { safeText } from '../ui/safe-text';
import { FailureNote } from './FailureNote';
import { alarmQueryKey } from './queries';
import styles from './detail.module.css';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** Walking down the list with `j` must not ask for a week of sixty metrics at every step (ms). */
const SETTLED_MS = 700;
const FRESH_MS = 5 * MINUTE;
const FIRST_SHOWN = 6;

/** From an hour before it fired until now, at most a day; of a quiet alarm the last three hours. */
export function relatedWindow(alarm: Pick<Alarm, 'state' | 'stateTransitionedAt'>, now: number) {
  const since = alarm.stateTransitionedAt - 60 * MINUTE;
  const start = alarm.state === 'ALARM' ? Math.max(since, now - DAY) : now - 3 * 60 * MINUTE;
  return { startMs: Math.min(start, now - 60 * MINUTE), endMs: now };
}

function useSettled(): boolean {
  const [settled, setSettled] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(true), SETTLED_MS);
    return () => clearTimeout(timer);
  }, []);
  return settled;
}

function useRelated(alarm: Alarm) {
  const enabled = useSettled();
  return useQuery({
    queryKey: [...alarmQueryKey(alarm.key), 'related', alarm.stateTransitionedAt],
    enabled,
    staleTime: FRESH_MS,
    queryFn: ({ signal }) =>
      askCancellable(
        'metrics.related',
        (requestId) => ({ key: alarm.key, ...relatedWindow(alarm, Date.now()), requestId }),
        signal,
      ),
  });
}

function rowsOf(answer: RelatedMetrics): RelatedMetric[] {
  const rows: RelatedMetric[] = JSON.parse(answer.rowsJson);
  return rows;
}

function Row({ row, values }: { row: RelatedMetric; values: Float64Array }) {
  const points = useMemo(
    () => values.subarray(row.offset, row.offset + row.count),
    [values, row.offset, row.count],
  );
  const moved = row.direction !== 'normal';
  return (
    <li className={styles.moved} data-moved={moved}>
      <Sparkline
        values={points}
        width={72}
        height={20}
        color={moved ? 'var(--nd-accent)' : 'var(--nd-faint)'}
      />
      <p title={safeText(row.sentence)}>{safeText(row.sentence)}</p>
      <strong>{safeText(row.verdict)}</strong>
    </li>
  );
}

/** Metrics of the same resource, by how far they left their normal range of the last week. */
export function WhatElseMoved({ alarm }: { alarm: Alarm }) {
  const query = useRelated(alarm);
  const [all, setAll] = useState(false);
  const rows = useMemo(() => (query.data === undefined ? [] : rowsOf(query.data)), [query.data]);
  const shown = all ? rows : rows.slice(0, FIRST_SHOWN);
  const { data } = query;
  return (
    <section className={styles.section} aria-labelledby="moved-heading">
      <h2 id="moved-heading">What else moved</h2>
      {query.isPending && (
        <div role="status" aria-label="Comparing with the last week">
          <Skeleton height={12} width="80%" animate={false} />
          <Skeleton height={12} mt={10} width="65%" animate={false} />
        </div>
      )}
      {query.isError && (
        <FailureNote
          error={query.error}
          operation="metrics.related"
          what="The comparison with the last week"
          onRetry={() => void query.refetch()}
        />
      )}
      {data !== undefined && rows.length === 0 && (
        <p className={styles.quiet}>No other metric shares this alarm's resource.</p>
      )}
      {data !== undefined && rows.length > 0 && (
        <ul className={styles.movedList} aria-label="What else moved">
          {shown.map((row) => (
            <Row key={JSON.stringify([row.metric, row.stat])} row={row} values={data.values} />
          ))}
        </ul>
      )}
      {rows.length > FIRST_SHOWN && (
        <Button size="compact-xs" variant="subtle" onClick={() => setAll(!all)}>
          {all ? 'Show what moved most' : `Show all ${rows.length}`}
        </Button>
      )}
      {typeof data?.note === 'string' && <p className={styles.quiet}>{data.note}</p>}
    </section>
  );
}
