/** The console without its window: real sessions to the demo, the real journal on disk, incidents and runbooks. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudWatchAlarmService } from '../../../src/main/alarms/alarm-service';
import { automaticOnFiring } from '../../../src/main/app/automatic-wiring';
import { createRunbooks } from '../../../src/main/app/runbook-wiring';
import { AlarmView } from '../../../src/main/app/alarm-view';
import { createConnectionSession } from '../../../src/main/aws/connection-session';
import { RateBudget } from '../../../src/main/aws/rate-budget';
import { IncidentService } from '../../../src/main/incidents/incident-service';
import { GuardedHttp } from '../../../src/main/net/guarded-http';
import { Notifier } from '../../../src/main/notify/notifier';
import { Integrations } from '../../../src/main/runbooks/actions/local';
import { openJournal } from '../../../src/main/store/journal';
import { systemClock } from '../../../src/shared/clock';
import type { Connection } from '../../../src/shared/connections/connection';
import type { JournalEntry } from '../../../src/shared/incidents/journal-events';
import type { PlanRequest, RunPlan } from '../../../src/shared/runbooks/plan';
import type { RunState } from '../../../src/shared/runbooks/run';
import { defaultSettings } from '../../../src/shared/settings/defaults';
import type { Settings } from '../../../src/shared/settings/settings';
import { demoConnection } from '../../support/alarm-service';
import { FakePresenter } from '../../unit/incidents/fixtures';

export const starterDir = join(import.meta.dirname, '../../../resources/runbooks');

interface Init {
  endpoint: string;
  /** Kept over a restart; a new one otherwise. */
  dir?: string;
  connection?: Partial<Connection>;
  /** Runbooks of the team's folder. */
  files?: Record<string, string>;
  starterDir?: string;
}

export const newDir = (): string => mkdtempSync(join(tmpdir(), 'nightdesk-console-'));

/** `start` asks AWS for alarms every second. */
export async function startConsole(init: Init) {
  const dir = init.dir ?? newDir();
  // At the same place after a restart: a runbook is known by where it lies.
  const folder = join(dir, 'team');
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of Object.entries(init.files ?? {})) {
    writeFileSync(join(folder, name), text);
  }
  const journal = await openJournal({ dir: join(dir, 'journal'), clock: systemClock });
  let current: Settings = { ...defaultSettings('maria', []), runbooks: { folders: [folder] } };
  const settings = {
    get: () => current,
    update: (change: (before: Settings) => Settings) => (current = change(current)),
    onChange: () => () => undefined,
  };
  const connection = demoConnection(init.endpoint, { readOnly: false, ...init.connection });
  const askMfa = () => Promise.reject(new Error('no MFA here'));
  const budget = new RateBudget(systemClock);
  const session = createConnectionSession({ connection, clock: systemClock, budget, askMfa });
  const presenter = new FakePresenter();
  const reports: string[] = [];
  const report = (problem: string): void => void reports.push(problem);
  const incidents = new IncidentService({
    journal,
    clock: systemClock,
    settings: () => current,
    newId: () => crypto.randomUUID(),
    notifier: new Notifier({
      clock: systemClock,
      settings: () => current,
      presenter,
      navigate: () => undefined,
      sound: () => undefined,
    }),
  });
  await incidents.start();
  const checkpoints = new Map<string, number>();
  const alarms = new CloudWatchAlarmService({
    clock: systemClock,
    seed: incidents.knownTransitions(),
    open: () => session,
    checkpoints: {
      get: (id, region) => checkpoints.get(`${id}|${region}`) ?? null,
      set: (id, region, at) => void checkpoints.set(`${id}|${region}`, at),
    },
    intervals: () => ({ pollIntervalMs: 1_000, sweepIntervalMs: 60_000 }),
    severityOf: () => 'warning',
    needsTags: () => false,
    report,
  });
  alarms.onUpdate((update) => incidents.handle(update));
  const view = new AlarmView({
    clock: systemClock,
    settings,
    incidents,
    alarms: () => alarms.alarms,
  });
  const states = new Map<string, RunState>();
  const pushed: string[] = [];
  const looks = new Set<() => void>();
  const runbooks = createRunbooks({
    presenter,
    watched: () => true,
    navigate: () => undefined,
    starterDir: init.starterDir ?? starterDir,
    apiOf: (_id, region) => session.api(region),
    statuses: () => alarms.statuses(),
    identity: (_id, signal) => session.identity(signal),
    view,
    local: {
      integrations: new Integrations({
        list: () => [],
        vault: {
          problem: null,
          names: () => [],
          get: () => null,
          set: () => undefined,
          remove: () => undefined,
        },
        http: new GuardedHttp({ clock: systemClock }),
        report,
      }),
      open: () => undefined,
      apiOf: (_id, region) => session.api(region),
    },
    incidents,
    settings,
    journal,
    clock: systemClock,
    askFolder: async () => null,
    askPath: async () => null,
    changed: () => undefined,
    running: (state) => {
      states.set(state.runId, state);
      pushed.push(JSON.stringify(state));
      for (const look of looks) look();
    },
    report,
  });
  automaticOnFiring({
    incidents,
    sources: [alarms],
    clock: systemClock,
    alarm: (key) => alarms.alarms.get(key) ?? null,
    runbooks: Promise.resolve(runbooks),
    report,
  });
  alarms.setConnections([connection]);
  const until = <T>(found: () => T | null): Promise<T> =>
    new Promise((resolve) => {
      const timer = setInterval(() => look(), 50);
      const look = (): void => {
        const value = found();
        if (value === null) return;
        clearInterval(timer);
        looks.delete(look);
        resolve(value);
      };
      looks.add(look);
      look();
    });
  return {
    dir,
    folder,
    journal,
    incidents,
    alarms,
    runbooks,
    reports,
    presenter,
    /** What a step that changes something would be given. */
    changesOf: (region: string) => session.api(region).runbookChanges,
    states,
    /** Every state that went to the window, as JSON. */
    pushed,
    until,
    plan: (request: PlanRequest): Promise<RunPlan> =>
      runbooks.plan(request, new AbortController().signal),
    async start(request: PlanRequest, plan: RunPlan, typed: string | null = null) {
      const more = { commandId: crypto.randomUUID(), hash: plan.hash, typed, secondPerson: null };
      return runbooks.start({ ...request, ...more });
    },
    ended: (runId: string): Promise<RunState> =>
      until(() => {
        const state = states.get(runId);
        return state !== undefined && state.endedAt !== null ? state : null;
      }),
    /** The key of an alarm of the demo, once it is known. */
    alarmKey: (region: string, name: string): Promise<string> =>
      until(
        () =>
          [...alarms.alarms.values()].find((one) => one.region === region && one.name === name)
            ?.key ?? null,
      ),
    async entries(): Promise<JournalEntry[]> {
      const all: JournalEntry[] = [];
      for await (const entry of journal.read()) all.push(entry);
      return all;
    },
    /** `keep`: the folder of the journal stays, for the next start. */
    async stop(keep = false): Promise<void> {
      await alarms.stop();
      await incidents.stop();
      await runbooks.stop();
      session.destroy();
      await journal.close();
      if (!keep) rmSync(dir, { recursive: true });
    },
  };
}

export type ConsoleRig = Awaited<ReturnType<typeof startConsole>>;
