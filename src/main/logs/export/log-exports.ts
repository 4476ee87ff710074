/** Exports by their ids: those that run, and those left unfinished by an earlier start of the console. */
import type { Clock } from '../../../shared/clock';
import { FailureError } from '../../../shared/failure';
import type { ExportChunk, ExportFormat } from '../../../shared/logs/engine-protocol';
import type { ExportProgress, LogExport } from '../../../shared/logs/export';
import type { LogExports } from '../log-seams';
import type { SearchApi } from '../search/group-walk';
import type { OtherWalk } from '../search/walk';
import { forget, openFile, partOf, targetOf } from './export-file';
import type { OpenFile } from './export-file';
import { ExportRun } from './export-run';
import { exportFileName } from './file-name';
import { SearchExport } from './search-export';
import { Unfinished } from './unfinished';
import type { Checkpoint } from './unfinished';
import { ViewExport } from './view-export';

export interface ExportEngine {
  exportView(what: {
    dataset: string;
    view: string;
    format: ExportFormat;
    columns: string[];
  }): AsyncIterable<ExportChunk>;
}

export interface LogExportsParts {
  /** Throws FailureError for a connection that is paused or gone. */
  apiOf: (connectionId: string, region: string) => SearchApi;
  /** Walks groups of sources other than CloudWatch. */
  otherWalk?: OtherWalk;
  engine: ExportEngine;
  /** Asks the person for a path; null when they closed the dialog. */
  askPath: (suggestedName: string, format: ExportFormat) => Promise<string | null>;
  clock: Clock;
  stateDir: string;
  report: (problem: string) => void;
  openFile?: OpenFile;
}

export class FileExports implements LogExports {
  private readonly runs = new Map<string, ExportRun>();
  private readonly listeners = new Set<(progress: ExportProgress) => void>();
  private readonly unfinished: Unfinished;
  private recalled: Promise<void> | null = null;
  /** Ids whose dialog is open. */
  private readonly asking = new Set<string>();

  constructor(private readonly parts: LogExportsParts) {
    this.unfinished = new Unfinished(parts.stateDir, parts.report);
  }

  /** Null when the dialog was closed. Rejects with FailureError. */
  async start(order: LogExport): Promise<ExportProgress | null> {
    const { exportId } = order;
    await this.recall();
    if (this.runs.has(exportId) || this.asking.has(exportId)) throw refused('This export exists.');
    if (order.what.kind === 'search' && order.what.search.endMs < order.what.search.startMs) {
      throw refused('The end of the time range must not come before its start.');
    }
    this.asking.add(exportId);
    try {
      const name = exportFileName(order, this.parts.clock.now());
      const chosen = await this.parts.askPath(name, order.format);
      if (chosen === null) return null;
      const path = await targetOf(chosen);
      const busy = [...this.runs.values()].some((run) => run.isRunning && run.path === path);
      if (busy) throw refused('Another export is being written to this file.');
      const run = this.runOf(order, path, partOf(path, exportId), null);
      this.runs.set(exportId, run);
      run.go();
      return run.state();
    } finally {
      this.asking.delete(exportId);
    }
  }

  /** What is written stays, so that it can be resumed; of a view nothing stays. */
  async stop(id: string): Promise<boolean> {
    const run = this.runs.get(id);
    await run?.stop();
    return run !== undefined;
  }

  async resume(id: string): Promise<boolean> {
    await this.recall();
    const run = this.runs.get(id);
    run?.go();
    return run !== undefined;
  }

  /** Ends it and deletes what is unfinished; a finished file stays. */
  async discard(id: string): Promise<boolean> {
    await this.recall();
    const run = this.runs.get(id);
    if (run === undefined) return false;
    await run.stop();
    if (run.state().phase !== 'done') {
      await forget(run.part);
      await this.unfinished.drop(run.part);
    }
    this.runs.delete(id);
    return true;
  }

  async list(): Promise<ExportProgress[]> {
    await this.recall();
    return [...this.runs.values()].map((run) => run.state());
  }

  onProgress(listener: (progress: ExportProgress) => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  /** Resolves when nothing is written any more; what ran can be resumed at the next start. */
  async stopAll(): Promise<void> {
    await Promise.all([...this.runs.values()].map((run) => run.stop()));
  }

  private recall(): Promise<void> {
    this.recalled ??= this.unfinished.all().then((found) => {
      for (const { part, checkpoint } of found) {
        const { order, path } = checkpoint;
        this.runs.set(order.exportId, this.runOf(order, path, part, checkpoint));
      }
    });
    return this.recalled;
  }

  private runOf(
    order: LogExport,
    path: string,
    part: string,
    checkpoint: Checkpoint | null,
  ): ExportRun {
    const { what, format, columns } = order;
    const { apiOf, clock, engine, openFile: use = openFile } = this.parts;
    const { unfinished } = this;
    return new ExportRun({
      order,
      path,
      part,
      clock,
      work: (changed) =>
        what.kind === 'search'
          ? new SearchExport(
              {
                order,
                search: what.search,
                path,
                part,
                apiOf,
                otherWalk: this.parts.otherWalk,
                openFile: use,
                keep: (kept) => unfinished.keep(part, kept),
                changed,
              },
              checkpoint,
            )
          : new ViewExport({
              path,
              part,
              chunks: () =>
                engine.exportView({ dataset: what.dataset, view: what.view, format, columns }),
              openFile: use,
              changed,
            }),
      tell: (progress) => {
        for (const listener of this.listeners) listener(progress);
      },
      finished: () =>
        unfinished.drop(part).catch((error: unknown) => {
          // The file itself is whole.
          this.parts.report(`What an export left behind could not be deleted: ${String(error)}`);
        }),
    });
  }
}

const refused = (message: string): FailureError =>
  new FailureError({
    kind: 'invalid',
    connectionId: null,
    operation: 'logs.export',
    message,
    advice: 'Change it and export again.',
  });
