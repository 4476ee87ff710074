const WINDOW_S = 10;

/** Events a second over the last 10 s, or over the time since the start when that is shorter. */
export class EventRate {
  private readonly seconds = new Map<number, number>();

  constructor(private readonly startedAt: number) {}

  add(count: number, nowMs: number): void {
    const second = Math.floor(nowMs / 1000);
    this.seconds.set(second, (this.seconds.get(second) ?? 0) + count);
    for (const known of this.seconds.keys()) {
      if (known <= second - 2 * WINDOW_S) this.seconds.delete(known);
    }
  }

  perSecond(nowMs: number): number {
    const second = Math.floor(nowMs / 1000);
    let count = 0;
    for (const [known, events] of this.seconds) if (known > second - WINDOW_S) count += events;
    const span = Math.min(WINDOW_S, Math.max(1, (nowMs - this.startedAt) / 1000));
    return Math.round((count / span) * 10) / 10;
  }
}
