/**
 * Rows of the engine's view near what is in sight. Pages that were replaced stay on show until the new ones have
 * come, so that nothing blanks while events stream in.
 */
import type { EngineClient } from '../../../shared/logs/engine-client';
import { ROW_META, rowMeta } from '../../../shared/logs/engine-protocol';
import type { RowsPage } from '../../../shared/logs/engine-protocol';

/** One event as the grid needs it. */
export interface EventRow {
  seq: number;
  /** ms UTC. */
  timestamp: number;
  ingestion: number;
  /** Index into the dataset's sources. */
  source: number;
  /** Of the whole message; more than `text` holds when it was cut. */
  bytes: number;
  text: string;
}

export const PAGE_ROWS = 100;
/** Longer messages are cut in the grid; the detail has them whole. */
const MAX_BYTES = 8_192;
/** Pages held beside those in sight. */
const HELD_PAGES = 40;

interface Held {
  rows: readonly EventRow[];
  revision: number;
}

export interface RowPagesInit {
  client: EngineClient;
  dataset: string;
  view: string;
  /** Rows came: draw again. */
  changed: () => void;
  failed: (error: unknown) => void;
}

export class RowPages {
  private readonly pages = new Map<number, Held>();
  private readonly asking = new Set<number>();
  private revision = -1;
  private closed = true;

  constructor(private readonly init: RowPagesInit) {}

  /** The row at a place; undefined while it is on its way. */
  at(place: number): EventRow | undefined {
    return this.pages.get(Math.floor(place / PAGE_ROWS))?.rows[place % PAGE_ROWS];
  }

  /** All of a stretch are there, the ends included. */
  has(from: number, to: number): boolean {
    for (let page = Math.floor(from / PAGE_ROWS); page * PAGE_ROWS <= to; page += 1) {
      if (!this.pages.has(page)) return false;
    }
    return true;
  }

  /** Asks for what is missing or outdated of a stretch of places, the ends included. */
  want(from: number, to: number, revision: number): void {
    this.revision = revision;
    const first = Math.floor(Math.max(0, from) / PAGE_ROWS);
    const last = Math.floor(Math.max(0, to) / PAGE_ROWS);
    for (let page = first; page <= last; page += 1) {
      const held = this.pages.get(page);
      if (held !== undefined && held.revision >= revision) continue;
      if (!this.asking.has(page)) this.ask(page);
    }
    this.letGo(first, last);
  }

  open(): void {
    this.closed = false;
  }

  close(): void {
    this.closed = true;
    this.pages.clear();
  }

  private ask(page: number): void {
    const { client, dataset, view, failed } = this.init;
    this.asking.add(page);
    client
      .ask('rows', {
        dataset,
        view,
        from: page * PAGE_ROWS,
        count: PAGE_ROWS,
        maxBytes: MAX_BYTES,
      })
      .then((answer) => {
        this.asking.delete(page);
        if (!this.closed) this.take(page, answer);
      })
      .catch((error: unknown) => {
        this.asking.delete(page);
        if (!this.closed) failed(error);
      });
  }

  private take(page: number, answer: RowsPage): void {
    this.pages.set(page, { rows: rowsOf(answer), revision: answer.revision });
    this.init.changed();
    // The view moved on while the answer was on its way: once more, one question at a time.
    if (answer.revision < this.revision) this.ask(page);
  }

  private letGo(first: number, last: number): void {
    if (this.pages.size <= HELD_PAGES + (last - first)) return;
    const middle = (first + last) / 2;
    const far = [...this.pages.keys()].sort((a, b) => Math.abs(b - middle) - Math.abs(a - middle));
    for (const page of far.slice(0, this.pages.size - HELD_PAGES)) this.pages.delete(page);
  }
}

/** A page's columns as rows. */
export function rowsOf({ count, meta, text }: RowsPage): EventRow[] {
  let from = 0;
  return Array.from({ length: count }, (_, i) => {
    const at = (column: number): number => meta[i * ROW_META + column] ?? 0;
    const end = at(rowMeta.end);
    const row = {
      seq: at(rowMeta.seq),
      timestamp: at(rowMeta.timestamp),
      ingestion: at(rowMeta.ingestion),
      source: at(rowMeta.source),
      bytes: at(rowMeta.bytes),
      text: text.slice(from, end),
    };
    from = end;
    return row;
  });
}
