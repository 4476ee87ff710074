/** Follows the groups of one connection and region: live, again after a break, or by searching. */
import type { StartLiveTailResponseStream } from '@aws-sdk/client-cloudwatch-logs';
import type { Clock } from '../../../shared/clock';
import type { Failure } from '../../../shared/failure';
import type { LogTarget } from '../../../shared/logs/groups';
import type { TailTarget } from '../../../shared/logs/tail';
import type { AlarmApi } from '../../aws/aws-api';
import type { LogQueryApi, LogReadApi } from '../../aws/log-query-api';
import { wait } from '../../aws/wait';
import type { GroupFacts } from '../known-groups';
import { arnsOf } from './group-arns';
import { readGroups } from './group-reader';
import { SeenEvents } from './seen-events';
import type { TailEvent } from './seen-events';
import { brokenStream, isFinal, liveAgainAfterMs, toTailFailure } from './tail-failures';

export type TailApi = Pick<LogQueryApi, 'startLiveTail'> &
  Pick<LogReadApi, 'filterLogEvents'> &
  Pick<AlarmApi, 'callerIdentity' | 'clockSkewMs'>;

export interface TailTargetParts {
  target: LogTarget;
  pattern: string;
  api: () => TailApi;
  known: ReadonlyMap<string, GroupFacts>;
  clock: Clock;
  /** Resolves when the engine has taken them in. */
  deliver: (events: TailEvent[]) => Promise<void>;
  changed: () => void;
}

/** AWS ends a session after three hours; it is left before that. */
export const RENEW_AFTER_MS = (2 * 60 + 55) * 60_000;
/** Searched again before the break, for what arrives late. */
const OVERLAP_MS = 15_000;
/** FilterLogEvents finds an event a moment after live tail tells it. */
const SETTLE_MS = 3_000;
const POLL_MS = 3_000;
const MAX_BACKOFF_MS = 30_000;
const SAMPLED_SHOWN_MS = 10_000;

/** What a Date header leaves open of AWS's time. */
const DATE_RESOLUTION_MS = 1_000;

export class TailTargetRun {
  state: TailTarget;
  private readonly gone = new AbortController();
  private readonly seen = new SeenEvents();
  private readonly startedAt: number;
  private arns: ReadonlyMap<string, string> = new Map();
  /** Everything before it has been told (ms, AWS's time). */
  private coveredTo: number;
  private broken = false;
  private filling = false;
  private sampledAt = -Infinity;
  private breaks = 0;

  constructor(private readonly parts: TailTargetParts) {
    const { connectionId, region } = parts.target;
    this.startedAt = parts.clock.now();
    this.coveredTo = this.startedAt;
    this.state = {
      connectionId,
      region,
      phase: 'connecting',
      events: 0,
      sampled: false,
      failure: null,
    };
  }

  /** Resolves when it was stopped or cannot go on; never rejects. */
  async run(): Promise<void> {
    const { signal } = this.gone;
    while (!signal.aborted) {
      try {
        await this.live();
      } catch (error) {
        if (signal.aborted) return;
        const failure = toTailFailure(error, this.parts.target.connectionId);
        if (await this.giveUp(failure)) return;
      }
    }
  }

  stop(): void {
    if (this.gone.signal.aborted) return;
    this.gone.abort();
    if (this.state.phase !== 'failed') this.set({ phase: 'ended' });
  }

  /** One session, from its opening until it is time for the next. */
  private async live(): Promise<void> {
    const { clock, target, pattern } = this.parts;
    const api = this.parts.api();
    this.arns = await arnsOf(target, this.parts.known, api, this.gone.signal);
    const session = new AbortController();
    const leave = (): void => session.abort();
    this.gone.signal.addEventListener('abort', leave, { once: true });
    let renewing = false;
    const cancelRenewal = clock.after(RENEW_AFTER_MS, () => {
      renewing = true;
      leave();
    });
    const input = {
      logGroupIdentifiers: [...this.arns.values()],
      ...(pattern === '' ? {} : { logEventFilterPattern: pattern }),
    };
    try {
      for await (const message of api.startLiveTail(input, session.signal)) {
        await this.take(message, session.signal);
      }
      throw brokenStream(target.connectionId, undefined);
    } catch (error) {
      this.broken = true;
      if (!renewing) throw error;
    } finally {
      cancelRenewal();
      leave();
      this.gone.signal.removeEventListener('abort', leave);
    }
  }

