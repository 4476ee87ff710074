/** What is held of the events, and what was let go or left out: said, never silent. */
import { useEffect, useState } from 'react';
import { EngineError } from '../../../shared/logs/engine-client';
import type { DatasetStats } from '../../../shared/logs/engine-protocol';
import classes from './events.module.css';
import { usePaneClient, usePaneStore } from './pane';

/** Figures for people need not be newer (ms). */
const PACE_MS = 1_000;
/** In place of a revision where nothing is known. */
const NONE = -1;

const megabytes = (bytes: number): string =>
  bytes < 2 ** 20
    ? `${Math.max(1, Math.round(bytes / 2 ** 10))} kB`
    : `${(bytes / 2 ** 20).toFixed(bytes < 2 ** 23 ? 1 : 0)} MB`;
const number = (value: number): string => value.toLocaleString('en');

export function HeldNote() {
  const stats = useStats();
  if (stats === null || stats.rows === 0) return null;
  const { bytes, capBytes, evicted, duplicates, cut } = stats;
  const lost = [
    ...(evicted > 0 ? [`the oldest ${number(evicted)} were dropped to stay under it`] : []),
    ...(cut > 0 ? [`${number(cut)} over-long lines cut`] : []),
  ];
  const same = duplicates > 0 ? ` · ${number(duplicates)} came twice and are there once` : '';
  return (
    <span className={classes['held']} data-lost={lost.length > 0} role="note">
      {`${megabytes(bytes)} held · cap ${megabytes(capBytes)}`}
      {lost.length > 0 && `: ${lost.join(', ')}`}
      {same}
    </span>
  );
}

function useStats(): DatasetStats | null {
  const pane = usePaneStore();
  const client = usePaneClient();
  const [stats, setStats] = useState<DatasetStats | null>(null);
  const [due, setDue] = useState(NONE);
  useEffect(() => {
    // By the clock, not after the last change: while lines stream there is none.
    const timer = setInterval(() => setDue(pane.getState().state?.revision ?? NONE), PACE_MS);
    return () => clearInterval(timer);
  }, [pane]);
  useEffect(() => {
    let current = true;
    client
      .ask('stats', { dataset: pane.getState().dataset })
      .then((told) => {
        if (current) setStats(told);
      })
      .catch((error: unknown) => {
        // Not opened yet, or gone with its engine: the grid says so.
        if (!(error instanceof EngineError)) throw error;
        if (current) setStats(null);
      });
    return () => {
      current = false;
    };
  }, [client, pane, due]);
  return stats;
}
