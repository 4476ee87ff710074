/** Ways to break the promise on purpose: what checks the kills must notice each. */
import type { Notifier } from '../../src/main/notify/notifier';
import type { Telling } from '../../src/main/notify/policy/telling';
import type { Journal } from '../../src/main/seams';
import type { Clock } from '../../src/shared/clock';
import type { JournalEvent } from '../../src/shared/incidents/journal-events';

export type Sabotage = 'none' | 'mark-first' | 'unjournalled';

type Record = Parameters<Notifier['tell']>[2];

/** Marks told before telling: killed in between, an alarm is never told. */
export async function markFirst(tellings: Telling[], record: Record): Promise<Record> {
  for (const telling of tellings) {
    const { transitionIds, incidentIds, delivery, note, title, body, severity, count } = telling;
    const told = { transitionIds, incidentIds, delivery, note, title, body, severity, count };
    await record({ type: 'notified', latencyMs: null, ...told });
  }
  return () => Promise.resolve();
}

const WRITE_LATER_MS = 60;

/** Says "on disk" at once and writes later: killed in between, what was told is told again, and again. */
export function unjournalled(disk: Journal, clock: Pick<Clock, 'now'>): Journal {
  let seq = 1_000_000_000;
  const waiting: JournalEvent[] = [];
  const write = (): void => void disk.append(waiting.splice(0));
  setInterval(write, WRITE_LATER_MS).unref();
  return {
    append(events) {
      waiting.push(...events);
      const at = clock.now();
      return Promise.resolve(
        events.map((event) => ({ seq: (seq += 1), at, event, prev: '', hash: '' })),
      );
    },
    read: () => disk.read(),
    get problem() {
      return disk.problem;
    },
  };
}
