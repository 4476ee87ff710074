import type { AlarmState, AlarmTransition } from '../../../src/shared/alarms/alarm';
import type { Clock } from '../../../src/shared/clock';
import type { JournalEntry, JournalEvent } from '../../../src/shared/incidents/journal-events';
import { defaultSettings } from '../../../src/shared/settings/defaults';
import type { Settings } from '../../../src/shared/settings/settings';
import type { Severity } from '../../../src/shared/severity/severity';
import { IncidentService } from '../../../src/main/incidents/incident-service';
import { Notifier } from '../../../src/main/notify/notifier';
import type { Journal, PopupPresenter, PopupRequest } from '../../../src/main/seams';

/** Noon, so that no local time zone is near quiet hours by default. */
export const START = Date.UTC(2026, 5, 15, 12);

/** A clock that moves only when told; due tasks run in order of time. */
export class TestClock implements Clock {
  private time = START;
  private readonly tasks = new Map<number, { at: number; task: () => void }>();
  private nextId = 1;

  now(): number {
    return this.time;
  }

  after(delayMs: number, task: () => void): () => void {
    const id = this.nextId++;
    this.tasks.set(id, { at: this.time + delayMs, task });
    return () => this.tasks.delete(id);
  }

  /** Moves on, running what falls due, with `settle` after each task. */
  async advance(ms: number, settle: () => Promise<void>): Promise<void> {
    const end = this.time + ms;
    for (;;) {
      const due = [...this.tasks].sort((a, b) => a[1].at - b[1].at)[0];
      if (due === undefined || due[1].at > end) break;
      this.tasks.delete(due[0]);
      this.time = Math.max(this.time, due[1].at);
      due[1].task();
      await settle();
    }
    this.time = end;
  }

  /** The computer sleeps: time passes, timers do not run. */
  sleep(ms: number): void {
    this.time += ms;
  }
}

/** A journal in memory, which can be told to fail. */
export class MemoryJournal implements Journal {
  problem: string | null = null;
  failWith: Error | null = null;

  constructor(
    private readonly clock: Clock,
    readonly entries: JournalEntry[] = [],
  ) {}

  append(events: JournalEvent[]): Promise<JournalEntry[]> {
    if (this.failWith !== null) return Promise.reject(this.failWith);
    const at = this.clock.now();
    const made = events.map((event, index) => ({
      seq: this.entries.length + index + 1,
      at,
      event,
      prev: '',
      hash: '',
    }));
    this.entries.push(...made);
    return Promise.resolve(made);
  }

  async *read(): AsyncIterable<JournalEntry> {
    yield* [...this.entries];
  }
}

/** A notification daemon that accepts at once, or fails, and can be clicked. */
export class FakePresenter implements PopupPresenter {
  readonly shown: PopupRequest[] = [];
  readonly closed: string[] = [];
  problem: string | null = null;
  failWith: string | null = null;
  attempts = 0;
  private listener: Parameters<PopupPresenter['onAction']>[0] = () => undefined;

  show(popup: PopupRequest): Promise<void> {
    this.attempts += 1;
    if (this.failWith !== null) return Promise.reject(new Error(this.failWith));
    this.shown.push(popup);
    return Promise.resolve();
  }

  close(id: string): void {
    this.closed.push(id);
  }

  onAction(listener: Parameters<PopupPresenter['onAction']>[0]): () => void {
    this.listener = listener;
    return () => undefined;
  }

  press(popupId: string, action: Parameters<Parameters<PopupPresenter['onAction']>[0]>[1]): void {
    this.listener(popupId, action);
  }

  onProblem(): () => void {
    return () => undefined;
  }
  restart(): void {}
  stop(): void {}
}

let nextTransition = 1;
let nextCommand = 1;

export function transition(
  name: string,
  to: AlarmState,
  at: number,
  more: Partial<AlarmTransition> = {},
): AlarmTransition {
  return {
    id: `t${nextTransition++}`,
    alarmKey: `c|${name}`,
    connectionId: 'c',
    alarmName: name,
    region: 'us-east-1',
    kind: 'metric',
    severity: 'warning',
    from: to === 'ALARM' ? 'OK' : 'ALARM',
    to,
    at,
    seenAt: at,
    reason: `Threshold crossed at ${at}`,
    source: 'poll',
    observed: true,
    ...more,
  };
}

export interface Desk {
  clock: TestClock;
  journal: MemoryJournal;
  presenter: FakePresenter;
  service: IncidentService;
  sounds: Severity[];
  navigated: { view: string; alarmKey: string | null }[];
  settings: Settings;
  /** The console sees these transitions. */
  see(...transitions: AlarmTransition[]): Promise<void>;
  pass(ms: number): Promise<void>;
}

/** An incident service with its notifier, as `index.ts` wires them. */
export async function openDesk(
  settings: Partial<Settings> = {},
  before?: { clock: TestClock; journal: MemoryJournal },
): Promise<Desk> {
  const clock = before?.clock ?? new TestClock();
  const journal = new MemoryJournal(clock, before?.journal.entries);
  const presenter = new FakePresenter();
  const desk = {
    clock,
    journal,
    presenter,
    sounds: [] as Severity[],
    navigated: [] as Desk['navigated'],
    settings: { ...defaultSettings('maria', []), ...settings },
  };
  const notifier = new Notifier({
    presenter,
    clock,
    settings: () => desk.settings,
    navigate: (to) => desk.navigated.push(to),
    sound: (severity) => desk.sounds.push(severity),
  });
  const service = new IncidentService({
    journal,
    notifier,
    clock,
    settings: () => desk.settings,
    newId: () => `command-${nextCommand++}`,
  });
  await service.start();
  await service.settled();
  return Object.assign(desk, {
    service,
    async see(...transitions: AlarmTransition[]): Promise<void> {
      const receivedAt = clock.now();
      await service.handle({ upserted: [], removedKeys: [], transitions, receivedAt });
      await service.settled();
    },
    pass: (ms: number) => clock.advance(ms, () => service.settled()),
  });
}
