import { z } from 'zod';
import type { LogEvent } from '../event';
import type { LogGroup } from '../log-group';

/** What a field of a row holds. Null: the row has no such field. */
export type Value = string | number | null;

/** What commands read from and add to. */
export interface Row {
  get(name: string): Value;
  set(name: string, value: Value): void;
}

/** A row that no event stands behind: a group of `stats`, a pattern. */
export class PlainRow implements Row {
  private readonly values = new Map<string, Value>();

  get(name: string): Value {
    return this.values.get(name) ?? null;
  }

  set(name: string, value: Value): void {
    this.values.set(name, value);
  }
}

const pointerSchema = z.tuple([z.string(), z.number(), z.number()]);

/** `@ptr` of an event: opaque to clients. */
export const pointerOf = (group: string, event: LogEvent): string =>
  Buffer.from(JSON.stringify([group, event.timestamp, event.key])).toString('base64');

/** Null for text that is no pointer. */
export function readPointer(
  text: string,
): { group: string; timestamp: number; key: number } | null {
  let raw: unknown;
  try {
    raw = JSON.parse(Buffer.from(text, 'base64').toString('utf8'));
  } catch {
    return null;
  }
  const parsed = pointerSchema.safeParse(raw);
  if (!parsed.success) return null;
  const [group, timestamp, key] = parsed.data;
  return { group, timestamp, key };
}

/** `2026-11-22 21:11:06.123`, as Insights writes times. */
export const timeText = (ms: number): string =>
  new Date(ms).toISOString().replace('T', ' ').replace('Z', '');

/** As many names of JSON fields as Insights discovers in one event. */
const DISCOVERED = 200;

/** An event as Insights sees it: its own fields, and those discovered in a JSON or Lambda message when asked. */
export class LogRow implements Row {
  private readonly own = new Map<string, Value>();
  private found: ReadonlyMap<string, Value> | null = null;

  constructor(
    readonly group: LogGroup,
    readonly event: LogEvent,
  ) {}

  get(name: string): Value {
    const set = this.own.get(name);
    if (set !== undefined) return set;
    const { event } = this;
    switch (name) {
      case '@message':
        return event.message;
      case '@timestamp':
        return event.timestamp;
      case '@ingestionTime':
        return event.ingestionTime;
      case '@logStream':
        return event.stream;
      case '@log':
        return `${this.group.arn.split(':')[4] ?? ''}:${this.group.name}`;
      case '@ptr':
        return pointerOf(this.group.name, event);
      default:
        this.found ??= discover(event.message);
        return this.found.get(name) ?? null;
    }
  }

  set(name: string, value: Value): void {
    this.own.set(name, value);
  }

  /** Everything there is, as text. */
  allFields(): Record<string, string> {
    const { event } = this;
    this.found ??= discover(event.message);
    return {
      ...Object.fromEntries([...this.found].map(([name, value]) => [name, String(value ?? '')])),
      '@timestamp': String(event.timestamp),
      '@ingestionTime': String(event.ingestionTime),
      '@message': event.message,
      '@logStream': event.stream,
      '@log': String(this.get('@log')),
    };
  }
}

function discover(message: string): ReadonlyMap<string, Value> {
  const found = new Map<string, Value>();
  const brace = message.indexOf('{');
  if (brace === 0 || (brace > 0 && message.includes('\t{'))) {
    collect(parse(message.slice(brace)), '', found);
  }
  if (message.startsWith('REPORT RequestId:')) report(message, found);
  const request = /(?:RequestId: |^[\d\-T:.]+Z\t)([0-9a-f-]{36})/.exec(message);
  if (request?.[1] !== undefined) {
    found.set('@requestId', request[1]);
    found.set('@type', /^(START|END|REPORT)/.exec(message)?.[1] ?? '');
  }
  return found;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Nested names with dots; elements of lists by number. A name that begins with @ gets a second one. */
function collect(value: unknown, prefix: string, found: Map<string, Value>): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [name, inner] of Object.entries(value)) {
    if (found.size >= DISCOVERED) return;
    const path = prefix === '' ? (name.startsWith('@') ? `@${name}` : name) : `${prefix}.${name}`;
    if (typeof inner === 'object') collect(inner, path, found);
    else if (typeof inner === 'string' || typeof inner === 'number') found.set(path, inner);
    else if (typeof inner === 'boolean') found.set(path, inner ? '1' : '0');
  }
}

const REPORT: readonly (readonly [string, RegExp, number])[] = [
  ['@duration', /\tDuration: ([\d.]+) ms/, 1],
  ['@billedDuration', /Billed Duration: ([\d.]+) ms/, 1],
  ['@initDuration', /Init Duration: ([\d.]+) ms/, 1],
  ['@memorySize', /Memory Size: (\d+) MB/, 1_000_000],
  ['@maxMemoryUsed', /Max Memory Used: (\d+) MB/, 1_000_000],
];

/** What Insights takes from Lambda's REPORT line; sizes in bytes. */
function report(message: string, found: Map<string, Value>): void {
  for (const [name, pattern, factor] of REPORT) {
    const value = pattern.exec(message)?.[1];
    if (value !== undefined) found.set(name, Number(value) * factor);
  }
}
