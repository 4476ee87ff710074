/**
 * What may be asked of the log engine, over any port: main appends and opens, the window looks. Arguments stay
 * `unknown` until their schema has parsed them; rows travel as one string and one array a page.
 */
import { z } from 'zod';
import { filterSchema } from './filter/filter';
import type { LogSource } from './log-event';

const name = z.string().min(1).max(200);
const dataset = { dataset: name };
const view = { dataset: name, view: name };
const count = z
  .number()
  .int()
  .min(0)
  .max(2 ** 32 - 1);
const field = z.string().min(1).max(4_096);

export const exportFormats = ['ndjson', 'csv', 'text'] as const;
export type ExportFormat = (typeof exportFormats)[number];

export const engineAsks = {
  /** An existing dataset of the name is kept. */
  open: z.object({
    ...dataset,
    capBytes: z
      .number()
      .min(2 ** 20)
      .max(2 ** 36),
  }),
  append: z.object({ ...dataset, frame: z.instanceof(Uint8Array) }),
  close: z.object(dataset),
  stats: z.object(dataset),
  sources: z.object(dataset),
  /** Filters; answered when all is filtered, told from time to time before. A newer one cancels it. */
  look: z.object({ ...view, filter: filterSchema, newestFirst: z.boolean() }),
  closeView: z.object(view),
  rows: z.object({
    ...view,
    from: count,
    count: z.number().int().min(0).max(2_000),
    /** Longer messages are cut; `line` has them whole. */
    maxBytes: z
      .number()
      .int()
      .min(16)
      .max(2 ** 21),
  }),
  line: z.object({ ...dataset, seq: count }),
  /** Where in the view a time or an event is. */
  placeOf: z.object({
    ...view,
    at: z.union([z.object({ timeMs: z.number() }), z.object({ seq: count })]),
  }),
  /** Rows of the view that pass another filter, counted by place: marks beside the scroll bar. */
  marks: z.object({ ...view, filter: filterSchema, buckets: z.number().int().min(1).max(10_000) }),
  /** The next row of the view that passes another filter, from a place on, either way. */
  findNext: z.object({ ...view, filter: filterSchema, from: count, forward: z.boolean() }),
  histogram: z.object({
    ...view,
    fromMs: z.number(),
    toMs: z.number(),
    buckets: z.number().int().min(1).max(2_000),
    /** A field, `@level`, `@group`…; null for the mere count. */
    by: field.nullable(),
  }),
  facets: z.object({
    ...view,
    fields: z.array(field).max(50),
    top: z.number().int().min(1).max(200),
  }),
  columns: z.object(view),
  /** Lines before and after of the same stream, the filter left aside. */
  context: z.object({
    ...dataset,
    seq: count,
    before: z.number().int().min(0).max(1_000),
    after: z.number().int().min(0).max(1_000),
    maxBytes: z
      .number()
      .int()
      .min(16)
      .max(2 ** 21),
  }),
  patterns: z.object({
    ...view,
    /** A pattern first seen at or after this is new. */
    sinceMs: z.number().nullable(),
    top: z.number().int().min(1).max(1_000),
  }),
  exportStart: z.object({
    ...view,
    format: z.enum(exportFormats),
    /** Fields of a CSV beside time, group, stream and message. */
    columns: z.array(field).max(200),
  }),
  exportNext: z.object({ exportId: name }),
  exportEnd: z.object({ exportId: name }),
} as const;

export type EngineOp = keyof typeof engineAsks;
export type EngineArgs<O extends EngineOp> = z.infer<(typeof engineAsks)[O]>;

export interface DatasetStats {
  rows: number;
  messageBytes: number;
  /** What counts against the cap: messages and what is kept beside them. */
  bytes: number;
  capBytes: number;
  /** Left out because they had come already. */
  duplicates: number;
  /** Dropped, oldest first, since the cap was reached. */
  evicted: number;
  /** Times of the first and the last event that was dropped (ms UTC): between them, none is no silence. */
  dropped: { fromMs: number; toMs: number } | null;
  /** Messages longer than the engine keeps, cut. */
  cut: number;
  /** ms UTC; null when empty. */
  firstMs: number | null;
  lastMs: number | null;
}

export interface ViewState {
  dataset: string;
  view: string;
  /** Rows that pass. */
  count: number;
  /** Rows there are. */
  total: number;
  /** Everything was looked at. */
  complete: boolean;
  /** Grows when rows of the view changed their places: pages held must be asked anew. */
  revision: number;
}

