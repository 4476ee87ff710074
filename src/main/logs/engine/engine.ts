import type { z } from 'zod';
import {
  type DatasetStats,
  type EngineAnswers,
  type EngineArgs,
  type EngineFailure,
  engineAsks,
  type EngineOp,
  type ViewState,
} from '../../../shared/logs/engine-protocol';
import { FrameError } from '../../../shared/logs/frame';
import { Dataset } from './dataset';
import { Exporter } from './exporter';
import { foundColumns } from './found-columns';
import { facet, histogram } from './histogram';
import { marksOf, nextMatch } from './marks';
import { contextRows, lineOf, pageOf } from './pages';
import { patterns } from './patterns';
import { RegexError } from './regex-guard';
import { CancelledError, type Turn } from './turn';
import type { View } from './view';
import { ViewDesk } from './view-desk';

/** Asked for a dataset, view, event or export that is not there. */
class NotFoundError extends Error {
  constructor(what: string) {
    super(`There is no ${what}.`);
    this.name = new.target.name;
  }
}
class InvalidError extends Error {}

type Handler = (args: unknown, turn: Turn) => Promise<unknown>;
interface Open {
  dataset: Dataset;
  desks: Map<string, ViewDesk>;
}

/** Everything the log engine holds. Lives in the utility process; tests and benches run it in theirs. */
export class Engine {
  private readonly datasets = new Map<string, Open>();
  private readonly exports = new Map<string, Exporter>();
  private readonly listeners = new Set<(state: ViewState) => void>();
  private nextExport = 1;
  private readonly handlers: Record<EngineOp, Handler>;

  constructor() {
    this.handlers = {
      ...this.storing(),
      ...this.looking(),
      ...this.telling(),
      ...this.exporting(),
    };
  }

