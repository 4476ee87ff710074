/** Keeps a connection's credentials in memory, one load at a time, until they expire or are dropped. */
import type { AwsCredentialIdentity } from '@smithy/types';
import { AwsFailure } from './aws-api';
import { loadCredentials } from './credential-loader';
import type { LoaderInit } from './credential-loader';
import { abortable, DeadlinePassed } from './deadline';
import { secretsOf } from './scrub';

/** Renewed this long before they end, so no call is signed with credentials that end on the way. */
const RENEW_BEFORE_MS = 5 * 60_000;
/** Getting credentials may run a process or ask a metadata service; waiting for a person does not count. */
const LOAD_LIMIT_MS = 30_000;
/** After a person declined to enter a code they are not asked again by a mere poll for this long. */
const DECLINED_HOLD_MS = 10 * 60_000;

export class CredentialCache {
  private current: AwsCredentialIdentity | null = null;
  private loading: Promise<AwsCredentialIdentity> | null = null;
  private declined: { failure: AwsFailure; until: number } | null = null;
  private generation = 0;
  private readonly closed = new AbortController();

  constructor(
    private readonly init: LoaderInit,
    private readonly load: typeof loadCredentials = loadCredentials,
  ) {}

  /** Rejects with `AwsFailure`, with what the SDK threw, or with the signal's reason. */
  async get(signal: AbortSignal): Promise<AwsCredentialIdentity> {
    signal.throwIfAborted();
    this.closed.signal.throwIfAborted();
    if (this.current !== null && !this.endsSoon(this.current)) return this.current;
    if (this.declined !== null && this.init.clock.now() < this.declined.until) {
      throw this.declined.failure;
    }
    this.loading ??= this.start();
    return abortable(signal, this.loading);
  }

  /**
   * Forgets them: the next call reads the config files and the sign-in again. With `used`, only if those are
   * still the ones in use: another region may have replaced them while this one's call was on its way.
   */
  drop(used?: AwsCredentialIdentity): void {
    if (used !== undefined && used.accessKeyId !== this.current?.accessKeyId) return;
    this.generation += 1;
    this.current = null;
  }

  /** A person who declined the code may be asked again: on a refresh they asked for. */
  askAgain(): void {
    this.declined = null;
  }

  /** The values that must never be shown. */
  secrets(): string[] {
    return secretsOf(this.current);
  }

  close(): void {
    this.closed.abort(new Error('The connection was closed.'));
    this.drop();
  }

  private endsSoon({ expiration }: AwsCredentialIdentity): boolean {
    if (expiration === undefined) return false;
    // By AWS's clock: a local clock 20 minutes fast would otherwise renew, and ask for a code, at every call.
    const now = this.init.clock.now() + (this.init.skewMs() ?? 0);
    return expiration.getTime() - now < RENEW_BEFORE_MS;
  }

  private async start(): Promise<AwsCredentialIdentity> {
    const generation = this.generation;
    try {
      const loaded = await this.limited();
      if (generation === this.generation) this.current = loaded;
      return loaded;
    } catch (error) {
      if (error instanceof DeclinedMfa) {
        const until = this.init.clock.now() + DECLINED_HOLD_MS;
        this.declined = { failure: error.because, until };
        throw error.because;
      }
      throw error;
    } finally {
      this.loading = null;
    }
  }

  /** Time stands still while a person is asked for a code. */
  private async limited(): Promise<AwsCredentialIdentity> {
    const limit = new AbortController();
    const arm = () => setTimeout(() => limit.abort(new DeadlinePassed()), LOAD_LIMIT_MS);
    const onClose = (): void => limit.abort(this.closed.signal.reason);
    this.closed.signal.addEventListener('abort', onClose, { once: true });
    let timer = arm();
    let refusal: DeclinedMfa | null = null;
    const askMfa: LoaderInit['askMfa'] = async (ask) => {
      clearTimeout(timer);
      try {
        return await this.init.askMfa(ask);
      } catch (error) {
        if (error instanceof AwsFailure) refusal = new DeclinedMfa(error);
        throw error;
      } finally {
        timer = arm();
      }
    };
    try {
      return await abortable(limit.signal, this.load({ ...this.init, askMfa }, limit.signal));
    } catch (error) {
      // The provider chain may wrap what the prompt threw.
      throw refusal ?? error;
    } finally {
      clearTimeout(timer);
      this.closed.signal.removeEventListener('abort', onClose);
    }
  }
}

class DeclinedMfa extends Error {
  constructor(readonly because: AwsFailure) {
    super(because.message);
    this.name = 'DeclinedMfa';
  }
}
