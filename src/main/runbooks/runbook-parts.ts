/** Runbooks as the window asks for them: the library, plans and runs, reports and files. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Alarm } from '../../shared/alarms/alarm';
import { FailureError } from '../../shared/failure';
import type { RequestArgs } from '../../shared/ipc';
import type { RunbookEntry, RunbookListing } from '../../shared/runbooks/listing';
import type { RunPlan, PlanRequest, StartRun } from '../../shared/runbooks/plan';
import { readRunbook } from '../../shared/runbooks/read-runbook';
import { htmlReport, markdownReport } from '../../shared/runbooks/report';
import type { ReportFormat, RunbookCheck, RunbookSource } from '../../shared/runbooks/requests';
import type { RunAction, RunState } from '../../shared/runbooks/run';
import { classOf, highest } from '../../shared/runbooks/step-class';
import { writeWhole } from '../dashboards/kept-files';
import { sha256 } from '../dashboards/entry-ids';
import { invalid } from './action-values';
import { AutomaticRuns } from './automatic-runs';
import { RunbookLibrary } from './library';
import { RunService } from './run-service';
import type { RunServiceParts } from './run-service';

export interface RunbookPartsInit extends Omit<RunServiceParts, 'load' | 'sibling' | 'running'> {
  starterDir: string;
  folders: () => readonly string[];
  setFolders: (folders: string[]) => void;
  /** Null when the dialog was closed. */
  askFolder: () => Promise<string | null>;
  askPath: (suggestedName: string, extension: 'md' | 'html') => Promise<string | null>;
  /** Names in the account that an input can be chosen from. */
  choices: (question: RequestArgs<'runbooks.choices'>, signal: AbortSignal) => Promise<string[]>;
  severityOf: (alarm: Alarm) => string;
  /** Why nothing of this connection can be read there now; null when it can. */
  unreadable: (connectionId: string, region: string) => string | null;
  /** Why a runbook that belongs to an alarm has not run by itself. */
  missed: (alarm: Alarm, why: string) => void;
  changed: (listing: RunbookListing) => void;
  running: (state: RunState) => void;
}

export class Runbooks {
  private readonly library: RunbookLibrary;
  private readonly service: RunService;
  private readonly automatic: AutomaticRuns;

  constructor(private readonly init: RunbookPartsInit) {
    const library = new RunbookLibrary(init);
    this.library = library;
    this.service = new RunService({
      ...init,
      load: (id) => library.load(id),
      sibling: (loaded, fileName) => library.sibling(loaded, fileName),
    });
    this.automatic = new AutomaticRuns({
      list: () => library.list(),
      plan: (request, signal) => this.service.plan(request, signal),
      start: (command) => this.service.start(command, true),
      rested: async (runId) => {
        await this.service.rested(runId);
        return this.service.state(runId);
      },
      lastRan: (runbookId, alarmKey) => this.lastRan(runbookId, alarmKey),
      severityOf: init.severityOf,
      unreadable: init.unreadable,
      missed: init.missed,
      clock: init.clock,
      report: init.report,
    });
  }

  list(): Promise<RunbookListing> {
    return this.library.list();
  }

  async source(id: string): Promise<RunbookSource> {
    await this.library.list();
    const file = this.library.file(id);
    if (file === null) throw gone();
    const { path, source, writable } = file;
    return { text: source, path, writable, sha256: sha256(source) };
  }

  choices(question: RequestArgs<'runbooks.choices'>, signal: AbortSignal): Promise<string[]> {
    return this.init.choices(question, signal);
  }

  plan(request: PlanRequest, signal: AbortSignal): Promise<RunPlan> {
    return this.service.plan(request, signal);
  }

  start(command: StartRun): Promise<RunState> {
    return this.service.start(command);
  }

  act(action: RunAction): Promise<RunState> {
    return this.service.act(action);
  }

  runs(): Promise<RunState[]> {
    return this.service.list();
  }

  run(runId: string): Promise<RunState> {
    return this.service.state(runId);
  }

