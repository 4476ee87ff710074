import type { MetricSource } from '../../metrics/metric-source';
import { hashText, mix } from '../../random';
import { minutePrefix, pick, share, uuid, withSeconds } from '../fast-text';
import type { LogEvent } from '../event';
import { Probe } from '../probe';
import {
  Batch,
  countOf,
  DailyStreams,
  lambdaStream,
  type LogSource,
  type StreamInfo,
} from '../source';

export interface LambdaOptions {
  functionName: string;
  memoryMb: number;
  /** Texts of an ordinary run; `#` becomes a number. */
  says: readonly string[];
  /** What it throws when it fails: name, message and stack. */
  throws: { name: string; message: string; stack: readonly string[] };
  /** Invocations a minute where its metric is not known. */
  perMinute?: number;
  /** Errors a minute beside the metric's own, where another service's trouble reaches it. */
  troubles?: (minute: number, now: number) => number;
}

const CONTAINERS = 4;

/** A Lambda function's group: START, what it says, END and REPORT for each invocation its metric counts. */
export class LambdaSource implements LogSource {
  readonly bytesPerDay: number;
  private readonly streamNames: DailyStreams;
  private readonly seed: number;
  private readonly invocations: Probe;
  private readonly errors: Probe;
  private readonly duration: Probe;

  constructor(
    private readonly options: LambdaOptions,
    metrics: MetricSource,
    seed: number,
    private readonly scale: number,
  ) {
    this.seed = hashText(options.functionName, seed);
    this.streamNames = new DailyStreams(lambdaStream(this.seed), CONTAINERS);
    const on = { FunctionName: options.functionName };
    this.invocations = new Probe(metrics, 'AWS/Lambda', 'Invocations', on);
    this.errors = new Probe(metrics, 'AWS/Lambda', 'Errors', on);
    this.duration = new Probe(metrics, 'AWS/Lambda', 'Duration', on);
    this.bytesPerDay = (options.perMinute ?? 12) * scale * 1440 * 620;
  }

  streams(from: number, to: number): StreamInfo[] {
    return this.streamNames.between(from, to);
  }

  minute(minute: number, now: number): LogEvent[] {
    const batch = new Batch(minute);
    const prefix = minutePrefix(minute);
    const hash = mix(this.seed ^ Math.imul(minute / 60_000, 2654435761));
    const failing = Math.round(
      this.errors.sum(minute, now) + (this.options.troubles?.(minute, now) ?? 0),
    );
    const invocations = this.invocations.sum(minute, now) || (this.options.perMinute ?? 0);
    const total = Math.max(failing, countOf(invocations * this.scale, hash));
    const mean = this.duration.average(minute, now) ?? 300;
    for (let index = 0; index < total; index += 1) {
      this.invocation(batch, prefix, mix(hash ^ Math.imul(index + 1, 0x9e3779b1)), {
        key: index * 8,
        fails: index < failing,
        mean,
      });
    }
    return batch.sorted();
  }

  private invocation(
    batch: Batch,
    prefix: string,
    hash: number,
    run: { key: number; fails: boolean; mean: number },
  ): void {
    const { options } = this;
    const id = uuid(hash, this.seed);
    const stream = this.streamNames.at(batch.minute)[hash % CONTAINERS] ?? '';
    const duration = Math.min(29_000, run.mean * (0.4 - 0.6 * Math.log(1 - share(hash) * 0.999)));
    const start = Math.floor(share(mix(hash)) * (59_900 - duration));
    const end = start + Math.floor(duration);
    let { key } = run;
    const add = (offset: number, text: string): void => batch.add(offset, stream, key++, text);
    add(start, `START RequestId: ${id} Version: $LATEST\n`);
    const said = pick(options.says, hash >>> 4).replace('#', String(100_000 + (hash % 900_000)));
    const middle = start + Math.floor(duration / 3);
    add(
      middle,
      `${withSeconds(prefix, middle)}\t${id}\tINFO\t{"message":${JSON.stringify(said)},"requestId":"${uuid(hash, 1)}"}\n`,
    );
    if (run.fails)
      add(end, `${withSeconds(prefix, end)}\t${id}\tERROR\tInvoke Error \t${this.thrown()}\n`);
    add(end, `END RequestId: ${id}\n`);
    const cold = hash % 40 === 0 ? `\tInit Duration: ${(180 + (hash % 400)).toFixed(2)} ms` : '';
    add(
      end,
      `REPORT RequestId: ${id}\tDuration: ${duration.toFixed(2)} ms\tBilled Duration: ${Math.ceil(duration)} ms\t` +
        `Memory Size: ${options.memoryMb} MB\tMax Memory Used: ${Math.round(options.memoryMb * (0.3 + share(hash) * 0.3))} MB${cold}\t\n`,
    );
  }

  private thrown(): string {
    const { name, message, stack } = this.options.throws;
    return JSON.stringify({
      errorType: name,
      errorMessage: message,
      stack: [`${name}: ${message}`, ...stack.map((line) => `    ${line}`)],
    });
  }
}
