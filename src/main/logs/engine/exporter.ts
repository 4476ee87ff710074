import type { ExportChunk, ExportFormat } from '../../../shared/logs/engine-protocol';
import { exportHead, exportLine } from '../../../shared/logs/export-text';
import type { Dataset } from './dataset';
import type { View } from './view';

/** About so much text a chunk. */
const CHUNK = 1 << 20;

/**
 * Rows of a view as text, chunk by chunk as they are asked for, so that never the whole is in memory. Holds arrival
 * numbers: rows that are evicted meanwhile are left out, those that come are not in it.
 */
export class Exporter {
  private readonly seqs: Uint32Array;
  private readonly dataset: Dataset;
  private at = 0;
  private written = 0;

  constructor(
    view: View,
    private readonly format: ExportFormat,
    private readonly columns: readonly string[],
  ) {
    this.dataset = view.dataset;
    const { seqs } = this.dataset.columns;
    this.seqs = view.rows().map((row) => seqs[row] ?? 0);
    if (view.newestFirst) this.seqs.reverse();
  }

  get rows(): number {
    return this.seqs.length;
  }

  next(): ExportChunk {
    let text = this.at === 0 ? exportHead(this.format, this.columns) : '';
    const started = performance.now();
    while (this.at < this.seqs.length && text.length < CHUNK && performance.now() - started < 8) {
      const row = this.dataset.columns.rowOf(this.seqs[this.at] ?? 0);
      this.at += 1;
      if (row === -1) continue;
      text += this.line(row);
      this.written += 1;
    }
    const done = this.at >= this.seqs.length;
    return { text, rows: this.written, of: this.seqs.length, done };
  }

  private line(row: number): string {
    const { connectionId, region, group, stream } = this.dataset.source(row);
    const { columns } = this.dataset;
    return exportLine(this.format, this.columns, {
      timestamp: columns.time(row),
      ingestion: columns.ingestion(row),
      connectionId,
      region,
      group,
      stream,
      message: this.dataset.text(row),
    });
  }
}
