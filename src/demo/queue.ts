import { mix } from './random';

export interface QueuedMessage {
  id: string;
  body: string;
  receiptHandle: string;
  sentAt: number;
}

interface Stored {
  id: string;
  body: string;
  sentAt: number;
  visibleAt: number;
  receives: number;
  receiptHandle: string;
}

const KEPT = 10_000;

/** A standard SQS queue: at least once, competing consumers, visibility time-out. Times are wall-clock ms. */
export class MessageQueue {
  /** Bodies as SNS delivers them without raw delivery: JSON inside JSON. */
  snsWrapped = false;
  private messages: Stored[] = [];
  private waiters = new Set<() => void>();
  private serial = 0;

  /** Answers the message's id. */
  send(body: string, now: number): string {
    this.serial += 1;
    const id = messageId(this.serial);
    this.messages.push({
      id,
      body: this.snsWrapped ? wrap(body, this.serial, now) : body,
      sentAt: now,
      visibleAt: 0,
      receives: 0,
      receiptHandle: '',
    });
    if (this.messages.length > KEPT) this.messages.shift();
    for (const wake of this.waiters) wake();
    return id;
  }

  /** Messages that can be taken, and those that somebody has. */
  counts(): { visible: number; inFlight: number } {
    const now = Date.now();
    const visible = this.messages.filter((message) => message.visibleAt <= now).length;
    return { visible, inFlight: this.messages.length - visible };
  }

  get length(): number {
    return this.messages.length;
  }

  /** Takes up to `max` visible messages, waiting up to `waitMs` for the first. */
  async receive(
    max: number,
    waitMs: number,
    visibilityMs: number,
    signal: AbortSignal,
  ): Promise<QueuedMessage[]> {
    const taken = this.take(max, visibilityMs);
    if (taken.length > 0 || waitMs <= 0 || signal.aborted) return taken;
    await new Promise<void>((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        this.waiters.delete(done);
        signal.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, waitMs);
      this.waiters.add(done);
      signal.addEventListener('abort', done, { once: true });
    });
    return signal.aborted ? [] : this.take(max, visibilityMs);
  }

  /** False when the handle is not known (SQS answers success all the same). */
  delete(receiptHandle: string): boolean {
    const before = this.messages.length;
    this.messages = this.messages.filter((message) => message.receiptHandle !== receiptHandle);
    return this.messages.length < before;
  }

  private take(max: number, visibilityMs: number): QueuedMessage[] {
    const now = Date.now();
    const visible = this.messages.filter((message) => message.visibleAt <= now).slice(0, max);
    for (const message of visible) {
      message.receives += 1;
      message.visibleAt = now + visibilityMs;
      message.receiptHandle = Buffer.from(`${message.id}/${message.receives}`).toString('base64');
    }
    return visible.map(({ id, body, receiptHandle, sentAt }) => ({
      id,
      body,
      receiptHandle,
      sentAt,
    }));
  }
}

function messageId(serial: number): string {
  const hex = (salt: number): string =>
    mix(serial * 7919 + salt)
      .toString(16)
      .padStart(8, '0');
  const text = hex(1) + hex(2) + hex(3) + hex(4);
  return `${text.slice(0, 8)}-${text.slice(8, 12)}-${text.slice(12, 16)}-${text.slice(16, 20)}-${text.slice(20)}`;
}

const wrap = (body: string, serial: number, now: number): string =>
  JSON.stringify({
    Type: 'Notification',
    MessageId: messageId(serial + 1_000_000),
    TopicArn: 'arn:aws:sns:us-east-1:111122223333:alarm-events',
    Message: body,
    Timestamp: new Date(now).toISOString(),
    SignatureVersion: '1',
  });