  async report({ runId, format }: { runId: string; format: ReportFormat }): Promise<string> {
    const state = await this.service.state(runId);
    return format === 'html' ? htmlReport(state) : markdownReport(state);
  }

  async saveReport(args: { runId: string; format: ReportFormat }): Promise<string | null> {
    const { name, startedAt } = await this.service.state(args.runId);
    const extension = args.format === 'html' ? 'html' : 'md';
    const day = new Date(startedAt).toISOString().slice(0, 16).replaceAll(':', '');
    const path = await this.init.askPath(`${fileWords(name)}-${day}.${extension}`, extension);
    if (path === null) return null;
    const text = await this.report(args);
    try {
      await writeFile(path, text, { mode: 0o600 });
    } catch (error) {
      throw cannotWrite(error);
    }
    return path;
  }

  async addFolder(): Promise<RunbookListing> {
    const path = await this.init.askFolder();
    const folders = this.init.folders();
    if (path !== null && !folders.includes(path)) this.init.setFolders([...folders, path]);
    return this.library.refresh();
  }

  removeFolder(path: string): Promise<RunbookListing> {
    this.init.setFolders(this.init.folders().filter((one) => one !== path));
    return this.library.refresh();
  }

  check(text: string): RunbookCheck {
    const read = readRunbook(text);
    if (!read.ok) return { problems: read.problems, name: null, class: null };
    const { name, steps } = read.runbook;
    return { problems: [], name, class: highest(steps.map((step) => classOf(step))) };
  }

  /** Refuses to write over what somebody else has changed meanwhile. */
  async save(args: RequestArgs<'runbooks.save'>): Promise<RunbookEntry> {
    const { folder, fileName, text, replaces } = args;
    const { entries, folders } = await this.library.list();
    if (!folders.some(({ path, source }) => path === folder && source === 'own')) {
      throw refused('Runbooks are saved into a folder of yours.', 'Add a folder first.');
    }
    const before = entries.find((entry) => entry.folder === folder && entry.fileName === fileName);
    const there = before === undefined ? null : (await this.source(before.id)).sha256;
    if (there !== replaces) {
      throw refused(
        there === null
          ? `${fileName} is not there any more.`
          : replaces === null
            ? `There is a file ${fileName} already.`
            : `${fileName} was changed by somebody else since it was opened.`,
        'Look at it again, then save.',
      );
    }
    try {
      await writeWhole(join(folder, fileName), text);
    } catch (error) {
      throw cannotWrite(error);
    }
    const { entries: now } = await this.library.refresh();
    const saved = now.find((entry) => entry.folder === folder && entry.fileName === fileName);
    if (saved === undefined) throw gone();
    return saved;
  }

  secondCode(hash: string): string {
    return this.service.secondCode(hash);
  }

  /** An alarm has begun to fire: what runs by itself for it begins. Never rejects. */
  fired(alarm: Alarm, since?: number): void {
    this.automatic.fired(alarm, since);
  }

  /** One that the end of the console cut off has brought nothing. Rejects when the journal cannot be read. */
  private async lastRan(runbookId: string, alarmKey: string): Promise<number | null> {
    const run = (await this.service.list()).find(
      (one) =>
        one.automatic &&
        one.runbookId === runbookId &&
        one.alarmKey === alarmKey &&
        one.status !== 'interrupted' &&
        one.status !== 'cancelled',
    );
    return run?.startedAt ?? null;
  }

  async stop(): Promise<void> {
    this.library.stop();
    this.automatic.stop();
    await this.service.stop();
  }
}

const fileWords = (name: string): string =>
  name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')
    .slice(0, 60) || 'run';

const refused = (message: string, advice: string): FailureError =>
  new FailureError({ ...invalid(message), advice });

const gone = (): FailureError =>
  new FailureError({
    ...invalid('This runbook is not there any more.'),
    kind: 'not-found',
    advice: 'See the list of runbooks.',
  });

const cannotWrite = (error: unknown): FailureError =>
  refused(
    `The file cannot be written: ${error instanceof Error ? error.message : String(error)}.`,
    'Choose another place, or see to the disk.',
  );
