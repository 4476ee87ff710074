/** Sends calls of one connection and region: budgeted, metered, limited in time, retried and explained. */
import { setMaxListeners } from 'node:events';
import type { AwsCredentialIdentity } from '@smithy/types';
import type { Clock } from '../../shared/clock';
import type { Connection } from '../../shared/connections/connection';
import type { Failure } from '../../shared/failure';
import { AwsFailure } from './aws-api';
import { checkAnswer } from './check-answer';
import { abortable, withDeadline } from './deadline';
import { resolveEndpoints } from './endpoints';
import { isRefusedInput, isTransient, toFailure } from './failures';
import { awsOperations } from './operations';
import type { OperationName } from './operations';
import type { RateBudget } from './rate-budget';
import { secretsOf } from './scrub';
import type { Clients } from './sdk-clients';
import type { UsageMeter } from './usage-meter';
import { wait } from './wait';

/** A call's limit, connecting and reading the answer included (ms). */
export const CALL_LIMIT_MS = 20_000;
const MAX_THROTTLED_TRIES = 5;

type Sdk = typeof import('./sdk-clients');

export interface CallerInit {
  connection: Connection;
  region: string;
  /** The session's: shared by all regions. */
  credentials: (signal: AbortSignal) => Promise<AwsCredentialIdentity>;
  /** Called when AWS no longer takes the credentials a call was signed with. */
  onRejected: (used: AwsCredentialIdentity) => void;
  /** What AWS counts quotas by: the account, or the connection until it is known. */
  scope: () => string;
  skewMs: () => number | null;
  onDate: (serverMs: number) => void;
  clock: Clock;
  budget: RateBudget;
  meter: UsageMeter;
  random?: () => number;
}

export interface Call<T> {
  operation: OperationName;
  signal: AbortSignal;
  /** Metrics a GetMetricData call is billed for, by its answer. */
  metrics?: (answer: T) => number;
  /** Long polls add their wait to the limit (ms). */
  extraMs?: number;
  /** Heard each time AWS says "too fast", also when the call is tried again. */
  onThrottled?: () => void;
  /** Not sent again where nobody knows whether the first arrived: twice would do it twice. */
  once?: boolean;
  send: (sdk: Sdk, clients: Clients, options: { abortSignal: AbortSignal }) => Promise<T>;
}

export interface StreamCall<T> {
  operation: OperationName;
  signal: AbortSignal;
  open: (
    sdk: Sdk,
    clients: Clients,
    options: { abortSignal: AbortSignal },
  ) => Promise<AsyncIterable<T>>;
}

export class Caller {
  private sdk: Promise<{ sdk: Sdk; clients: Clients }> | null = null;
  private readonly closed = new AbortController();

  constructor(private readonly init: CallerInit) {}

  async call<T extends object>(call: Call<T>): Promise<T> {
    // A poller's one signal serves many calls at once; each takes its listeners off again.
    setMaxListeners(0, call.signal);
    this.refuseChange(call.operation);
    let clockRetried = false;
    let transientRetried = false;
    for (let tries = 1; ; tries += 1) {
      let signedWith: AwsCredentialIdentity | null = null;
      try {
        this.closed.signal.throwIfAborted();
        // Before the time limit starts: this may wait for a person's MFA code.
        signedWith = await this.init.credentials(call.signal);
        return await this.once(call);
      } catch (error) {
        const failure = this.explain(error, call, signedWith);
        if (call.signal.aborted || this.closed.signal.aborted) throw new AwsFailure(failure);
        if (failure.kind === 'throttled') {
          this.noteThrottle(call.operation);
          call.onThrottled?.();
          if (tries < MAX_THROTTLED_TRIES) continue;
        } else if (failure.kind === 'clock-wrong' && !clockRetried && this.init.skewMs() !== null) {
          // The refusal carried AWS's time; the SDK now signs with it.
          clockRetried = true;
          continue;
        } else if (isTransient(error) && !transientRetried && call.once !== true) {
          transientRetried = true;
          await this.pause(call);
          continue;
        }
        if (signedWith !== null && isAboutKeys(failure)) this.init.onRejected(signedWith);
        throw new AwsFailure(failure, failure.kind === 'invalid' && isRefusedInput(error));
      }
    }
  }

