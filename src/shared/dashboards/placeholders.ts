/**
 * Placeholders that a dashboard's text leaves open: `${name}` of Terraform and CloudFormation, quoted or
 * bare. Each becomes an input; CloudWatch's own `${…}` of labels stay.
 */
import type { OffsetMap } from './json-source';
import type { DashboardInput, InputValues } from './read-result';

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/graph-dynamic-labels.html */
const DYNAMIC =
  /^(?:LABEL|AVG|MIN|MAX|SUM|DATAPOINT_COUNT|FIRST|LAST|(?:FIRST_LAST|MIN_MAX)_(?:TIME_)?RANGE|(?:FIRST|LAST|MIN|MAX)_TIME(?:_RELATIVE)?|PROP\([^)]{0,300}\))$/;

/** Whether the words between `${` and `}` are CloudWatch's own. */
export function isDynamicLabelPart(name: string): boolean {
  return DYNAMIC.test(name);
}

/** Longest name looked for after `${`: what is longer is text, not a placeholder. */
const MAX_NAME = 500;

interface Found {
  name: string;
  start: number;
  end: number;
}

/** `${…}` and `$${…}` in a text, in order; linear, because an unclosed one ends the search. */
function found(text: string): Found[] {
  const all: Found[] = [];
  let at = text.indexOf('${');
  while (at !== -1) {
    const close = text.indexOf('}', at + 2);
    if (close === -1) break;
    const name = text.slice(at + 2, close);
    if (name.length > 0 && name.length <= MAX_NAME) {
      all.push({ name, start: text[at - 1] === '$' ? at - 1 : at, end: close + 1 });
    }
    at = text.indexOf('${', close + 1);
  }
  return all;
}

/** Names still open in a text: of `${name}`, and `‹name›` as templates write what they could not resolve. */
export function openNames(text: string): string[] {
  const dollars = text.includes('${') ? found(text).map(({ name }) => name) : [];
  const quoted = text.includes('‹') ? [...text.matchAll(/‹([^‹›]{1,300})›/g)] : [];
  return [...dollars.filter((name) => !isDynamicLabelPart(name)), ...quoted.map((m) => m[1] ?? '')];
}

export function isOpen(text: string): boolean {
  return openNames(text).length > 0;
}

/** Where names come from and what stands for those that are open. */
export class Placeholders {
  private readonly names = new Set<string>();

  /**
   * @param literal names that are no placeholders in this file
   * @param open how an open one is written: `${name}` stays, or becomes `‹name›` where `${` has a meaning
   */
  constructor(
    private readonly values: InputValues,
    private readonly literal: ReadonlySet<string>,
    private readonly open: 'kept' | 'quoted',
  ) {}

  note(name: string): void {
    this.names.add(name);
  }

  /** The value with the picked ones filled in everywhere: keys stay, strings change. */
  fill(value: unknown): unknown {
    if (typeof value === 'string') return this.fillText(value);
    if (Array.isArray(value)) return value.map((item) => this.fill(item));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, this.fill(item)]));
  }

  inputs(): DashboardInput[] {
    return [...this.names].map((name) => ({
      id: name,
      label: name,
      description: null,
      kind: 'unresolved',
      control: 'text',
      choices: [],
      from: null,
      multiple: false,
      visible: true,
      defaultValue: null,
      value: picked(this.values, name),
    }));
  }

  private fillText(given: string): string {
    const text = this.open === 'kept' && given.includes('{{') ? unbraced(given) : given;
    if (!text.includes('${')) return text;
    let result = '';
    let at = 0;
    for (const { name, start, end } of found(text)) {
      result += text.slice(at, start) + this.textOf(name);
      at = end;
    }
    return result + text.slice(at);
  }

  private textOf(name: string): string {
    // `${!NAME}` is how Fn::Sub writes a literal `${NAME}`.
    const plain = name.startsWith('!') ? name.slice(1) : name;
    if (name !== plain || isDynamicLabelPart(plain) || this.literal.has(plain))
      return `\${${plain}}`;
    this.names.add(plain);
    const value = picked(this.values, plain);
    if (value !== null) return value;
    return this.open === 'kept' ? `\${${plain}}` : `‹${plain}›`;
  }
}

