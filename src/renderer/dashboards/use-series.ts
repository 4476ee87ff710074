/** Asks main for planned groups: what is known at once, then what is due. Keeps the last picture meanwhile. */
import { useEffect, useMemo, useRef, useState } from 'react';
import type { PlannedGroup } from '../../shared/dashboards/plan';
import type { Failure } from '../../shared/failure';
import type { Freshness, SeriesSet } from '../../shared/metrics/query';
import { askCancellable, toFailure } from '../bridge';
import { usePageClock } from './page-clock';

export interface AnsweredGroup {
  planned: PlannedGroup;
  set: SeriesSet;
}

export interface Answers {
  groups: readonly AnsweredGroup[];
  /** Why the newest question of some group failed. */
  failure: Failure | null;
  fetching: boolean;
  /** Something was answered since these groups are asked for, if only that nothing is known. */
  settled: boolean;
}

const nothing: Answers = { groups: [], failure: null, fetching: false, settled: false };

interface Outcome {
  answered: AnsweredGroup | null;
  failure: Failure | null;
}

async function askGroup(
  planned: PlannedGroup,
  freshness: Freshness,
  signal: AbortSignal,
): Promise<Outcome> {
  try {
    const set = await askCancellable(
      'metrics.query',
      (requestId) => ({ group: planned.group, freshness, requestId }),
      signal,
    );
    return { answered: { planned, set }, failure: set.failure };
  } catch (error) {
    return { answered: null, failure: toFailure(error, 'metrics.query') };
  }
}

/** What is asked, whatever the window: as long as it is the same, an older answer may stay on show. */
function identityOf(planned: readonly PlannedGroup[]): string {
  return JSON.stringify(
    planned.map(({ group }) => [
      group.connectionId,
      group.region,
      group.queries.map((query) => ({ ...query, periodSeconds: 0 })),
    ]),
  );
}

/** Same metrics over the same length: a refresh, for which what is on show is already the best that is known. */
function spanOf(identity: string, planned: readonly PlannedGroup[]): string {
  const lengths = planned.map(({ group }) => group.endMs - group.startMs);
  return `${identity} ${lengths.join(' ')}`;
}

/** Groups that were not answered now keep what they had. */
function merge(before: Answers, outcomes: readonly Outcome[]): AnsweredGroup[] {
  return outcomes.flatMap(({ answered }, at) => {
    const kept = answered ?? before.groups[at];
    return kept === undefined ? [] : [kept];
  });
}

/** @param planned must be the same array while nothing changed */
export function useSeries(planned: readonly PlannedGroup[], enabled: boolean): Answers {
  const turn = usePageClock((state) => state.turn);
  const identity = useMemo(() => identityOf(planned), [planned]);
  const [kept, setKept] = useState<{ identity: string; answers: Answers }>({
    identity,
    answers: nothing,
  });
  const shown = useRef('');
  useEffect(() => {
    if (!enabled || planned.length === 0) return;
    const control = new AbortController();
    const { freshness } = usePageClock.getState();
    const change = (edit: (before: Answers) => Answers): void => {
      if (control.signal.aborted) return;
      setKept((state) => ({
        identity,
        answers: edit(state.identity === identity ? state.answers : nothing),
      }));
    };
    const round = async (asked: Freshness): Promise<void> => {
      const outcomes = await Promise.all(
        planned.map((each) => askGroup(each, asked, control.signal)),
      );
      const last = asked !== 'cached';
      change((before) => ({
        groups: merge(before, outcomes),
        failure: last ? (outcomes.find(({ failure }) => failure !== null)?.failure ?? null) : null,
        fetching: !last,
        settled: last || outcomes.some(({ answered }) => answered?.set.asOf != null),
      }));
    };
    const run = async (): Promise<void> => {
      change((before) => ({ ...before, fetching: true }));
      const span = spanOf(identity, planned);
      if (shown.current !== span) await round('cached');
      if (control.signal.aborted) return;
      await round(freshness);
      if (!control.signal.aborted) shown.current = span;
    };
    void run();
    return () => control.abort();
  }, [planned, identity, enabled, turn]);
  return kept.identity === identity ? kept.answers : nothing;
}
