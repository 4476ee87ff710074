/** Everything found in a range, written slice by slice, each checkpointed: what is read is soon let go. */
import { FailureError } from '../../../shared/failure';
import type { LeftOutGroup, LogExport } from '../../../shared/logs/export';
import { exportHead, exportLine } from '../../../shared/logs/export-text';
import type { ExportRow } from '../../../shared/logs/export-text';
import type { LogSearch } from '../../../shared/logs/search';
import type { SearchApi } from '../search/group-walk';
import type { GroupPlace, OtherWalk } from '../search/walk';
import { ExportFile, forget, inWords } from './export-file';
import type { OpenFile } from './export-file';
import { SlicePlan } from './slice-plan';
import { placesOf, SliceReader } from './slice-reader';
import type { SliceRows, TimeSlice } from './slice-reader';
import type { Checkpoint } from './unfinished';

export interface SearchExportParts {
  order: LogExport;
  search: LogSearch;
  path: string;
  part: string;
  apiOf: (connectionId: string, region: string) => SearchApi;
  otherWalk: OtherWalk | undefined;
  openFile: OpenFile;
  /** Keeps it on disk; what is in the file before it is kept there already. */
  keep: (checkpoint: Checkpoint) => Promise<void>;
  changed: () => void;
}

/** Slices read ahead while one is written. */
const SLICES_AHEAD = 3;
const MAX_SLICE_BYTES = 24 * 2 ** 20;
/** The file is handed about so much text (characters) at a time. */
const WRITE_CHARS = 2 ** 18;

interface Reading {
  slice: TimeSlice;
  result: Promise<SliceRows | 'too-much'>;
  /** Its answer is not wanted any more. */
  drop: AbortController;
}

export class SearchExport {
  rows = 0;
  bytes = 0;
  fraction = 0;
  throttles = 0;
  leftOut: LeftOutGroup[] = [];
  private readonly reader: SliceReader;

  constructor(
    private readonly parts: SearchExportParts,
    private from: Checkpoint | null,
  ) {
    if (from !== null) this.took(from);
    this.reader = new SliceReader({
      search: parts.search,
      apiOf: parts.apiOf,
      otherWalk: parts.otherWalk,
      maxBytes: MAX_SLICE_BYTES,
      throttled: (times) => {
        this.throttles += times;
        parts.changed();
      },
      leaveOut: (place, error) => this.leaveOut(place, error),
      isLeftOut: (place) => this.leftOut.some((left) => isSame(left, place)),
    });
  }

  /** Resolves when the file is whole; can be run again, to go on. Rejects with FailureError. */
  async run(signal: AbortSignal): Promise<void> {
    const { parts, from } = this;
    const plan = new SlicePlan({ ...parts.search, ...from });
    const file =
      from === null
        ? await ExportFile.create(parts.part, parts.openFile)
        : await ExportFile.reopen(parts.part, from.bytes, parts.openFile);
    try {
      if (from === null) {
        await file.write(exportHead(parts.order.format, parts.order.columns));
        await this.checkpoint(file, plan, plan.start);
      }
      await this.writeAll(file, plan, signal);
      await file.finish(parts.path);
    } catch (error) {
      await file.close();
      // Nothing was written for good: nothing is left to be gone on with.
      if (this.from === null) await forget(parts.part);
      throw error;
    }
    this.fraction = 1;
  }

  private async writeAll(file: ExportFile, plan: SlicePlan, signal: AbortSignal): Promise<void> {
    const ahead: Reading[] = [];
    try {
      for (;;) {
        signal.throwIfAborted();
        this.readAhead(ahead, plan, signal);
        const first = ahead.shift();
        if (first === undefined) return;
        const read = await first.result;
        if (read === 'too-much') {
          // What comes behind was planned as long as this one.
          for (const { drop } of ahead.splice(0)) drop.abort(new DOMException('', 'AbortError'));
          plan.again(first.slice);
          continue;
        }
        this.refuseNothing();
        plan.held(first.slice, read.bytes);
        await this.writeRows(file, read.rows, signal);
        await this.checkpoint(file, plan, plan.after(first.slice));
      }
    } finally {
      for (const { drop } of ahead) drop.abort(new DOMException('', 'AbortError'));
    }
  }

  private readAhead(ahead: Reading[], plan: SlicePlan, signal: AbortSignal): void {
    while (ahead.length < SLICES_AHEAD) {
      const slice = plan.next();
      if (slice === null) return;
      const drop = new AbortController();
      const forward = (): void => drop.abort(signal.reason);
      signal.addEventListener('abort', forward, { once: true });
      const result = this.reader
        .read(slice, drop.signal)
        .finally(() => signal.removeEventListener('abort', forward));
      // It is awaited when its turn comes; dropped before, nobody asks how it ended.
      result.catch(() => undefined);
      ahead.push({ slice, result, drop });
    }
  }

  private async writeRows(
    file: ExportFile,
    rows: readonly ExportRow[],
    signal: AbortSignal,
  ): Promise<void> {
    const { format, columns } = this.parts.order;
    let text = '';
    for (const row of rows) {
      text += exportLine(format, columns, row);
      if (text.length < WRITE_CHARS) continue;
      await file.write(text);
      signal.throwIfAborted();
      text = '';
    }
    if (text !== '') await file.write(text);
    this.rows += rows.length;
  }

  private async checkpoint(file: ExportFile, plan: SlicePlan, atMs: number): Promise<void> {
    await file.sync();
    const { order, path } = this.parts;
    const { rows, leftOut } = this;
    const { sliceMs } = plan;
    const { bytes } = file;
    const kept: Checkpoint = { version: 1, order, path, bytes, rows, atMs, sliceMs, leftOut };
    await inWords(path, () => this.parts.keep(kept));
    this.from = kept;
    this.took(kept);
    this.fraction = plan.fraction(atMs);
    this.parts.changed();
  }

  /** Back to what is written for good. */
  rewind(): void {
    if (this.from === null) this.rows = 0;
    else this.took(this.from);
  }

  /** There is something to go on with. */
  get begun(): boolean {
    return this.from !== null;
  }

  private took({ rows, bytes, leftOut, atMs, sliceMs }: Checkpoint): void {
    this.rows = rows;
    this.bytes = bytes;
    this.leftOut = [...leftOut];
    this.fraction = new SlicePlan({ ...this.parts.search, atMs, sliceMs }).fraction(atMs);
  }

  private leaveOut(place: GroupPlace, { failure }: FailureError): void {
    if (this.leftOut.some((left) => isSame(left, place))) return;
    this.leftOut = [...this.leftOut, { ...place, reason: failure.message }];
    this.parts.changed();
  }

  /** A file without any of its groups is none. */
  private refuseNothing(): void {
    const [first] = this.leftOut;
    if (first === undefined || this.leftOut.length < placesOf(this.parts.search).length) return;
    throw new FailureError({
      kind: 'denied',
      connectionId: first.connectionId,
      operation: 'logs.export',
      message: `None of the log groups can be read: ${first.reason}`,
      advice: 'Choose other log groups, or see to the rights of the connection.',
    });
  }
}

const isSame = (a: GroupPlace, b: GroupPlace): boolean =>
  a.connectionId === b.connectionId && a.region === b.region && a.group === b.group;