/** `{{YOUR_REGION}}`, as guides write what people are to fill in, made `${YOUR_REGION}`. */
function unbraced(text: string): string {
  return text.replaceAll(/\{\{([A-Z][A-Z0-9_]{1,100})\}\}/g, (whole, name: string) =>
    isDynamicLabelPart(name) ? whole : `\${${name}}`,
  );
}

/** What was picked; never something inherited from Object. */
export function picked(values: InputValues, id: string): string | null {
  return Object.hasOwn(values, id) ? (values[id] ?? null) : null;
}

/** A template made into JSON, and what was found in it. */
export interface Untemplated {
  text: string;
  toOriginal: OffsetMap;
  /** Names that stood bare. */
  names: string[];
  /** `%{ … }` with their offsets in the original: what they would do is not done. */
  directives: { text: string; offset: number }[];
}

/**
 * Makes JSON of a Terraform template: bare `${name}` become their values or quoted placeholders, quotes
 * within `${…}` inside a string become apostrophes, directives become blanks. Places can be mapped back.
 */
export function untemplate(text: string, values: InputValues): Untemplated {
  const pieces: string[] = [];
  const shifts: { at: number; by: number }[] = [];
  const names: string[] = [];
  const directives: { text: string; offset: number }[] = [];
  let quoted = false;
  let at = 0;
  let copied = 0;
  let length = 0;
  const replace = (end: number, by: string): void => {
    pieces.push(text.slice(copied, at), by);
    length += at - copied + by.length;
    shifts.push({ at: length, by: end - length });
    at = end;
    copied = end;
  };
  while (at < text.length) {
    const char = text[at];
    const opens = (char === '$' || char === '%') && text[at + 1] === '{';
    const end = opens ? closingBrace(text, at + 2) : -1;
    if (end !== -1) {
      const inside = text.slice(at + 2, end - 1).trim();
      if (char === '%') {
        directives.push({ text: text.slice(at, end), offset: at });
        if (quoted) at = end;
        else replace(end, ' ');
      } else if (quoted) replace(end, `\${${inside.replaceAll('"', "'")}}`);
      else {
        const name = inside.replaceAll('"', "'");
        names.push(name);
        replace(end, bareValue(name, values));
      }
      continue;
    }
    if (quoted && char === '\\') at += 1;
    else if (char === '"') quoted = !quoted;
    else if (char === '\n') quoted = false;
    at += 1;
  }
  pieces.push(text.slice(copied));
  return { text: pieces.join(''), toOriginal: offsetMap(shifts), names, directives };
}

function bareValue(name: string, values: InputValues): string {
  const value = picked(values, name);
  if (value === null) return JSON.stringify(`\${${name}}`);
  try {
    JSON.parse(value);
    return value;
  } catch {
    // Not JSON by itself, so it stands for text.
    return JSON.stringify(value);
  }
}

/** Offset after the brace that closes; −1 when the line or the longest name ends first. */
function closingBrace(text: string, from: number): number {
  let depth = 1;
  const limit = Math.min(text.length, from + MAX_NAME);
  for (let at = from; at < limit; at += 1) {
    const char = text[at];
    if (char === '\n') return -1;
    if (char === '{') depth += 1;
    if (char === '}') {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return -1;
}

function offsetMap(shifts: readonly { at: number; by: number }[]): OffsetMap {
  return (offset) => {
    let low = 0;
    let high = shifts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((shifts[middle]?.at ?? 0) <= offset) low = middle + 1;
      else high = middle;
    }
    return offset + (shifts[low - 1]?.by ?? 0);
  };
}
