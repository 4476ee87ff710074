/** Answers groups of queries: from what is known, and where that is not enough, from AWS. */
import { setMaxListeners } from 'node:events';
import type { Clock } from '../../shared/clock';
import { FailureError } from '../../shared/failure';
import type { Failure } from '../../shared/failure';
import type { Freshness, QueryGroup, SeriesSet } from '../../shared/metrics/query';
import { AwsFailure } from '../aws/aws-api';
import { cancelled } from './asker';
import { ownId } from './call-plan';
import type { Asker } from './asker';
import { stretchesToAsk, takeAnswer, windowFor } from './entry';
import type { Entry } from './entry';
import { questionsOf } from './question';
import { knowsAnything, seriesSet } from './series-set';
import type { Known } from './series-set';

/** A question AWS refused is not asked again by itself for this long (ms). */
const REFUSED_MS = 5 * 60_000;

export interface EntryStore {
  /** What is known, from memory or disk; made empty when nothing is. */
  open(connectionId: string, region: string, questionKey: string): Promise<Entry>;
  /** Says that the entry has changed. */
  changed(connectionId: string, region: string, questionKey: string, entry: Entry): void;
}

interface SourceParts {
  asker: Pick<Asker, 'ask'>;
  store: EntryStore;
  clock: Clock;
  /** The cost cap is reached. */
  isPaused: () => boolean;
  pausedFailure: (connectionId: string) => Failure;
  report: (problem: string) => void;
}

type Outcome = { kind: 'known' } | { kind: 'asked' } | { kind: 'paused' } | FailedOutcome;
interface FailedOutcome {
  kind: 'failed';
  failure: Failure;
}

export class SeriesSource {
  constructor(private readonly parts: SourceParts) {}

  /** Rejects with a `FailureError` when nothing is known and AWS does not answer. */
  async query(group: QueryGroup, freshness: Freshness, signal: AbortSignal): Promise<SeriesSet> {
    if (!(group.endMs > group.startMs)) throw badWindow(group);
    // Every query of the group waits on the one signal; each takes its listener off again.
    setMaxListeners(0, signal);
    const known = await Promise.all(
      questionsOf(group).map(async ({ queryId, question }): Promise<Known> => ({
        queryId,
        question,
        entry: await this.parts.store.open(group.connectionId, group.region, question.key),
        window: windowFor(question, group.startMs, group.endMs),
      })),
    );
    const outcomes = await Promise.all(
      known.map(async (one) => withOwnId(await this.bring(group, one, freshness, signal), one)),
    );
    if (signal.aborted) throw cancelled(group.connectionId);
    const failure = outcomes.find((one): one is FailedOutcome => one.kind === 'failed')?.failure;
    const paused = outcomes.some(({ kind }) => kind === 'paused');
    if (!knowsAnything(known)) {
      if (failure !== undefined) throw new FailureError(failure);
      if (paused) throw new FailureError(this.parts.pausedFailure(group.connectionId));
    }
    return seriesSet(known, {
      startMs: group.startMs,
      endMs: group.endMs,
      state: paused
        ? 'paused'
        : failure !== undefined || freshness === 'cached'
          ? 'cached'
          : 'fresh',
      failure: failure ?? null,
    });
  }

  /** Makes one question as fresh as wanted. Never rejects. */
  private async bring(
    { connectionId, region }: QueryGroup,
    { question, entry, window }: Known,
    freshness: Freshness,
    signal: AbortSignal,
  ): Promise<Outcome> {
    const { clock, asker, store } = this.parts;
    const now = clock.now();
    const stretches = stretchesToAsk(entry, question, window, now, freshness);
    if (stretches.length === 0) return { kind: 'known' };
    const refusal = entry.failure;
    if (freshness === 'due' && refusal?.refused === true && now - refusal.at < REFUSED_MS) {
      return { kind: 'failed', failure: refusal.failure };
    }
    if (this.parts.isPaused()) return { kind: 'paused' };
    entry.attemptedAt = now;
    try {
      await Promise.all(
        stretches.map(async (stretch) => {
          const answer = await asker.ask(
            { connectionId, region },
            { question, ...stretch },
            signal,
          );
          takeAnswer(entry, question, stretch, answer);
          store.changed(connectionId, region, question.key, entry);
        }),
      );
      return { kind: 'asked' };
    } catch (error) {
      if (!(error instanceof FailureError)) this.parts.report(`Metric query: ${String(error)}`);
      const failure = failureOf(error, connectionId);
      if (failure.kind !== 'cancelled') {
        const refused = error instanceof AwsFailure && error.refused;
        entry.failure = { failure, at: clock.now(), refused };
      }
      return { kind: 'failed', failure };
    }
  }
}

/** AWS names an expression by its id in the call; people know it by its own. */
function withOwnId(outcome: Outcome, { queryId }: Known): Outcome {
  if (outcome.kind !== 'failed') return outcome;
  const { failure } = outcome;
  return { ...outcome, failure: { ...failure, message: ownId(failure.message, queryId) } };
}

function failureOf(error: unknown, connectionId: string): Failure {
  if (error instanceof FailureError) return error.failure;
  return {
    kind: 'unknown',
    connectionId,
    operation: 'GetMetricData',
    message: 'Metric data could not be read: something unexpected went wrong inside Nightdesk.',
    advice: 'Refresh; the log says more.',
  };
}

const badWindow = ({ connectionId }: QueryGroup): FailureError =>
  new FailureError({
    kind: 'invalid',
    connectionId,
    operation: 'GetMetricData',
    message: 'The time range ends before it starts.',
    advice: 'Choose another range.',
  });
