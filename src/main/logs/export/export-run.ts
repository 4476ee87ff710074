/** One export as it is told: running, stopped, gone on with. */
import type { Clock } from '../../../shared/clock';
import { FailureError } from '../../../shared/failure';
import type { Failure } from '../../../shared/failure';
import type { ExportProgress, LogExport } from '../../../shared/logs/export';
import { SearchExport } from './search-export';
import type { ViewExport } from './view-export';

/** Progress is told at most this often (ms). */
const TELL_EVERY_MS = 250;

export interface ExportRunParts {
  order: Pick<LogExport, 'exportId' | 'format' | 'what'>;
  path: string;
  part: string;
  clock: Clock;
  /** `changed` is to be called when there is something to tell. */
  work: (changed: () => void) => ViewExport | SearchExport;
  tell: (progress: ExportProgress) => void;
  /** The file is whole. */
  finished: () => Promise<void>;
}

export class ExportRun {
  private readonly work: ViewExport | SearchExport;
  private phase: ExportProgress['phase'] = 'stopped';
  private failure: Failure | null = null;
  private abort = new AbortController();
  private running: Promise<void> = Promise.resolve();
  private cancelTell: (() => void) | null = null;

  constructor(private readonly parts: ExportRunParts) {
    this.work = parts.work(() => this.tellSoon());
  }

  get part(): string {
    return this.parts.part;
  }

  get path(): string {
    return this.parts.path;
  }

  get isRunning(): boolean {
    return this.phase === 'running';
  }

  /** From the beginning, or where it ended; nothing while it runs or when it is done. */
  go(): void {
    if (this.phase === 'running' || this.phase === 'done') return;
    this.phase = 'running';
    this.failure = null;
    const abort = new AbortController();
    this.abort = abort;
    this.running = this.running.then(() => this.run(abort.signal));
  }

  /** Resolves when nothing is written any more. */
  async stop(): Promise<void> {
    this.abort.abort(new DOMException('', 'AbortError'));
    await this.running;
  }

  state(): ExportProgress {
    const { order, path } = this.parts;
    const { work, phase } = this;
    const isSearch = work instanceof SearchExport;
    return {
      exportId: order.exportId,
      kind: order.what.kind,
      format: order.format,
      path,
      phase,
      rows: work.rows,
      of: isSearch ? null : work.of,
      bytes: work.bytes,
      fraction: work.fraction,
      throttles: isSearch ? work.throttles : 0,
      leftOut: isSearch ? work.leftOut : [],
      resumable: isSearch && work.begun && phase !== 'done',
      failure: this.failure,
    };
  }

  private async run(signal: AbortSignal): Promise<void> {
    this.tellSoon();
    try {
      await this.work.run(signal);
      await this.parts.finished();
      this.phase = 'done';
    } catch (error) {
      if (this.work instanceof SearchExport) this.work.rewind();
      this.phase = signal.aborted ? 'stopped' : 'failed';
      this.failure = signal.aborted ? null : failureOf(error);
    }
    this.cancelTell?.();
    this.cancelTell = null;
    this.parts.tell(this.state());
  }

  private tellSoon(): void {
    if (this.phase !== 'running') return;
    this.cancelTell ??= this.parts.clock.after(TELL_EVERY_MS, () => {
      this.cancelTell = null;
      this.parts.tell(this.state());
    });
  }
}

const failureOf = (error: unknown): Failure =>
  error instanceof FailureError
    ? error.failure
    : {
        kind: 'unknown',
        connectionId: null,
        operation: 'logs.export',
        message: `The export met a fault: ${error instanceof Error ? error.message : String(error)}`,
        advice: 'Resume it, or begin again.',
      };