  /**
   * A call whose answer is a stream: the limit in time counts until it is open, then it runs until AWS ends it,
   * it breaks (an `AwsFailure`), the signal aborts or the reader leaves.
   */
  async *stream<T>(call: StreamCall<T>): AsyncGenerator<T, void, undefined> {
    const gone = new AbortController();
    const leave = (): void => gone.abort(new DOMException('', 'AbortError'));
    const { signal } = call;
    signal.addEventListener('abort', leave, { once: true });
    this.closed.signal.addEventListener('abort', leave, { once: true });
    try {
      const { events } = await this.call({
        operation: call.operation,
        signal,
        send: async (sdk, clients, { abortSignal }) => {
          abortSignal.addEventListener('abort', leave, { once: true });
          return { events: await call.open(sdk, clients, { abortSignal: gone.signal }) };
        },
      });
      const reader = events[Symbol.asyncIterator]();
      for (;;) {
        const next = await abortable(gone.signal, reader.next());
        if (next.done === true) return;
        yield next.value;
      }
    } catch (error) {
      throw new AwsFailure(this.explain(error, call));
    } finally {
      signal.removeEventListener('abort', leave);
      this.closed.signal.removeEventListener('abort', leave);
      leave();
    }
  }

  destroy(): void {
    if (this.closed.signal.aborted) return;
    this.closed.abort(new DOMException('The connection was closed.', 'AbortError'));
    this.sdk?.then(
      ({ clients }) => clients.destroy(),
      () => {
        // Clients that failed to load hold nothing; the call that loaded them has told its caller.
      },
    );
    this.sdk = null;
  }

  private async once<T extends object>(call: Call<T>): Promise<T> {
    const { budget, meter, region } = this.init;
    const scope = this.init.scope();
    const { sdk, clients } = await this.load();
    await budget.take(scope, region, call.operation, call.signal);
    meter.called(call.operation);
    const answer = await withDeadline(
      CALL_LIMIT_MS + (call.extraMs ?? 0),
      call.signal,
      (abortSignal) => call.send(sdk, clients, { abortSignal }),
    );
    checkAnswer(call.operation, answer);
    if (call.metrics !== undefined) meter.billed(call.metrics(answer));
    budget.succeeded(scope, region, call.operation);
    return answer;
  }

  /** The last of several locks: whatever asked, nothing that changes an account leaves for a read-only one. */
  private refuseChange(operation: OperationName): void {
    const { connection } = this.init;
    if (!awsOperations[operation].mutates || !connection.readOnly) return;
    throw new AwsFailure({
      kind: 'read-only',
      connectionId: connection.id,
      operation,
      message: `${connection.label} is read-only, so ${operation} was not sent.`,
      advice: 'Allow changes for this connection in the settings first.',
    });
  }

  private noteThrottle(operation: OperationName): void {
    this.init.meter.throttled();
    this.init.budget.throttled(this.init.scope(), this.init.region, operation);
  }

  private async pause<T>({ signal, operation }: Call<T>): Promise<void> {
    const random = this.init.random ?? Math.random;
    try {
      await wait(this.init.clock, 200 + random() * 400, signal);
    } catch (error) {
      throw new AwsFailure(this.explain(error, { operation, signal }));
    }
  }

  private explain(
    error: unknown,
    call: Pick<Call<unknown>, 'operation' | 'signal'>,
    signedWith: AwsCredentialIdentity | null = null,
  ): Failure {
    const { connection, region } = this.init;
    const context = {
      connectionId: connection.id,
      connectionLabel: connection.label,
      operation: call.operation,
      region,
      skewMs: this.init.skewMs(),
      profile: connection.credentials.kind === 'profile' ? connection.credentials.profile : null,
      secrets: secretsOf(signedWith),
    };
    const cancelled = call.signal.aborted || this.closed.signal.aborted;
    return toFailure(cancelled ? new DOMException('', 'AbortError') : error, context);
  }

  private load(): Promise<{ sdk: Sdk; clients: Clients }> {
    this.sdk ??= this.start();
    return this.sdk;
  }

  private async start(): Promise<{ sdk: Sdk; clients: Clients }> {
    const { connection, region, onDate } = this.init;
    const [sdk, endpoints] = await Promise.all([
      import('./sdk-clients'),
      resolveEndpoints(connection),
    ]);
    const { credentials: source } = connection;
    const clients = sdk.createClients({
      region,
      endpoints,
      profile: source.kind === 'profile' ? source.profile : null,
      credentials: () => this.init.credentials(this.closed.signal),
      onDate,
    });
    return { sdk, clients };
  }
}

/** AWS turned the keys down, so newer ones may have been put in their place. */
function isAboutKeys({ kind }: Failure): boolean {
  return kind === 'credentials-expired' || kind === 'credentials-missing';
}
