/** Joins what several widgets ask at the same moment into few calls, and tells each its part. */
import type { Clock } from '../../shared/clock';
import { FailureError } from '../../shared/failure';
import { AwsFailure } from '../aws/aws-api';
import type { RegionApi } from '../aws/aws-api';
import { pages } from '../aws/paging';
import { AnswerBuilder } from './answer';
import type { AnsweredLine } from './answer';
import { planCalls, withoutCallIds } from './call-plan';
import type { Ask, PlannedCall } from './call-plan';

/** Widgets of one page ask within this time of each other (ms). */
const JOIN_MS = 10;
/** 500 queries of 1,440 points are eight full pages; far more than that never ends. */
const MAX_PAGES = 100;
/** How long a question AWS refused goes alone (ms). */
const SUSPECT_MS = 10 * 60_000;

export interface AskAnswer {
  lines: AnsweredLine[];
  messages: string[];
  /** When AWS was asked (ms): what came later may be missing. */
  askedAt: number;
}

export interface Place {
  connectionId: string;
  region: string;
}

type Api = Pick<RegionApi, 'connectionId' | 'getMetricData'>;

/** One ask on its way; everyone who wants the same waits for it. */
class Pending implements Ask {
  readonly abort = new AbortController();
  readonly settled: Promise<AskAnswer>;
  private waiting = 0;
  private settle: {
    resolve: (answer: AskAnswer) => void;
    reject: (cause: unknown) => void;
  } | null = null;

  constructor(
    readonly question: Ask['question'],
    readonly fromMs: number,
    readonly toMs: number,
    readonly suspect: boolean,
  ) {
    this.settled = new Promise((resolve, reject) => {
      this.settle = { resolve, reject };
    });
    // Whoever waits has a handler of its own; nobody may be left.
    this.settled.catch(() => undefined);
  }

  resolve(answer: AskAnswer): void {
    this.settle?.resolve(answer);
  }

  reject(cause: unknown): void {
    this.settle?.reject(cause);
  }

  /** Rejects with `cancelled` when the signal aborts; the call goes on while anybody waits. */
  wait(signal: AbortSignal, connectionId: string): Promise<AskAnswer> {
    this.waiting += 1;
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        reject(cancelled(connectionId));
        this.waiting -= 1;
        if (this.waiting === 0) this.abort.abort();
      };
      signal.addEventListener('abort', leave, { once: true });
      this.settled.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave));
    });
  }
}

export class Asker {
  private readonly queued = new Map<string, Pending[]>();
  private readonly open = new Map<string, Pending>();
  private readonly suspects = new Map<string, number>();

  constructor(
    private readonly apiOf: (connectionId: string, region: string) => Api,
    private readonly clock: Clock,
  ) {}

  /** Rejects with a `FailureError`: `cancelled` when the signal aborts. */
  ask(
    place: Place,
    wanted: Pick<Ask, 'question' | 'fromMs' | 'toMs'>,
    signal: AbortSignal,
  ): Promise<AskAnswer> {
    if (signal.aborted) return Promise.reject(cancelled(place.connectionId));
    const scope = placeKey(place);
    const key = `${scope}|${wanted.fromMs}|${wanted.toMs}|${wanted.question.key}`;
    const known = this.open.get(key);
    if (known !== undefined && !known.abort.signal.aborted) {
      return known.wait(signal, place.connectionId);
    }
    const suspectUntil = this.suspects.get(`${scope}|${wanted.question.key}`) ?? 0;
    const pending = new Pending(
      wanted.question,
      wanted.fromMs,
      wanted.toMs,
      suspectUntil > this.clock.now(),
    );
    this.open.set(key, pending);
    const forget = (): void => {
      if (this.open.get(key) === pending) this.open.delete(key);
    };
    pending.settled.then(forget, forget);
    this.enqueue(place, pending);
    return pending.wait(signal, place.connectionId);
  }