/** Numbers per row in `RowsPage.meta`. */
export const rowMeta = {
  /** Arrival number: names the event as long as it is kept. */
  seq: 0,
  timestamp: 1,
  ingestion: 2,
  /** Index into `sources`. */
  source: 3,
  /** Length of the whole message in bytes. */
  bytes: 4,
  /** Where the text of this row ends in `text`, UTF-16 units. */
  end: 5,
} as const;
export const ROW_META = 6;

export interface RowsPage {
  /** Place of the first row in the view. */
  from: number;
  count: number;
  revision: number;
  meta: Float64Array;
  text: string;
}

export interface LineAnswer {
  seq: number;
  timestamp: number;
  ingestion: number;
  source: LogSource;
  /** As it came, byte by byte. */
  raw: Uint8Array;
  /** The same read as UTF-8. */
  text: string;
}

/** A figure that was taken from a part says so. */
export interface Sample {
  looked: number;
  of: number;
}

export interface Histogram {
  fromMs: number;
  toMs: number;
  buckets: number;
  /** The most frequent values, then `null` for all others; one name for the mere count. */
  series: (string | null)[];
  /** series × buckets. */
  counts: Uint32Array;
}

export interface Facet {
  field: string;
  /** Most frequent first. */
  values: { value: string; count: number }[];
  /** Distinct values seen; `more` when they were too many to count all. */
  distinct: number;
  more: boolean;
  /** Rows looked at that have no such field. */
  missing: number;
  sample: Sample;
}

export interface FoundColumn {
  path: string;
  types: ('string' | 'number' | 'boolean' | 'null' | 'array' | 'object')[];
  /** Share of the lines looked at that have it, 0 to 1. */
  share: number;
  /** Few different values: worth a facet. */
  few: boolean;
}

export interface LogPattern {
  /** With `<*>` for what differs. */
  template: string;
  count: number;
  firstMs: number;
  lastMs: number;
  isNew: boolean;
  /** Where its lines say it: JSON paths, null for the line itself. */
  said: (string | null)[];
  /** Only the beginning of its lines was looked at: they may go on after the template. */
  open: boolean;
  /** One event of it. */
  seq: number;
}

export interface ExportChunk {
  text: string;
  /** Rows written so far, this chunk's included. */
  rows: number;
  of: number;
  done: boolean;
}

export interface EngineAnswers {
  open: DatasetStats;
  append: { added: number; duplicates: number; evicted: number; cut: number };
  close: null;
  stats: DatasetStats;
  sources: LogSource[];
  look: ViewState;
  closeView: null;
  rows: RowsPage;
  line: LineAnswer;
  /** -1 when it is not in the view. */
  placeOf: number;
  marks: { counts: Uint32Array; total: number };
  findNext: number;
  histogram: Histogram;
  facets: Facet[];
  columns: { columns: FoundColumn[]; sample: Sample };
  /** The rows, oldest first, and which of them was asked for. */
  context: { page: RowsPage; at: number };
  patterns: { patterns: LogPattern[]; distinct: number; sample: Sample };
  exportStart: { exportId: string; rows: number };
  exportNext: ExportChunk;
  exportEnd: null;
}

export const engineFailureKinds = [
  'cancelled',
  'invalid',
  'not-found',
  'out-of-memory',
  'unknown',
] as const;
export interface EngineFailure {
  kind: (typeof engineFailureKinds)[number];
  message: string;
}

const id = z.number().int().min(0);
export const toEngineSchema = z.union([
  z.object({ id, op: z.string().max(40), args: z.unknown() }),
  z.object({ cancel: id }),
]);
export type ToEngine = z.infer<typeof toEngineSchema>;

const failureSchema = z.object({ kind: z.enum(engineFailureKinds), message: z.string() });
const viewStateSchema = z.object({
  dataset: z.string(),
  view: z.string(),
  count: z.number(),
  total: z.number(),
  complete: z.boolean(),
  revision: z.number(),
});
export const fromEngineSchema = z.union([
  z.object({ id, ok: z.literal(true), value: z.unknown() }),
  z.object({ id, ok: z.literal(false), failure: failureSchema }),
  z.object({ view: viewStateSchema }),
]);
export type FromEngine = z.infer<typeof fromEngineSchema>;

/** A port of any kind: the window's, main's, a worker's, or a process's own channel. */
export interface EnginePort {
  post(message: unknown): void;
  listen(listener: (message: unknown) => void): void;
  close(): void;
}
