import { assertNever } from '../../../shared/assert-never';
import { csvLine } from '../../../shared/logs/csv';
import type { ExportChunk, ExportFormat } from '../../../shared/logs/engine-protocol';
import { jsonIn, valuesAt } from '../../../shared/logs/filter/json-path';
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
    let text = this.at === 0 && this.format === 'csv' ? this.header() : '';
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

  private header(): string {
    return csvLine(['time', 'region', 'group', 'stream', ...this.columns, 'message']);
  }

  private line(row: number): string {
    const message = this.dataset.text(row);
    switch (this.format) {
      case 'text':
        return `${message}\n`;
      case 'ndjson':
        return `${JSON.stringify(this.record(row, message))}\n`;
      case 'csv':
        return this.csv(row, message);
      default:
        return assertNever(this.format);
    }
  }

  private record(row: number, message: string) {
    const { connectionId, region, group, stream } = this.dataset.source(row);
    const { columns } = this.dataset;
    return {
      timestamp: columns.time(row),
      ingestionTime: columns.ingestion(row),
      connection: connectionId,
      region,
      logGroup: group,
      logStream: stream,
      message,
    };
  }

  private csv(row: number, message: string): string {
    const { region, group, stream } = this.dataset.source(row);
    const json = this.columns.length > 0 ? jsonIn(message) : undefined;
    const cells = this.columns.map((path) => valuesAt(json, path).map(cellText).join(' '));
    return csvLine([
      isoTime(this.dataset.columns.time(row)),
      region,
      group,
      stream,
      ...cells,
      message,
    ]);
  }
}

const cellText = (value: unknown): string =>
  typeof value === 'string' ? value : (JSON.stringify(value) ?? '');

/** A time that no calendar has is written as the number it is. */
const isoTime = (ms: number): string =>
  Math.abs(ms) <= 8.64e15 ? new Date(ms).toISOString() : String(ms);
