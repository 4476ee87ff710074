/** Reads fields of untrusted JSON: the right type or a problem with its place, never an exception. */
import { fieldName } from './json-source';
import type { FieldPath, JsonSource } from './json-source';
import { isOpen } from './placeholders';
import type { TextProblem } from './read-result';

/** A file that is wrong everywhere is wrong in the same way everywhere. */
const MAX_PROBLEMS = 300;

export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Problems of one text, with their places in it. */
export class Problems {
  readonly list: TextProblem[] = [];
  private left = 0;

  constructor(private readonly source: Pick<JsonSource, 'positionOf'>) {}

  add(level: TextProblem['level'], path: FieldPath, message: string, advice = ''): void {
    if (this.list.length >= MAX_PROBLEMS) {
      this.left += 1;
      return;
    }
    const place = this.source.positionOf(path);
    this.list.push({
      level,
      message,
      advice,
      line: place?.line ?? null,
      column: place?.column ?? null,
      field: fieldName(path),
    });
  }

  /** The problems found; what did not fit is counted, not dropped. */
  all(): TextProblem[] {
    if (this.left === 0) return this.list;
    const message = `${this.left} further problems are not listed.`;
    return [
      ...this.list,
      { level: 'warning', message, advice: '', line: null, column: null, field: null },
    ];
  }
}

/** What a widget says of itself beside the list of the file's problems. */
export class Notes {
  readonly sentences: string[] = [];

  constructor(readonly problems: Problems) {}

  say(path: FieldPath, message: string, advice = ''): void {
    if (!this.sentences.includes(message)) this.sentences.push(message);
    this.problems.add('warning', path, message, advice);
  }
}

/** One object's fields, each asked for once; `finish` names those that nobody asked for. */
export class Fields {
  private readonly asked = new Set<string>();

  constructor(
    readonly object: JsonObject,
    readonly path: FieldPath,
    readonly notes: Notes,
  ) {}

  at(key: string): FieldPath {
    return [...this.path, key];
  }

  has(key: string): boolean {
    return Object.hasOwn(this.object, key) && this.object[key] !== null;
  }

  raw(key: string): unknown {
    this.asked.add(key);
    return Object.hasOwn(this.object, key) ? this.object[key] : undefined;
  }

  text(key: string): string | null {
    const value = this.raw(key);
    if (value === undefined || value === null) return null;
    if (typeof value === 'string') return value;
    if (typeof value === 'number' || typeof value === 'boolean') {
      this.notes.say(this.at(key), `${key} is text in quotes; ${String(value)} is read as text.`);
      return String(value);
    }
    this.wrong(key, 'text');
    return null;
  }

  /** Text of which nothing is known yet counts as absent: the input is listed already. */
  settledText(key: string): string | null {
    const value = this.text(key);
    return value === null || isOpen(value) || value === '' ? null : value;
  }

  number(key: string): number | null {
    const value = this.raw(key);
    if (value === undefined || value === null) return null;
    if (typeof value === 'number' && Number.isFinite(value)) return value;
    if (typeof value === 'string') {
      if (isOpen(value)) return null;
      const number = Number(value);
      if (value.trim() !== '' && Number.isFinite(number)) {
        this.notes.say(
          this.at(key),
          `${key} is a number without quotes; "${value}" is read as one.`,
        );
        return number;
      }
    }
    this.wrong(key, 'a number');
    return null;
  }

  boolean(key: string, fallback: boolean): boolean {
    const value = this.raw(key);
    if (value === undefined || value === null) return fallback;
    if (typeof value === 'boolean') return value;
    if (typeof value === 'string') {
      if (isOpen(value)) return fallback;
      if (value === 'true' || value === 'false') {
        this.notes.say(this.at(key), `${key} is ${value} without quotes; the text is read as it.`);
        return value === 'true';
      }
    }
    this.wrong(key, 'true or false');
    return fallback;
  }

  choice<T extends string>(key: string, choices: readonly T[], fallback: T): T {
    const value = this.settledText(key);
    if (value === null) return fallback;
    const found = choices.find((choice) => choice === value);
    if (found !== undefined) return found;
    const loose = choices.find((choice) => choice.toLowerCase() === value.toLowerCase());
    const message = `${key} cannot be "${shorten(value)}"; ${loose ?? fallback} is used.`;
    this.notes.say(this.at(key), message, `It is one of ${choices.join(', ')}.`);
    return loose ?? fallback;
  }

  array(key: string): readonly unknown[] {
    const value = this.raw(key);
    if (value === undefined || value === null) return [];
    if (Array.isArray(value)) return value;
    if (typeof value !== 'string' || !isOpen(value)) this.wrong(key, 'a list');
    return [];
  }

  texts(key: string): string[] {
    return this.array(key).flatMap((item, index) => {
      if (typeof item === 'string') return [item];
      this.notes.say([...this.at(key), index], `An entry of ${key} is not text and is left out.`);
      return [];
    });
  }

  child(key: string): Fields | null {
    const value = this.raw(key);
    if (value === undefined || value === null) return null;
    if (isObject(value)) return new Fields(value, this.at(key), this.notes);
    if (typeof value !== 'string' || !isOpen(value)) this.wrong(key, 'an object');
    return null;
  }

  /** `#rrggbb` in lower case; three digits are widened. */
  color(key: string): string | null {
    const value = this.settledText(key);
    if (value === null) return null;
    const digits = /^#?([0-9a-f]{6}|[0-9a-f]{3})$/i.exec(value.trim())?.[1]?.toLowerCase();
    if (digits === undefined) {
      this.notes.say(this.at(key), `The colour "${shorten(value)}" is not of the form #rrggbb.`);
      return null;
    }
    if (digits.length === 6) return `#${digits}`;
    return `#${[...digits].map((digit) => digit + digit).join('')}`;
  }

  /** Names what nobody asked for, so that nothing is dropped in silence. */
  finish(unhonoured: Readonly<Record<string, string>> = {}): void {
    for (const key of Object.keys(this.object)) {
      if (this.asked.has(key)) continue;
      const known = Object.hasOwn(unhonoured, key) ? unhonoured[key] : undefined;
      this.notes.say(
        this.at(key),
        known ?? `The field ${shorten(key)} is not part of the grammar here and changes nothing.`,
      );
    }
  }

  private wrong(key: string, what: string): void {
    this.notes.say(this.at(key), `${key} must be ${what}; it is left out.`);
  }
}

/** At most 60 characters of a file's text within a sentence. */
export function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
