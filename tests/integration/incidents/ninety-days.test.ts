import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { expect, it } from 'vitest';
import { IncidentService } from '../../../src/main/incidents/incident-service';
import { Notifier } from '../../../src/main/notify/notifier';
import { openJournal } from '../../../src/main/store/journal';
import type { JournalEntry } from '../../../src/shared/incidents/journal-events';
import { FakePresenter, openDesk, TestClock, transition } from '../../unit/incidents/fixtures';

const DAY_MS = 86_400_000;
const DAYS = 90;
const REGIONS = ['us-east-1', 'us-west-1'];
const POLL_MS = 30_000;
/** 200 a day over both regions. */
const TRANSITION_EVERY_MS = DAY_MS / 200;

/** What 90 days leave in the journal when every poll reports how far it has read. */
async function ninetyDays(): Promise<JournalEntry[]> {
  const desk = await openDesk();
  const start = desk.clock.now();
  let seen = 0;
  for (let at = start; at < start + DAYS * DAY_MS; at += POLL_MS) {
    desk.clock.sleep(POLL_MS);
    if ((seen + 1) * TRANSITION_EVERY_MS <= desk.clock.now() - start) {
      const pair = Math.floor(seen / 2);
      const region = REGIONS[pair % REGIONS.length] ?? '';
      const to = seen % 2 === 0 ? 'ALARM' : 'OK';
      seen += 1;
      await desk.see(transition(`alarm-${pair % 40}`, to, desk.clock.now(), { region }));
    }
    for (const region of REGIONS) await desk.service.setCheckpoint('c', region, desk.clock.now());
  }
  await desk.service.stop();
  return desk.journal.entries;
}

async function writeToDisk(dir: string, entries: JournalEntry[], clock: TestClock): Promise<void> {
  const journal = await openJournal({ dir, clock });
  for (let from = 0; from < entries.length;) {
    const day = Math.floor((entries[from]?.at ?? 0) / DAY_MS);
    const to = entries.findIndex(
      (entry, index) => index > from && Math.floor(entry.at / DAY_MS) > day,
    );
    const group = entries.slice(from, to === -1 ? entries.length : to);
    clock.sleep((group[0]?.at ?? 0) - clock.now());
    await journal.append(group.map((entry) => entry.event));
    from += group.length;
  }
  await journal.close();
}

async function replay(
  dir: string,
  clock: TestClock,
): Promise<{ ms: number; lagMs: number; inbox: number }> {
  const lag = monitorEventLoopDelay({ resolution: 1 });
  lag.enable();
  const began = performance.now();
  const journal = await openJournal({ dir, clock });
  const { settings } = await openDesk();
  const common = { clock, settings: () => settings };
  const silent = { navigate: () => undefined, sound: () => undefined };
  const notifier = new Notifier({ ...common, ...silent, presenter: new FakePresenter() });
  const service = new IncidentService({ ...common, journal, notifier, newId: () => 'id' });
  await service.start();
  const ms = performance.now() - began;
  lag.disable();
  const inbox = service.inbox().length;
  await service.stop();
  await journal.close();
  return { ms, lagMs: lag.max / 1e6, inbox };
}

it('keeps the journal of 90 days small, and replays it', async () => {
  const entries = await ninetyDays();
  const count = (type: JournalEntry['event']['type']): number =>
    entries.filter((entry) => entry.event.type === type).length;
  expect(count('transition')).toBe(DAYS * 200);
  expect(count('notified')).toBe(DAYS * 100);
  // One per region in 10 minutes at most, and one at the end, though each of 259,200 polls had one to write.
  expect(count('history-checkpoint')).toBeLessThanOrEqual(REGIONS.length * (DAYS * 144 + 1));
  expect(entries.length).toBeLessThan(55_000);
  const dir = await mkdtemp(join(tmpdir(), 'nightdesk-90-days-'));
  try {
    const clock = new TestClock();
    await writeToDisk(dir, entries, clock);
    const files = (await readdir(dir)).filter((name) => name.endsWith('.jsonl'));
    const sizes = await Promise.all(files.map(async (name) => (await stat(join(dir, name))).size));
    const { ms, lagMs, inbox } = await replay(dir, clock);
    expect(inbox).toBeGreaterThan(0);
    const megabytes = sizes.reduce((sum, size) => sum + size, 0) / 1e6;
    console.log(
      `90 days: ${entries.length} entries, ${megabytes.toFixed(1)} MB, replayed in ${Math.round(ms)} ms, ` +
        `longest hold of the main loop ${Math.round(lagMs)} ms`,
    );
  } finally {
    await rm(dir, { recursive: true });
  }
}, 120_000);
