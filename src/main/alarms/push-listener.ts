import type { Clock } from '../../shared/clock';
import { AwsFailure } from '../aws/aws-api';
import type { RegionApi } from '../aws/aws-api';
import type { PushedDeployment } from './deployment-message';
import { parsePushMessage } from './push-message';
import type { PushedChange } from './push-message';
import { Repeater } from './repeater';

/** AWS's longest poll. */
const WAIT_SECONDS = 20;
const RETRY_MS = 1_000;
const RETRY_MAX_MS = 60_000;
/** A change this far ahead of the clock cannot be true, and would hide every later one. */
const FUTURE_MS = 3_600_000;

export interface PushParts {
  queueUrl: string;
  api: Pick<RegionApi, 'receiveMessages' | 'deleteMessages'>;
  clock: Clock;
  random(): number;
  /** Resolves when the change is dealt with; a rejection leaves the message in the queue. */
  onChange(change: PushedChange, signal: AbortSignal): Promise<void>;
  onDeployment(deployment: PushedDeployment): Promise<void>;
  onState(state: 'connected' | 'failed'): void;
  /** For the log: a message that could not be used, and why. */
  report(problem: string): void;
}

/** Long-polls the connection's own queue: a change arrives within a second. */
export class PushListener {
  private readonly loop: Repeater;
  private failures = 0;

  constructor(private readonly parts: PushParts) {
    this.loop = new Repeater(parts.clock, (signal) => this.receive(signal));
  }

  start(): Promise<void> {
    return this.loop.kick();
  }

  stop(): Promise<void> {
    return this.loop.pause();
  }

  private async receive(signal: AbortSignal): Promise<number> {
    const { api, queueUrl } = this.parts;
    try {
      const messages = await api.receiveMessages(queueUrl, WAIT_SECONDS, signal);
      this.failures = 0;
      this.parts.onState('connected');
      const done: string[] = [];
      for (const { body, receiptHandle } of messages) {
        if (await this.handle(body, signal)) done.push(receiptHandle);
      }
      if (done.length > 0) await api.deleteMessages(queueUrl, done, signal);
      return 0;
    } catch (error) {
      if (signal.aborted) return 0;
      this.failures += 1;
      this.parts.onState('failed');
      if (!(error instanceof AwsFailure)) {
        this.parts.report(`The push queue failed: ${error instanceof Error ? error.message : ''}`);
      }
      const full = Math.min(RETRY_MAX_MS, RETRY_MS * 2 ** Math.min(this.failures - 1, 10));
      return full * (0.5 + this.parts.random() / 2);
    }
  }

  /** Whether the message is dealt with and may be deleted. */
  private async handle(body: string, signal: AbortSignal): Promise<boolean> {
    const parsed = parsePushMessage(body);
    if (!parsed.ok) {
      this.parts.report(`A message of the push queue was dropped: ${parsed.failure}.`);
      return true;
    }
    const message = parsed.value;
    if (message.kind === 'nothing') return true;
    const { at } = message.kind === 'alarm' ? message.change : message.deployment;
    if (at > this.parts.clock.now() + FUTURE_MS) {
      this.parts.report('A message of the push queue was dropped: its time lies in the future.');
      return true;
    }
    try {
      if (message.kind === 'alarm') await this.parts.onChange(message.change, signal);
      else await this.parts.onDeployment(message.deployment);
      return true;
    } catch (error) {
      if (!(error instanceof AwsFailure)) throw error;
      this.parts.report(`A pushed change waits in the queue: ${error.failure.message}`);
      return false;
    }
  }
}
