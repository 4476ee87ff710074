import {
  checkComparison,
  compare,
  type Operand,
  type Operator,
  readOperand,
  readOperator,
} from './condition';
import type { Pattern } from './pattern';
import { invalidPattern } from './pattern-error';

interface Comparison {
  operator: Operator;
  operand: Operand;
}

interface Field {
  /** Null for a place without a name. */
  name: string | null;
  /** Alternatives of conditions that hold together; empty: anything goes. */
  any: Comparison[][];
}

const NAME = /^[\p{L}_][\p{L}\p{N}_-]*/u;

/** Fields between spaces; what is in brackets or double quotes is one field. `...` stands for any number of them. */
export function delimitedPattern(text: string): Pattern {
  const fields = splitFields(text).map((field) => (field === '...' ? 'rest' : readField(field)));
  const rest = fields.indexOf('rest');
  if (rest >= 0 && fields.includes('rest', rest + 1)) throw invalidPattern();
  const before = fieldsOf(rest < 0 ? fields : fields.slice(0, rest));
  const after = fieldsOf(rest < 0 ? [] : fields.slice(rest + 1));
  const align = (message: string): { value: string; field: Field | null }[] | null => {
    const values = splitMessage(message);
    const fixed = before.length + after.length;
    if (rest < 0 ? values.length !== fixed : values.length < fixed) return null;
    const tail = values.length - after.length;
    return values.map((value, index) => ({
      value,
      field:
        (index < before.length ? before[index] : index >= tail ? after[index - tail] : null) ??
        null,
    }));
  };
  return {
    matches: (message) =>
      align(message)?.every(({ value, field }) => field === null || fits(value, field)) ?? false,
    extract: (message) =>
      Object.fromEntries(
        (align(message) ?? []).map(({ value, field }, index) => [
          `$${field?.name ?? String(index + 1)}`,
          value,
        ]),
      ),
  };
}

const fieldsOf = (fields: readonly (Field | 'rest')[]): Field[] =>
  fields.filter((field): field is Field => field !== 'rest');

const fits = (value: string, field: Field): boolean =>
  field.any.length === 0 ||
  field.any.some((all) => all.every((c) => compare(value, c.operator, c.operand)));

/** At commas outside quotes and regular expressions. */
function splitFields(text: string): string[] {
  const parts: string[] = [];
  let part = '';
  let closing: string | null = null;
  for (const letter of text) {
    if (closing === null && (letter === '"' || letter === '%')) closing = letter;
    else if (letter === closing) closing = null;
    if (letter === ',' && closing === null) {
      parts.push(part.trim());
      part = '';
    } else part += letter;
  }
  if (closing !== null) throw invalidPattern();
  return [...parts, part.trim()];
}

/** `name`, or conditions on it: `name = 4* && name != 404`. */
function readField(text: string): Field {
  if (text === '' || text === '*') return { name: null, any: [] };
  let at = 0;
  let name: string | null = null;
  const any: Comparison[][] = [[]];
  for (;;) {
    at = skip(text, at);
    const found = NAME.exec(text.slice(at))?.[0];
    if (found === undefined) throw invalidPattern();
    if (name !== null && found !== name) throw invalidPattern();
    name = found;
    at = skip(text, at + found.length);
    if (at >= text.length) {
      if (any.length > 1 || (any[0]?.length ?? 0) > 0) throw invalidPattern();
      return { name, any: [] };
    }
    const [operator, afterOperator] = readOperator(text, at);
    const [operand, next] = readOperand(text, skip(text, afterOperator));
    checkComparison(operator, operand);
    any.at(-1)?.push({ operator, operand });
    at = skip(text, next);
    if (at >= text.length) return { name, any };
    if (text.startsWith('||', at)) any.push([]);
    else if (!text.startsWith('&&', at)) throw invalidPattern();
    at += 2;
  }
}

function skip(text: string, at: number): number {
  let next = at;
  while (/\s/.test(text[next] ?? '')) next += 1;
  return next;
}

const CLOSING: Readonly<Record<string, string>> = { '[': ']', '"': '"' };

function splitMessage(message: string): string[] {
  const values: string[] = [];
  let at = 0;
  while (at < message.length) {
    if (/\s/.test(message[at] ?? '')) {
      at += 1;
      continue;
    }
    const closing = CLOSING[message[at] ?? ''];
    const end = closing === undefined ? -1 : message.indexOf(closing, at + 1);
    if (end > 0) {
      values.push(message.slice(at + 1, end));
      at = end + 1;
    } else {
      const space = message.slice(at).search(/\s/);
      const stop = space < 0 ? message.length : at + space;
      values.push(message.slice(at, stop));
      at = stop;
    }
  }
  return values;
}
