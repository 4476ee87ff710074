import type { Clock } from '../../shared/clock';

/** Lists are asked for again this often while dashboards are in use (ms). */
export const REFRESH_EVERY_MS = 10 * 60_000;
/** In use: something was listed or opened within this time (ms). */
const IN_USE_MS = 30 * 60_000;

/** Refreshes while somebody looks at dashboards, and costs nothing while nobody does. */
export class InUse {
  private usedAt: number | null = null;
  private cancel: (() => void) | null = null;
  private stopped = false;

  constructor(
    private readonly clock: Clock,
    private readonly refresh: () => void,
  ) {}

  /** Somebody looks; true for the first time. */
  note(): boolean {
    const first = this.usedAt === null;
    this.usedAt = this.clock.now();
    if (this.cancel === null && !this.stopped) this.arm();
    return first;
  }

  stop(): void {
    this.stopped = true;
    this.cancel?.();
    this.cancel = null;
  }

  private arm(): void {
    this.cancel = this.clock.after(REFRESH_EVERY_MS, () => {
      this.cancel = null;
      if (this.usedAt === null || this.clock.now() - this.usedAt >= IN_USE_MS) return;
      this.refresh();
      this.arm();
    });
  }
}
