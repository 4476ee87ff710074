/** What a view of the engine shows, written as it comes; never the whole in memory. */
import type { ExportChunk } from '../../../shared/logs/engine-protocol';
import { ExportFile, forget } from './export-file';
import type { OpenFile } from './export-file';

export interface ViewExportParts {
  path: string;
  part: string;
  chunks: () => AsyncIterable<ExportChunk>;
  openFile: OpenFile;
  changed: () => void;
}

export class ViewExport {
  rows = 0;
  of: number | null = null;
  bytes = 0;

  constructor(private readonly parts: ViewExportParts) {}

  /** Resolves when the file is whole; otherwise nothing of it is left. Rejects with FailureError. */
  async run(signal: AbortSignal): Promise<void> {
    const { part, path, openFile } = this.parts;
    const file = await ExportFile.create(part, openFile);
    try {
      for await (const { text, rows, of } of this.parts.chunks()) {
        signal.throwIfAborted();
        // The engine is asked for more only when the disk has taken this.
        if (text !== '') await file.write(text);
        this.rows = rows;
        this.of = of;
        this.bytes = file.bytes;
        this.parts.changed();
      }
      await file.finish(path);
    } catch (error) {
      await file.close();
      await forget(part);
      throw error;
    }
  }

  get fraction(): number {
    return this.of === null ? 0 : this.of === 0 ? 1 : Math.min(1, this.rows / this.of);
  }
}
