import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { IncidentService } from '../../../src/main/incidents/incident-service';
import { Notifier } from '../../../src/main/notify/notifier';
import { openJournal } from '../../../src/main/store/journal';
import type { FileJournal } from '../../../src/main/store/journal';
import { systemClock } from '../../../src/shared/clock';
import { defaultSettings } from '../../../src/shared/settings/defaults';
import { FakePresenter, transition } from '../../unit/incidents/fixtures';

const DISK_BYTES = 256 * 1024;
const mountPoint = mkdtempSync(join(tmpdir(), 'nightdesk-full-'));
const dir = join(mountPoint, 'journal');
const ballast = join(mountPoint, 'ballast');
let mounted = false;

/** Why a disk of our own cannot be had here; null when it is mounted. */
function mountSmallDisk(): string | null {
  if (process.platform !== 'linux') return 'a small disk is mounted on Linux only';
  try {
    const options = ['-t', 'tmpfs', '-o', `size=${DISK_BYTES}`, 'tmpfs', mountPoint];
    execFileSync('mount', options, { stdio: 'pipe' });
    mounted = true;
    return null;
  } catch (error) {
    return `no small disk can be mounted: ${error instanceof Error ? error.message : String(error)}`;
  }
}

afterEach(() => {
  if (mounted) execFileSync('umount', [mountPoint]);
  rmSync(mountPoint, { recursive: true, force: true });
});

async function openConsole(): Promise<{
  journal: FileJournal;
  presenter: FakePresenter;
  service: IncidentService;
  see: (name: string) => Promise<void>;
  stop: () => Promise<void>;
}> {
  const journal = await openJournal({ dir, clock: systemClock });
  const presenter = new FakePresenter();
  const settings = defaultSettings('maria', []);
  const common = { clock: systemClock, settings: () => settings };
  const silent = { navigate: () => undefined, sound: () => undefined };
  const notifier = new Notifier({ ...common, ...silent, presenter });
  let commands = 0;
  const newId = (): string => `${journal.notes.length}-${Date.now()}-${(commands += 1)}`;
  const service = new IncidentService({ ...common, journal, notifier, newId });
  await service.start();
  await service.settled();
  return {
    journal,
    presenter,
    service,
    async see(name) {
      const now = Date.now();
      const transitions = [transition(name, 'ALARM', now, { severity: 'critical' })];
      await service.handle({ upserted: [], removedKeys: [], transitions, receivedAt: now });
      await service.settled();
    },
    async stop() {
      await service.stop();
      await journal.close();
    },
  };
}

const acknowledge = (service: IncidentService, name: string) =>
  service.acknowledge({ alarmKeys: [`c|${name}`], note: null, expiresInMs: null });

it('keeps telling on a really full disk, loses nothing acknowledged, and catches up (R9)', async (context) => {
  const reason = mountSmallDisk();
  if (reason !== null) return context.skip(reason);
  const desk = await openConsole();
  await desk.see('before');
  expect(await acknowledge(desk.service, 'before')).toMatchObject({ ok: true });
  expect(() => writeFileSync(ballast, Buffer.alloc(DISK_BYTES))).toThrow('ENOSPC');
  // What room the last page of the journal's own files still has is used up first.
  const confirmed = await noteUntilRefused(desk.service);
  expect(desk.journal.problem).toContain('The disk is full');

  await desk.see('meanwhile');
  expect(desk.presenter.shown.map((popup) => popup.title)).toContain('Critical: meanwhile');
  const refused = await acknowledge(desk.service, 'meanwhile');
  expect(refused).toMatchObject({
    ok: false,
    failure: { advice: expect.stringContaining('space') },
  });
  expect(desk.service.open('c|meanwhile')?.acknowledgement).toBeNull();

  rmSync(ballast);
  expect(await acknowledge(desk.service, 'meanwhile')).toMatchObject({ ok: true });
  expect(desk.journal.problem).toBeNull();
  await desk.stop();

  const after = await openConsole();
  expect(after.journal.problem).toBeNull();
  expect(after.presenter.shown).toEqual([]);
  expect(after.service.open('c|before')?.acknowledgement?.by).toBe('maria');
  expect(after.service.open('c|meanwhile')?.acknowledgement?.by).toBe('maria');
  const notes = after.service.open('c|before')?.timeline.filter((line) => line.kind === 'noted');
  expect(notes).toHaveLength(confirmed);
  await after.stop();
});

/** Notes that were confirmed before one was refused. */
async function noteUntilRefused(service: IncidentService): Promise<number> {
  for (let confirmed = 0; confirmed < 200; confirmed += 1) {
    const noted = await service.note({ alarmKey: 'c|before', text: 'x'.repeat(500) });
    if (!noted.ok) return confirmed;
  }
  throw new Error('The disk did not fill up.');
}
