import { type EnvelopeField, isEnvelopeField } from '../../../shared/logs/filter/filter';
import { envelopeValue } from '../../../shared/logs/filter/match-line';
import { scalarsOf } from '../../../shared/logs/filter/json-path';
import { levelOf, levelOfText, levelPaths } from '../../../shared/logs/log-event';
import { cut, hasBit, setBit, wordsFor } from './bits';
import type { Dataset } from './dataset';
import { eachValue } from './json-values';
import type { Slice } from './slice';
import { CancelledError, type Turn } from './turn';

/** Rows looked at between two looks at the clock. */
const STEP = 2_048;

/** Evenly over all, when there are more than `limit`. */
export function sampleOf(rows: Uint32Array, limit: number): Uint32Array {
  if (rows.length <= limit) return rows.slice();
  const sample = new Uint32Array(limit);
  for (let i = 0; i < limit; i += 1) sample[i] = rows[Math.floor((i * rows.length) / limit)] ?? 0;
  return sample;
}

/** Visits rows in turns. @throws CancelledError, also when rows were evicted meanwhile */
export async function eachRow(
  dataset: Dataset,
  rows: Uint32Array,
  turn: Turn,
  visit: (row: number, i: number) => void,
): Promise<void> {
  const { generation } = dataset;
  for (let i = 0; i < rows.length; i += 1) {
    visit(rows[i] ?? 0, i);
    if ((i & 63) !== 63 || !turn.due) continue;
    await turn.yield();
    if (dataset.generation !== generation) throw new CancelledError();
  }
}

export type FieldValue = string | number | boolean | null;

/**
 * A field's scalar values in the given rows, JSON or the envelope's or `@level`. Rows without it are not visited;
 * those with several values once for each. Order: as the rows arrived.
 * @throws CancelledError, also when rows were evicted meanwhile
 */
export async function eachFieldValue(
  dataset: Dataset,
  rows: Uint32Array,
  field: string,
  turn: Turn,
  visit: (row: number, value: FieldValue) => void,
): Promise<void> {
  if (field === '@level') return eachLevel(dataset, rows, turn, visit);
  if (isEnvelopeField(field)) {
    await eachRow(dataset, rows, turn, (row) => visit(row, envelopeOf(dataset, row, field)));
    return;
  }
  await eachSlice(dataset, rows, turn, (slice, within) => {
    eachValue(slice, within, field, (i, values) => {
      const row = slice.firstRow + slice.from + i;
      for (const value of values.flatMap(scalarsOf)) visit(row, value);
    });
  });
}

function envelopeOf(dataset: Dataset, row: number, field: EnvelopeField): string | number | null {
  const line = {
    message: field === '@message' ? dataset.text(row) : '',
    timestamp: dataset.columns.time(row),
    ingestion: dataset.columns.ingestion(row),
    source: dataset.source(row),
  };
  return envelopeValue(line, field);
}

/** Of JSON by its keys, else as the text says it. */
async function eachLevel(
  dataset: Dataset,
  rows: Uint32Array,
  turn: Turn,
  visit: (row: number, value: string) => void,
): Promise<void> {
  const done = new Uint32Array(wordsFor(dataset.rows));
  let left = rows;
  for (const path of levelPaths) {
    if (left.length === 0) return;
    await eachFieldValue(dataset, left, path, turn, (row, value) => {
      const level = levelOf(value);
      if (level === null || hasBit(done, row)) return;
      setBit(done, row);
      visit(row, level);
    });
    left = left.filter((row) => !hasBit(done, row));
  }
  await eachRow(dataset, left, turn, (row) => {
    const level = levelOfText(dataset.text(row, 512));
    if (level !== null) visit(row, level);
  });
}

/** Rows as sets within slices. @throws CancelledError */
async function eachSlice(
  dataset: Dataset,
  rows: Uint32Array,
  turn: Turn,
  visit: (slice: Slice, within: Uint32Array) => void,
): Promise<void> {
  const { generation } = dataset;
  const words = new Uint32Array(wordsFor(dataset.rows));
  for (const row of rows) setBit(words, row);
  for (const { segment, firstRow } of dataset.segments) {
    for (let from = 0; from < segment.rows; from += STEP) {
      const count = Math.min(STEP, segment.rows - from);
      const within = cut(words, firstRow + from, count);
      visit({ dataset, segment, firstRow, from, count }, within);
      if (!turn.due) continue;
      await turn.yield();
      if (dataset.generation !== generation) throw new CancelledError();
    }
  }
}
