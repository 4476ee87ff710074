/** What a row says, read out of its line: level, message, fields. Read once a row and kept while the row is. */
import { jsonIn, scalarsOf, valuesAt } from '../../../shared/logs/filter/json-path';
import { mendGarbled } from '../../../shared/logs/garbled';
import { levelOf, levelOfText, levelPaths } from '../../../shared/logs/log-event';
import type { LogLevel } from '../../../shared/logs/log-event';
import { stripAnsi } from '../../../shared/logs/ansi';
import type { EventRow } from './row-pages';

export interface EventWords {
  level: LogLevel | null;
  /** The message of a JSON line, else the line; garbled text mended. */
  message: string;
  /** The message was garbled. */
  mended: boolean;
  /** The line's object; undefined for plain text. */
  json: unknown;
}

const known = new WeakMap<EventRow, EventWords>();
const MESSAGE_FIELDS = ['message', 'msg', 'error.message', 'errorMessage', 'log', '@message'];

export function wordsOf(row: EventRow): EventWords {
  const before = known.get(row);
  if (before !== undefined) return before;
  const json = jsonIn(row.text);
  const line = stripAnsi(row.text);
  const text = json === undefined ? line : (messageIn(json) ?? line);
  const mended = mendGarbled(text);
  const words = {
    level: json === undefined ? levelOfText(line) : (levelIn(json) ?? levelOfText(line)),
    message: mended?.text ?? text,
    mended: mended !== null,
    json,
  };
  known.set(row, words);
  return words;
}

/** A field's values in one cell; empty where the line has none. */
export function fieldText(row: EventRow, path: string): string {
  const { json } = wordsOf(row);
  if (json === undefined) return '';
  return valuesAt(json, path)
    .map((value) => {
      const scalars = scalarsOf(value);
      return scalars.length > 0 ? scalars.map(String).join(', ') : JSON.stringify(value);
    })
    .join(', ');
}

function levelIn(json: unknown): LogLevel | null {
  for (const field of levelPaths) {
    const level = levelOf(valuesAt(json, field)[0]);
    if (level !== null) return level;
  }
  return null;
}

function messageIn(json: unknown): string | null {
  for (const field of MESSAGE_FIELDS) {
    const value = valuesAt(json, field)[0];
    if (typeof value === 'string' && value !== '') return stripAnsi(value);
  }
  return null;
}
