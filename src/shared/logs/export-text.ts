/** One log event as a line of an exported file. */
import { assertNever } from '../assert-never';
import { csvLine } from './csv';
import type { ExportFormat } from './engine-protocol';
import { jsonIn, valuesAt } from './filter/json-path';

export interface ExportRow {
  /** ms UTC. */
  timestamp: number;
  ingestion: number;
  connectionId: string;
  region: string;
  group: string;
  stream: string;
  message: string;
}

/** What a file begins with. */
export const exportHead = (format: ExportFormat, columns: readonly string[]): string =>
  format === 'csv' ? csvLine(['time', 'region', 'group', 'stream', ...columns, 'message']) : '';

/** `columns` are fields of JSON lines; only a CSV has them apart. */
export function exportLine(
  format: ExportFormat,
  columns: readonly string[],
  row: ExportRow,
): string {
  switch (format) {
    case 'text':
      return `${row.message}\n`;
    case 'ndjson':
      return `${JSON.stringify({
        timestamp: row.timestamp,
        ingestionTime: row.ingestion,
        connection: row.connectionId,
        region: row.region,
        logGroup: row.group,
        logStream: row.stream,
        message: row.message,
      })}\n`;
    case 'csv':
      return csvLine([
        isoTime(row.timestamp),
        row.region,
        row.group,
        row.stream,
        ...fieldsOf(row.message, columns),
        row.message,
      ]);
    default:
      return assertNever(format);
  }
}

function fieldsOf(message: string, columns: readonly string[]): string[] {
  if (columns.length === 0) return [];
  const json = jsonIn(message);
  return columns.map((path) => valuesAt(json, path).map(cellText).join(' '));
}

const cellText = (value: unknown): string =>
  typeof value === 'string' ? value : (JSON.stringify(value) ?? '');

/** A time that no calendar has is written as the number it is. */
const isoTime = (ms: number): string =>
  Math.abs(ms) <= 8.64e15 ? new Date(ms).toISOString() : String(ms);