  private async take(message: StartLiveTailResponseStream, session: AbortSignal): Promise<void> {
    const problem = message.SessionStreamingException ?? message.SessionTimeoutException;
    if (problem !== undefined) throw brokenStream(this.parts.target.connectionId, problem.message);
    if (message.sessionStart !== undefined) {
      this.breaks = 0;
      this.set({ phase: 'live', failure: null });
      if (this.broken) void this.fillGap(session);
      this.broken = false;
    }
    const { sessionUpdate } = message;
    if (sessionUpdate === undefined) return;
    const now = this.parts.clock.now();
    if (sessionUpdate.sessionMetadata?.sampled === true) this.sampledAt = now;
    this.state = { ...this.state, sampled: now - this.sampledAt < SAMPLED_SHOWN_MS };
    await this.hand(
      (sessionUpdate.sessionResults ?? []).map((event) => ({
        group: groupName(event.logGroupIdentifier ?? ''),
        stream: event.logStreamName ?? '',
        timestamp: event.timestamp ?? now,
        ingestion: event.ingestionTime ?? now,
        id: '',
        message: event.message ?? '',
      })),
    );
    if (!this.filling) this.coveredTo = this.awsNow();
  }

  /** What came between two sessions, without what either of them told. Tried until it is had or the session ends. */
  private async fillGap(session: AbortSignal): Promise<void> {
    this.filling = true;
    const to = this.awsNow() + SETTLE_MS;
    for (let tries = 1; !session.aborted; tries += 1) {
      try {
        await wait(this.parts.clock, tries === 1 ? SETTLE_MS : backoffMs(tries), session);
        await this.search(this.coveredTo, to, session);
        this.filling = false;
        if (this.state.phase === 'live') this.set({ failure: null });
        return;
      } catch (error) {
        if (session.aborted) return;
        this.set({ failure: toTailFailure(error, this.parts.target.connectionId) });
      }
    }
  }

  /** True when there is no going on. */
  private async giveUp(failure: Failure): Promise<boolean> {
    if (isFinal(failure)) {
      this.set({ phase: 'failed', failure });
      return true;
    }
    const pollForMs = liveAgainAfterMs(failure);
    if (pollForMs !== null) return this.poll(failure, pollForMs);
    this.breaks += 1;
    this.set({ phase: 'connecting', failure });
    await this.pause(backoffMs(this.breaks));
    return false;
  }

  /** Searches every few seconds, then lets live tail be tried again. */
  private async poll(why: Failure, forMs: number): Promise<boolean> {
    this.filling = false;
    this.broken = true;
    this.set({ phase: 'polling', failure: why });
    const { clock } = this.parts;
    const until = clock.now() + forMs;
    let failures = 0;
    while (!this.gone.signal.aborted && clock.now() < until) {
      const to = this.awsNow();
      try {
        await this.search(this.coveredTo, to, this.gone.signal);
        this.coveredTo = to;
        failures = 0;
        if (this.state.failure !== why) this.set({ failure: why });
      } catch (error) {
        if (this.gone.signal.aborted) return true;
        const failure = toTailFailure(error, this.parts.target.connectionId);
        const over = isFinal(failure) || failure.kind === 'denied' || failure.kind === 'invalid';
        this.set({ phase: over ? 'failed' : 'polling', failure });
        if (over) return true;
        failures += 1;
      }
      await this.pause(failures === 0 ? POLL_MS : backoffMs(failures));
    }
    return this.gone.signal.aborted;
  }

  private async search(from: number, to: number, signal: AbortSignal): Promise<void> {
    const { target, pattern } = this.parts;
    const reader = { api: this.parts.api(), target, arns: this.arns, pattern };
    // Before the first answer it was not known by how much this computer's clock is off.
    // It is known to the second: rather a line from before than one too few.
    const begin = this.startedAt + (reader.api.clockSkewMs() ?? 0) - DATE_RESOLUTION_MS;
    const start = Math.max(begin, from - OVERLAP_MS);
    if (to < start) return;
    for await (const events of readGroups(reader, start, to, signal)) {
      signal.throwIfAborted();
      await this.hand(events);
    }
  }

  private async hand(events: TailEvent[]): Promise<void> {
    const fresh = this.seen.fresh(events, this.parts.clock.now());
    if (fresh.length === 0 || this.gone.signal.aborted) return;
    this.state = { ...this.state, events: this.state.events + fresh.length };
    await this.parts.deliver(fresh);
  }

  private awsNow(): number {
    return this.parts.clock.now() + (this.parts.api().clockSkewMs() ?? 0);
  }

  private async pause(ms: number): Promise<void> {
    await wait(this.parts.clock, ms, this.gone.signal).catch(() => {
      // Stopped: the loop that waits looks at the signal itself.
    });
  }

  private set(change: Partial<TailTarget>): void {
    this.state = { ...this.state, ...change };
    this.parts.changed();
  }
}

const backoffMs = (tries: number): number => Math.min(MAX_BACKOFF_MS, 500 * 2 ** (tries - 1));

/** Live tail says `account:name`. */
const groupName = (identifier: string): string => identifier.replace(/^\d{12}:/, '');
