/**
 * The process that is killed: the real journal, incident service and notifier, with alarms firing. AWS is a
 * function of time (alarm n fires at a fixed moment and recovers three later), read as the alarm service reads
 * it: from the last checkpoint on. Each popup is one line of a file, written while the daemon takes it.
 * Arguments: folder, start of time (ms), number of the run, last alarm (empty: no end), sabotage.
 */
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { IncidentService } from '../../src/main/incidents/incident-service';
import { Notifier } from '../../src/main/notify/notifier';
import type { Telling } from '../../src/main/notify/policy/telling';
import { openJournal } from '../../src/main/store/journal';
import type { PopupPresenter } from '../../src/main/seams';
import type { AlarmTransition } from '../../src/shared/alarms/alarm';
import type { Clock } from '../../src/shared/clock';
import { defaultSettings } from '../../src/shared/settings/defaults';
import { ALARM_EVERY_MS } from './kill-pace';
import { markFirst, unjournalled } from './sabotage';

/** Fast, so that bursts and days pass within a test. */
const SCALE = 2_000;
/** What a daemon takes to show a popup, and then to answer (ms, real). */
const SHOW_MS = 2;

const [dir = '', startText = '0', run = '0', lastText = '', sabotage = 'none'] =
  process.argv.slice(2);
const start = Number(startText);
const last = lastText === '' ? Infinity : Number(lastText);

const clock: Clock = {
  now: () => start + (Date.now() - start) * SCALE,
  after(delayMs, task) {
    const timer = setTimeout(task, Math.max(1, delayMs / SCALE));
    return () => clearTimeout(timer);
  },
};

const realWait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Remembers which transitions the popup at hand is about: a popup itself carries only text. */
class LoggedNotifier extends Notifier {
  override async tell(
    tellings: Telling[],
    receivedAt: ReadonlyMap<string, number>,
    record: Parameters<Notifier['tell']>[2],
  ): Promise<void> {
    for (const telling of tellings) current.set(telling.title, telling.transitionIds);
    const marked = sabotage === 'mark-first' ? await markFirst(tellings, record) : record;
    await super.tell(tellings, receivedAt, marked);
  }
}
const current = new Map<string, string[]>();

const presenter: PopupPresenter = {
  async show(popup) {
    const ids = current.get(popup.title) ?? [];
    await realWait(SHOW_MS);
    appendFileSync(join(dir, 'popups.jsonl'), `${JSON.stringify({ run: Number(run), ids })}\n`);
    await realWait(SHOW_MS);
  },
  close: () => undefined,
  onAction: () => () => undefined,
  problem: null,
  onProblem: () => () => undefined,
  restart: () => undefined,
  stop: () => undefined,
};

function change(n: number, to: 'ALARM' | 'OK'): AlarmTransition {
  const at = Math.round(start + (n + (to === 'OK' ? 3 : 0)) * ALARM_EVERY_MS * SCALE);
  return {
    id: `${to}-${n}`,
    alarmKey: `c|alarm-${n}`,
    connectionId: 'c',
    alarmName: `alarm-${n}`,
    region: 'us-east-1',
    kind: 'metric',
    severity: 'warning',
    from: to === 'ALARM' ? 'OK' : 'ALARM',
    to,
    at,
    seenAt: Math.round(clock.now()),
    reason: 'Threshold crossed',
    source: 'history',
    observed: true,
  };
}

/** What AWS's history holds from `from` (ms) until now, oldest first. */
function history(from: number): AlarmTransition[] {
  const tick = ALARM_EVERY_MS * SCALE;
  const first = Math.max(0, Math.floor((from - start) / tick) - 4);
  const newest = Math.min(last, Math.floor((clock.now() - start) / tick));
  const found: AlarmTransition[] = [];
  for (let n = first; n <= newest; n += 1) {
    found.push(change(n, 'ALARM'));
    if (n + 3 <= newest) found.push(change(n, 'OK'));
  }
  return found.sort((a, b) => a.at - b.at);
}

const disk = await openJournal({ dir: join(dir, 'journal'), clock });
const journal = sabotage === 'unjournalled' ? unjournalled(disk, clock) : disk;
const settings = defaultSettings('maria', []);
const notifier = new LoggedNotifier({
  presenter,
  clock,
  settings: () => settings,
  navigate: () => undefined,
  sound: () => undefined,
});
const service = new IncidentService({
  journal,
  notifier,
  clock,
  settings: () => settings,
  newId: () => `${run}-command`,
});
await service.start();
process.stdout.write('started\n');

for (;;) {
  const now = Math.round(clock.now());
  const transitions = history(service.checkpoint('c', 'us-east-1') ?? start);
  await service.handle({ upserted: [], removedKeys: [], transitions, receivedAt: now });
  await service.setCheckpoint('c', 'us-east-1', now);
  const done = now > start + (last + 1) * ALARM_EVERY_MS * SCALE;
  const waiting = service.inbox().some((item) => item.deliveryNote === 'being told');
  if (done && !waiting) break;
  await realWait(ALARM_EVERY_MS);
}
await service.stop();
await disk.close();
if (disk.problem !== null) {
  console.error(disk.problem);
  process.exit(3);
}
