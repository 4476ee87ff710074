import type { Alarm, AlarmRow } from '../../shared/alarms/alarm';
import type { Clock } from '../../shared/clock';
import type { AlarmsPatch } from '../../shared/ipc';

/** Changes within this time cross the bridge as one patch, so that a storm is a few messages. */
const BATCH_MS = 40;

/**
 * Keeps the window's rows in step: recomputes only what was touched and pushes only what differs.
 * Main's truth stays in the services; this is a projection of it.
 */
export class AlarmFeed {
  private readonly sent = new Map<string, string>();
  private readonly touched = new Set<string>();
  private cancelFlush: (() => void) | null = null;

  constructor(
    private readonly clock: Clock,
    private readonly alarms: () => ReadonlyMap<string, Alarm>,
    private readonly toRow: (alarm: Alarm) => AlarmRow,
    private readonly push: (patch: AlarmsPatch) => void,
  ) {}

  /** All rows as JSON of `AlarmRow[]`; afterwards only differences are pushed. */
  snapshotJson(): string {
    this.touched.clear();
    this.sent.clear();
    for (const alarm of this.alarms().values()) {
      this.sent.set(alarm.key, JSON.stringify(this.toRow(alarm)));
    }
    return `[${[...this.sent.values()].join(',')}]`;
  }

  /** These alarms, or what is shown of them, may have changed. */
  touch(keys: Iterable<string>): void {
    for (const key of keys) this.touched.add(key);
    if (this.touched.size > 0 && this.cancelFlush === null) {
      this.cancelFlush = this.clock.after(BATCH_MS, () => this.flush());
    }
  }

  /** Everything may have changed: severity rules, mutes or a connection's age. */
  touchAll(): void {
    this.touch(new Set([...this.alarms().keys(), ...this.sent.keys()]));
  }

  stop(): void {
    this.cancelFlush?.();
    this.cancelFlush = null;
  }

  private flush(): void {
    this.cancelFlush = null;
    const upserts: string[] = [];
    const removed: string[] = [];
    for (const key of this.touched) {
      const alarm = this.alarms().get(key);
      if (alarm === undefined) {
        if (this.sent.delete(key)) removed.push(key);
        continue;
      }
      const row = JSON.stringify(this.toRow(alarm));
      if (this.sent.get(key) === row) continue;
      this.sent.set(key, row);
      upserts.push(row);
    }
    this.touched.clear();
    if (upserts.length > 0 || removed.length > 0) {
      this.push({ upsertsJson: `[${upserts.join(',')}]`, removed });
    }
  }
}
