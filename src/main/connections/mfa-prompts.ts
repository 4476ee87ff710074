/** Asks the person at the window for MFA codes: one prompt at a time for each connection. */
import { randomUUID } from 'node:crypto';
import type { Clock } from '../../shared/clock';
import type { Pushes } from '../../shared/ipc';
import { AwsFailure } from '../aws/aws-api';

/** Time to find the device. */
export const MFA_TIMEOUT_MS = 3 * 60_000;

interface Open {
  answer: (code: string | null) => void;
}

export interface MfaAsk {
  connectionId: string;
  connectionLabel: string;
  mfaSerial: string;
  signal: AbortSignal;
}

export class MfaPrompts {
  private readonly open = new Map<string, Open>();
  /** The end of each connection's last prompt. */
  private readonly queues = new Map<string, Promise<void>>();

  constructor(
    private readonly clock: Clock,
    private readonly push: (prompt: Pushes['connections.mfaPrompt']) => void,
  ) {}

  /** Resolves with the code; rejects with `AwsFailure` (`cancelled` or `timed-out`). */
  async ask(ask: MfaAsk): Promise<string> {
    const before = this.queues.get(ask.connectionId) ?? Promise.resolve();
    const mine = before.then(() => this.prompt(ask));
    const end = mine.then(
      () => undefined,
      () => undefined,
    );
    this.queues.set(ask.connectionId, end);
    try {
      return await mine;
    } finally {
      if (this.queues.get(ask.connectionId) === end) this.queues.delete(ask.connectionId);
    }
  }

  /** False if the prompt is no longer open. A null code declines. */
  answer(promptId: string, code: string | null): boolean {
    const prompt = this.open.get(promptId);
    prompt?.answer(code);
    return prompt !== undefined;
  }

  private prompt(ask: MfaAsk): Promise<string> {
    const promptId = randomUUID();
    return new Promise((resolve, reject) => {
      const close = (): void => {
        cancelTimer();
        ask.signal.removeEventListener('abort', onAbort);
        this.open.delete(promptId);
      };
      const refuse = (kind: 'cancelled' | 'timed-out'): void => {
        close();
        reject(declined(ask, kind));
      };
      const onAbort = (): void => refuse('cancelled');
      const cancelTimer = this.clock.after(MFA_TIMEOUT_MS, () => refuse('timed-out'));
      if (ask.signal.aborted) return refuse('cancelled');
      ask.signal.addEventListener('abort', onAbort, { once: true });
      this.open.set(promptId, {
        answer: (code) => {
          if (code === null) return refuse('cancelled');
          close();
          resolve(code);
        },
      });
      this.push({
        promptId,
        connectionLabel: ask.connectionLabel,
        mfaSerial: ask.mfaSerial,
      });
    });
  }
}

function declined(ask: MfaAsk, kind: 'cancelled' | 'timed-out'): AwsFailure {
  return new AwsFailure({
    kind: 'credentials-missing',
    connectionId: ask.connectionId,
    operation: 'AssumeRole',
    message:
      kind === 'cancelled'
        ? `No MFA code was entered for ${ask.connectionLabel}.`
        : `The MFA prompt of ${ask.connectionLabel} was not answered in time.`,
    advice: 'Refresh this connection to be asked again.',
  });
}
