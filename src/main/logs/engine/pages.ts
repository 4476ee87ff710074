import { type LineAnswer, ROW_META, type RowsPage } from '../../../shared/logs/engine-protocol';
import type { Dataset } from './dataset';

/** Rows as one array and one string. */
export function pageOf(
  dataset: Dataset,
  rows: readonly number[],
  place: { from: number; revision: number },
  maxBytes: number,
): RowsPage {
  const meta = new Float64Array(rows.length * ROW_META);
  let text = '';
  rows.forEach((row, i) => {
    const { segment, local } = dataset.find(row);
    text += segment.text(local, maxBytes);
    const { columns } = dataset;
    meta.set(
      [
        columns.seqs[row] ?? 0,
        columns.time(row),
        columns.ingestion(row),
        columns.sources[row] ?? 0,
        segment.length(local),
        text.length,
      ],
      i * ROW_META,
    );
  });
  return { ...place, count: rows.length, meta, text };
}

export function lineOf(dataset: Dataset, row: number): LineAnswer {
  const { segment, local } = dataset.find(row);
  const { columns } = dataset;
  return {
    seq: columns.seqs[row] ?? 0,
    timestamp: columns.time(row),
    ingestion: columns.ingestion(row),
    source: dataset.source(row),
    raw: segment.message(local).slice(),
    text: segment.text(local),
  };
}

/** Rows of the same stream around one, oldest first. */
export function contextRows(
  dataset: Dataset,
  row: number,
  before: number,
  after: number,
): { rows: number[]; at: number } {
  const order = dataset.byTime();
  const { sources } = dataset.columns;
  const place = order.indexOf(row);
  const same = (at: number): boolean => sources[order[at] ?? 0] === sources[row];
  const rows = [row];
  for (let at = place - 1; at >= 0 && rows.length <= before; at -= 1) {
    if (same(at)) rows.unshift(order[at] ?? 0);
  }
  const index = rows.length - 1;
  for (let at = place + 1; at < order.length && rows.length <= index + after; at += 1) {
    if (same(at)) rows.push(order[at] ?? 0);
  }
  return { rows, at: index };
}