  private enqueue(place: Place, pending: Pending): void {
    const scope = placeKey(place);
    const queue = this.queued.get(scope);
    if (queue !== undefined) {
      queue.push(pending);
      return;
    }
    this.queued.set(scope, [pending]);
    this.clock.after(JOIN_MS, () => {
      const asks = this.queued.get(scope) ?? [];
      this.queued.delete(scope);
      const wanted = asks.filter(({ abort }) => !abort.signal.aborted);
      for (const call of planCalls(wanted)) void this.run(place, call);
    });
  }

  /** Never rejects: every ask of the call is told. */
  private async run(place: Place, call: PlannedCall<Pending>): Promise<void> {
    const asks = call.wants.map(({ ask }) => ask);
    const stop = abortWhenAll(asks.map(({ abort }) => abort.signal));
    try {
      const askedAt = this.clock.now();
      const answer = await this.read(this.apiOf(place.connectionId, place.region), call, stop);
      for (const { ask, id } of call.wants) {
        const lines = answer.linesOf(id).map((line) => ({
          ...line,
          label: line.label === null ? null : withoutCallIds(line.label),
        }));
        ask.resolve({ lines, messages: answer.messages(), askedAt });
      }
    } catch (error) {
      if (error instanceof AwsFailure && error.refused) this.refused(place, asks, error);
      else for (const ask of asks) ask.reject(error);
    }
  }

  private async read(
    api: Api,
    call: PlannedCall<Pending>,
    signal: AbortSignal,
  ): Promise<AnswerBuilder> {
    const answer = new AnswerBuilder();
    let read = 0;
    const walk = pages(
      (NextToken) =>
        api.getMetricData(
          {
            MetricDataQueries: call.queries,
            StartTime: new Date(call.startMs),
            EndTime: new Date(call.endMs),
            // Newest first: should an answer be cut, what was cut is old.
            ScanBy: 'TimestampDescending',
            NextToken,
            ...(call.labelOffset === null ? {} : { LabelOptions: { Timezone: call.labelOffset } }),
          },
          signal,
        ),
      { operation: 'GetMetricData', connectionId: api.connectionId, maxPages: MAX_PAGES },
    );
    try {
      for await (const page of walk) {
        read += 1;
        answer.add(page);
      }
    } catch (error) {
      // Tokens without an end: what was read is good, but not everything.
      if (read === 0 || !(error instanceof FailureError) || error.failure.kind !== 'invalid') {
        throw error;
      }
      answer.cut();
    }
    return answer;
  }

  /** AWS refuses a call for one bad query in it: halves are asked until it stands alone. */
  private refused(place: Place, asks: Pending[], error: AwsFailure): void {
    const [only] = asks;
    if (asks.length === 1 && only !== undefined) {
      this.suspects.set(`${placeKey(place)}|${only.question.key}`, this.clock.now() + SUSPECT_MS);
      only.reject(error);
      return;
    }
    const middle = Math.ceil(asks.length / 2);
    for (const half of [asks.slice(0, middle), asks.slice(middle)]) {
      const wanted = half.filter(({ abort }) => !abort.signal.aborted);
      for (const call of planCalls(wanted)) void this.run(place, call);
    }
  }
}

export const placeKey = ({ connectionId, region }: Place): string => `${connectionId}|${region}`;

function abortWhenAll(signals: AbortSignal[]): AbortSignal {
  const all = new AbortController();
  let left = signals.length;
  for (const signal of signals) {
    const gone = (): void => {
      left -= 1;
      if (left === 0) all.abort();
    };
    if (signal.aborted) gone();
    else signal.addEventListener('abort', gone, { once: true });
  }
  return all.signal;
}

export const cancelled = (connectionId: string): FailureError =>
  new FailureError({
    kind: 'cancelled',
    connectionId,
    operation: 'GetMetricData',
    message: 'GetMetricData was cancelled.',
    advice: 'Ask again when you need it.',
  });
