import { assertNever } from '../../../shared/assert-never';
import type { Command, SortKey } from './commands';
import { order } from './compare';
import type { Expression } from './expression';
import { isTrue, textOf } from './functions';
import { patternRows } from './message-pattern';
import { PlainRow, type Row } from './row';
import { aggregates, type Gatherer } from './stats';

export const MOST_ROWS = 10_000;

/** Takes rows one by one and can tell at any moment what has come of them. */
export interface Stage {
  /** True when the row got as far as the first command that gathers. */
  push(row: Row): boolean;
  rows(): Row[];
}

/** Builds what runs a query's commands. `fromEvents`: its rows are events, newest first by default. */
export function buildStage(
  commands: readonly Command[],
  fromEvents: boolean,
  limit: number,
): Stage {
  const split = commands.findIndex((command) => gathers(command));
  const steps = commands.slice(0, split < 0 ? commands.length : split).map(stepOf);
  const gatherer = commands[split];
  const sink =
    gatherer === undefined ? defaultSink(fromEvents, limit) : sinkOf(gatherer, fromEvents);
  const events = fromEvents && gatherer?.kind !== 'stats' && gatherer?.kind !== 'pattern';
  return {
    push(row) {
      for (const step of steps) if (!step(row)) return false;
      sink.push(row);
      return true;
    },
    rows() {
      if (split < 0) return sink.rows();
      const rest = buildStage(commands.slice(split + 1), false, events ? limit : MOST_ROWS);
      for (const row of sink.rows()) rest.push(row);
      return rest.rows();
    },
  };
}

interface Sink {
  push(row: Row): void;
  rows(): Row[];
}

const gathers = ({ kind }: Command): boolean =>
  kind === 'stats' || kind === 'sort' || kind === 'limit' || kind === 'dedup' || kind === 'pattern';

/** What one command does to one row; false drops it. */
function stepOf(command: Command): (row: Row) => boolean {
  switch (command.kind) {
    case 'fields':
    case 'display': {
      const named = command.columns.filter((column) => column.name !== column.value.label);
      const computed = command.columns.filter((c) => !named.includes(c) && /[^\w.@]/.test(c.name));
      return (row) => {
        for (const { name, value } of [...named, ...computed]) row.set(name, value.of(row));
        return true;
      };
    }
    case 'filter':
      return (row) => isTrue(command.condition.of(row));
    case 'parse':
      return (row) => {
        const found = command.regex.exec(textOf(command.from.of(row)));
        if (found === null) return true;
        const groups = Object.values(found.groups ?? {});
        for (const [index, name] of command.names.entries()) {
          const value = found.groups === undefined ? found[index + 1] : groups[index];
          if (value !== undefined) row.set(name, value);
        }
        return true;
      };
    default:
      return () => true;
  }
}

function sinkOf(command: Command, fromEvents: boolean): Sink {
  switch (command.kind) {
    case 'stats':
      return new StatsSink(command);
    case 'sort':
      return new TopSink(comparer(command.keys), MOST_ROWS);
    case 'limit':
      return limitSink(command.count, command.last, fromEvents);
    case 'dedup':
      return dedupSink(command.by);
    case 'pattern':
      return patternRows(command.from);
    case 'fields':
    case 'display':
    case 'filter':
    case 'parse':
      throw new Error(`${command.kind} works row by row`);
    default:
      return assertNever(command);
  }
}

const newestFirst = (a: Row, b: Row): number => order(b.get('@timestamp'), a.get('@timestamp'));

const defaultSink = (fromEvents: boolean, limit: number): Sink =>
  fromEvents ? new TopSink(newestFirst, limit) : firstRows(limit);

function firstRows(limit: number): Sink {
  const rows: Row[] = [];
  return {
    push(row) {
      if (rows.length < limit) rows.push(row);
    },
    rows: () => rows,
  };
}

function limitSink(count: number, last: boolean, fromEvents: boolean): Sink {
  if (fromEvents) {
    return new TopSink(last ? (a, b) => newestFirst(b, a) : newestFirst, count);
  }
  if (!last) return firstRows(count);
  const rows: Row[] = [];
  return { push: (row) => void rows.push(row), rows: () => rows.slice(-count) };
}

function comparer(keys: readonly SortKey[]): (a: Row, b: Row) => number {
  return (a, b) => {
    for (const { value, descending } of keys) {
      const result = order(value.of(a), value.of(b));
      if (result !== 0) return descending ? -result : result;
    }
    return 0;
  };
}

/** The first `limit` rows by an order, without keeping all of them. */
class TopSink implements Sink {
  private kept: Row[] = [];
  private worst: Row | null = null;

  constructor(
    private readonly compare: (a: Row, b: Row) => number,
    private readonly limit: number,
  ) {}

  push(row: Row): void {
    if (this.worst !== null && this.compare(row, this.worst) >= 0) return;
    this.kept.push(row);
    if (this.kept.length >= this.limit * 2) this.prune();
  }

  rows(): Row[] {
    this.prune();
    return this.kept;
  }

  private prune(): void {
    this.kept.sort(this.compare);
    if (this.kept.length > this.limit) this.kept.length = this.limit;
    if (this.kept.length === this.limit) this.worst = this.kept.at(-1) ?? null;
  }
}

/** The first row of every combination; rows without the fields are all kept, as the service keeps them. */
function dedupSink(by: readonly Expression[]): Sink {
  const rows: Row[] = [];
  const seen = new Set<string>();
  return {
    push(row) {
      const values = by.map((expression) => expression.of(row));
      const key = JSON.stringify(values);
      if (values.every((value) => value !== null)) {
        if (seen.has(key)) return;
        seen.add(key);
      }
      if (rows.length < MOST_ROWS) rows.push(row);
    },
    rows: () => rows,
  };
}

interface Group {
  key: Row;
  gatherers: Gatherer[];
}

class StatsSink implements Sink {
  private readonly groups = new Map<string, Group>();

  constructor(private readonly command: Extract<Command, { kind: 'stats' }>) {}

  push(row: Row): void {
    const { by, calls } = this.command;
    const values = by.map(({ value }) => value.of(row));
    const id = by.length === 1 ? textOf(values[0] ?? null) : JSON.stringify(values);
    let group = this.groups.get(id);
    if (group === undefined) {
      const key = new PlainRow();
      for (const [index, { name }] of by.entries()) key.set(name, values[index] ?? null);
      const gatherers = calls.map(({ name, argument, second }) => {
        const make = aggregates.get(name);
        if (make === undefined) throw new Error(`no aggregate ${name}`);
        return make(argument, second);
      });
      group = { key, gatherers };
      this.groups.set(id, group);
    }
    for (const gatherer of group.gatherers) gatherer.add(row);
  }

  rows(): Row[] {
    return [...this.groups.values()].map(({ key, gatherers }) => this.rowOf(key, gatherers));
  }

  private rowOf(key: Row, gatherers: readonly Gatherer[]): Row {
    const row = new PlainRow();
    for (const { name } of this.command.by) row.set(name, key.get(name));
    for (const [index, { field }] of this.command.calls.entries()) {
      row.set(field, gatherers[index]?.result() ?? null);
    }
    for (const { name, value } of this.command.columns) row.set(name, value.of(row));
    return row;
  }
}