  onView(listener: (state: ViewState) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Answers one question; arguments are checked here. Rejections are to be told by `failureOf`. */
  async ask(op: string, args: unknown, turn: Turn): Promise<unknown> {
    if (!isOp(op)) throw new InvalidError(`The log engine knows no ${op}.`);
    return this.handlers[op](args, turn);
  }

  private storing() {
    return {
      open: handler('open', engineAsks.open, ({ dataset: name, capBytes }) => {
        const known = this.datasets.get(name);
        const open = known ?? { dataset: new Dataset(capBytes), desks: new Map() };
        this.datasets.set(name, open);
        return statsOf(open.dataset);
      }),
      append: handler('append', engineAsks.append, ({ dataset: name, frame }) => {
        const { dataset, desks } = this.opened(name);
        const appended = dataset.append(frame);
        for (const desk of desks.values()) desk.appended();
        return appended;
      }),
      close: handler('close', engineAsks.close, ({ dataset: name }) => {
        const open = this.datasets.get(name);
        for (const desk of open?.desks.values() ?? []) desk.close();
        this.datasets.delete(name);
        return null;
      }),
      stats: handler('stats', engineAsks.stats, ({ dataset }) =>
        statsOf(this.opened(dataset).dataset),
      ),
      sources: handler('sources', engineAsks.sources, ({ dataset }) => [
        ...this.opened(dataset).dataset.sources,
      ]),
    };
  }

  private looking() {
    return {
      look: handler('look', engineAsks.look, ({ filter, newestFirst, ...names }, turn) =>
        this.desk(names, true).look(filter, newestFirst, turn),
      ),
      closeView: handler('closeView', engineAsks.closeView, ({ dataset, view }) => {
        const { desks } = this.opened(dataset);
        desks.get(view)?.close();
        desks.delete(view);
        return null;
      }),
      rows: handler('rows', engineAsks.rows, ({ from, count, maxBytes, ...names }) => {
        const desk = this.desk(names);
        const rows: number[] = [];
        for (let place = from; place < Math.min(from + count, desk.view.count); place += 1) {
          rows.push(desk.view.rowAt(place));
        }
        const { revision } = desk.state();
        return pageOf(desk.view.dataset, rows, { from, revision }, maxBytes);
      }),
      placeOf: handler('placeOf', engineAsks.placeOf, ({ at, ...names }) => {
        const { view } = this.desk(names);
        if ('timeMs' in at) return view.placeOfTime(at.timeMs);
        const row = view.dataset.columns.rowOf(at.seq);
        return row === -1 ? -1 : view.placeOfRow(row);
      }),
      marks: handler('marks', engineAsks.marks, async ({ filter, buckets, ...names }, turn) => {
        const desk = this.desk(names);
        return marksOf(desk.view, await desk.through(filter, turn), buckets, turn);
      }),
      findNext: handler('findNext', engineAsks.findNext, async (args, turn) => {
        const desk = this.desk(args);
        const matches = await desk.through(args.filter, turn);
        return nextMatch(desk.view, matches, args.from, args.forward);
      }),
    };
  }

  private telling() {
    return {
      line: handler('line', engineAsks.line, ({ dataset: name, seq }) => {
        const { dataset } = this.opened(name);
        return lineOf(dataset, rowOf(dataset, seq));
      }),
      context: handler('context', engineAsks.context, (args) => {
        const { dataset } = this.opened(args.dataset);
        const row = rowOf(dataset, args.seq);
        const { rows, at } = contextRows(dataset, row, args.before, args.after);
        return { page: pageOf(dataset, rows, { from: 0, revision: 0 }, args.maxBytes), at };
      }),
      histogram: handler('histogram', engineAsks.histogram, (args, turn) => {
        if (args.toMs <= args.fromMs) throw new InvalidError('A histogram needs a time range.');
        return histogram(this.countable(args), args, turn);
      }),
      facets: handler('facets', engineAsks.facets, async ({ fields, top, ...names }, turn) => {
        const facets: EngineAnswers['facets'] = [];
        for (const field of fields) {
          facets.push(await facet(this.countable(names), field, top, turn));
        }
        return facets;
      }),
      columns: handler('columns', engineAsks.columns, (args, turn) =>
        foundColumns(this.countable(args), turn),
      ),
      patterns: handler('patterns', engineAsks.patterns, (args, turn) =>
        patterns(this.countable(args), args, turn),
      ),
    };
  }

  private exporting() {
    return {
      exportStart: handler('exportStart', engineAsks.exportStart, (args) => {
        const exporter = new Exporter(this.desk(args).view, args.format, args.columns);
        const exportId = `export-${this.nextExport}`;
        this.nextExport += 1;
        this.exports.set(exportId, exporter);
        return { exportId, rows: exporter.rows };
      }),
      exportNext: handler('exportNext', engineAsks.exportNext, ({ exportId }) => {
        const exporter = this.exports.get(exportId);
        if (!exporter) throw new NotFoundError('such export');
        const chunk = exporter.next();
        if (chunk.done) this.exports.delete(exportId);
        return chunk;
      }),
      exportEnd: handler('exportEnd', engineAsks.exportEnd, ({ exportId }) => {
        this.exports.delete(exportId);
        return null;
      }),
    };
  }

  /** @throws CancelledError while the view has yet to follow rows that were dropped: who asks tries again */
  private countable(names: { dataset: string; view: string }): View {
    const { view } = this.desk(names);
    if (view.isStale) throw new CancelledError();
    return view;
  }

  private opened(name: string): Open {
    const open = this.datasets.get(name);
    if (!open) throw new NotFoundError(`dataset ${name}`);
    return open;
  }

  private desk(names: { dataset: string; view: string }, make = false): ViewDesk {
    const { dataset, desks } = this.opened(names.dataset);
    const known = desks.get(names.view);
    if (known) return known;
    if (!make) throw new NotFoundError(`view ${names.view}`);
    const desk = new ViewDesk({ dataset: names.dataset, view: names.view }, dataset, (state) => {
      for (const listener of this.listeners) listener(state);
    });
    desks.set(names.view, desk);
    return desk;
  }
}

/** What went wrong, as it travels. */
export function failureOf(cause: unknown): EngineFailure {
  const message = cause instanceof Error ? cause.message : String(cause);
  if (cause instanceof CancelledError) return { kind: 'cancelled', message };
  if (cause instanceof NotFoundError) return { kind: 'not-found', message };
  if (cause instanceof FrameError || cause instanceof RegexError || cause instanceof InvalidError) {
    return { kind: 'invalid', message };
  }
  const noRoom = cause instanceof RangeError && /memory|allocat/i.test(message);
  return { kind: noRoom ? 'out-of-memory' : 'unknown', message };
}

const isOp = (op: string): op is EngineOp => Object.hasOwn(engineAsks, op);

function handler<O extends EngineOp>(
  op: O,
  schema: z.ZodType<EngineArgs<O>>,
  run: (args: EngineArgs<O>, turn: Turn) => Promise<EngineAnswers[O]> | EngineAnswers[O],
): Handler {
  return async (args, turn) => {
    const parsed = schema.safeParse(args);
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      throw new InvalidError(`${op}: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`);
    }
    return run(parsed.data, turn);
  };
}

function rowOf(dataset: Dataset, seq: number): number {
  const row = dataset.columns.rowOf(seq);
  if (row === -1) throw new NotFoundError('such event any more');
  return row;
}

function statsOf(dataset: Dataset): DatasetStats {
  const order = dataset.byTime();
  const time = (row: number | undefined): number | null =>
    row === undefined ? null : dataset.columns.time(row);
  const { duplicates, evicted, cut } = dataset.totals;
  return {
    rows: dataset.rows,
    messageBytes: dataset.messageBytes,
    bytes: dataset.bytes,
    capBytes: dataset.capBytes,
    duplicates,
    evicted,
    cut,
    dropped: dataset.dropped,
    firstMs: time(order[0]),
    lastMs: time(order.at(-1)),
  };
}
