/** One live tail over all its targets, its events going into the engine. */
import type { Clock } from '../../../shared/clock';
import type { LogTail, TailState } from '../../../shared/logs/tail';
import type { EventSink } from '../log-seams';
import type { KnownGroups } from '../known-groups';
import { EventRate } from './event-rate';
import { tailFrame } from './tail-frame';
import { TailTargetRun } from './tail-target';
import type { TailApi } from './tail-target';

export interface TailRunParts {
  tail: LogTail;
  apiOf: (connectionId: string, region: string) => TailApi;
  known: KnownGroups;
  sink: EventSink;
  clock: Clock;
  tell: (state: TailState) => void;
}

/** Counts and rate are told this often; a change of phase at once (ms). */
const TELL_EVERY_MS = 1_000;

export class TailRun {
  private readonly targets: TailTargetRun[];
  private readonly startedAt: number;
  private readonly rate: EventRate;
  private endedAt: number | null = null;
  private cancelTick: () => void = () => undefined;

  constructor(private readonly parts: TailRunParts) {
    const { tail, clock } = parts;
    this.startedAt = clock.now();
    this.rate = new EventRate(this.startedAt);
    this.targets = tail.targets.map(
      (target) =>
        new TailTargetRun({
          target,
          pattern: tail.pattern,
          clock,
          api: () => parts.apiOf(target.connectionId, target.region),
          known: parts.known(target.connectionId, target.region),
          changed: () => this.tell(),
          deliver: async (events) => {
            this.rate.add(events.length, clock.now());
            const frame = tailFrame(target.connectionId, target.region, events);
            await parts.sink.append(tail.tailId, frame);
          },
        }),
    );
  }

  /** Rejects when the engine cannot be had. */
  async start(): Promise<void> {
    await this.parts.sink.open(this.parts.tail.tailId);
    if (this.endedAt !== null) return;
    void Promise.all(this.targets.map((target) => target.run())).then(() => this.end());
    this.tick();
  }

  stop(): void {
    for (const target of this.targets) target.stop();
    this.end();
  }

  state(): TailState {
    return {
      tailId: this.parts.tail.tailId,
      targets: this.targets.map(({ state }) => state),
      rate: this.endedAt === null ? this.rate.perSecond(this.parts.clock.now()) : 0,
      startedAt: this.startedAt,
      endedAt: this.endedAt,
    };
  }

  private end(): void {
    if (this.endedAt !== null) return;
    this.endedAt = this.parts.clock.now();
    this.cancelTick();
    this.tell();
  }

  private tick(): void {
    this.cancelTick = this.parts.clock.after(TELL_EVERY_MS, () => {
      this.tell();
      if (this.endedAt === null) this.tick();
    });
  }

  private tell(): void {
    this.parts.tell(this.state());
  }
}
