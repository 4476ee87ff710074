import {
  checkComparison,
  compare,
  type Operand,
  type Operator,
  readOperand,
  readOperator,
} from './condition';
import type { Pattern } from './pattern';
import { invalidPattern, invalidTerm } from './pattern-error';

type Step = { name: string } | { index: number } | 'any';

type Node =
  | { kind: 'and' | 'or'; parts: Node[] }
  | { kind: 'compare'; path: Step[]; operator: Operator; operand: Operand }
  | { kind: 'is'; path: Step[]; value: true | false | null }
  | { kind: 'exists'; path: Step[]; wanted: boolean };

const REGEX_LIMIT = 2;

/** A condition over a JSON message; what is no JSON object or array never matches. */
export function jsonPattern(text: string): Pattern {
  const reader = new JsonReader(text);
  const root = reader.or();
  if (!reader.atEnd()) throw invalidPattern();
  if (reader.regexes > REGEX_LIMIT) throw invalidPattern();
  return {
    matches: (message) => {
      const value = parse(message);
      return value !== undefined && holds(root, value);
    },
    extract: (message) => extract(root, parse(message)),
  };
}

class JsonReader {
  private at = 0;
  regexes = 0;

  constructor(private readonly text: string) {}

  atEnd(): boolean {
    this.skip();
    return this.at >= this.text.length;
  }

  or(): Node {
    const parts = [this.and()];
    while (this.take('||')) parts.push(this.and());
    const [only] = parts;
    return parts.length === 1 && only !== undefined ? only : { kind: 'or', parts };
  }

  private and(): Node {
    const parts = [this.unit()];
    while (this.take('&&')) parts.push(this.unit());
    const [only] = parts;
    return parts.length === 1 && only !== undefined ? only : { kind: 'and', parts };
  }

  private unit(): Node {
    if (this.take('(')) {
      const inside = this.or();
      if (!this.take(')')) throw invalidPattern();
      return inside;
    }
    const path = this.path();
    if (this.word('NOT')) {
      if (!this.word('EXISTS')) throw invalidPattern();
      return { kind: 'exists', path, wanted: false };
    }
    if (this.word('EXISTS')) return { kind: 'exists', path, wanted: true };
    if (this.word('IS')) return { kind: 'is', path, value: this.literal() };
    this.skip();
    const [operator, afterOperator] = readOperator(this.text, this.at);
    this.at = afterOperator;
    this.skip();
    if (this.text[this.at] === '%') this.regexes += 1;
    const [operand, next] = readOperand(this.text, this.at);
    this.at = next;
    checkComparison(operator, operand);
    return { kind: 'compare', path, operator, operand };
  }

  private literal(): true | false | null {
    if (this.word('TRUE')) return true;
    if (this.word('FALSE')) return false;
    if (this.word('NULL')) return null;
    throw invalidPattern();
  }

  private path(): Step[] {
    this.skip();
    if (this.text[this.at] !== '$') {
      throw invalidTerm(/^\S+/.exec(this.text.slice(this.at))?.[0] ?? '');
    }
    this.at += 1;
    const steps: Step[] = [];
    for (;;) {
      const rest = this.text.slice(this.at);
      const step =
        /^\.([\p{L}\p{N}_@-]+)/u.exec(rest) ??
        /^\.?\["([^"]+)"\]/.exec(rest) ??
        /^\.?\['([^']+)'\]/.exec(rest);
      const index = /^\[(\d+|\*)\]/.exec(rest);
      const any = /^\.\*/.exec(rest);
      if (step !== null) steps.push({ name: step[1] ?? '' });
      else if (index !== null) steps.push(index[1] === '*' ? 'any' : { index: Number(index[1]) });
      else if (any !== null) steps.push('any');
      else break;
      this.at += (step ?? index ?? any)?.[0].length ?? 0;
    }
    if (steps.length === 0) throw invalidPattern();
    return steps;
  }

  private take(token: string): boolean {
    this.skip();
    if (!this.text.startsWith(token, this.at)) return false;
    this.at += token.length;
    return true;
  }

  private word(word: string): boolean {
    this.skip();
    const found = this.text.slice(this.at, this.at + word.length);
    const next = this.text[this.at + word.length] ?? ' ';
    if (found.toUpperCase() !== word || /\w/.test(next)) return false;
    this.at += word.length;
    return true;
  }

  private skip(): void {
    while (/\s/.test(this.text[this.at] ?? '')) this.at += 1;
  }
}

/** Undefined for what is no JSON object or array. */
function parse(message: string): unknown {
  const first = message.trimStart()[0];
  if (first !== '{' && first !== '[') return undefined;
  try {
    return JSON.parse(message);
  } catch {
    return undefined;
  }
}

function holds(node: Node, root: unknown): boolean {
  switch (node.kind) {
    case 'and':
      return node.parts.every((part) => holds(part, root));
    case 'or':
      return node.parts.some((part) => holds(part, root));
    case 'is':
      return valuesAt(root, node.path).includes(node.value);
    case 'exists':
      return valuesAt(root, node.path).length > 0 === node.wanted;
    case 'compare':
      // A selector has to lead to text, a number or a flag; elsewhere neither = nor != holds.
      return valuesAt(root, node.path).some((value) => {
        const plain = plainOf(value);
        return plain !== null && compare(plain, node.operator, node.operand);
      });
  }
}

function plainOf(value: unknown): string | number | null {
  if (typeof value === 'string' || typeof value === 'number') return value;
  return typeof value === 'boolean' ? String(value) : null;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Everything a path leads to; empty where it leads nowhere. */
function valuesAt(root: unknown, path: readonly Step[]): unknown[] {
  let here: unknown[] = [root];
  for (const step of path) {
    here = here.flatMap((value) => {
      if (step === 'any') {
        if (Array.isArray(value)) return value;
        return isObject(value) ? Object.values(value) : [];
      }
      if ('index' in step) {
        return Array.isArray(value) && step.index < value.length ? [value[step.index]] : [];
      }
      return isObject(value) && Object.hasOwn(value, step.name) ? [value[step.name]] : [];
    });
  }
  return here;
}

function extract(node: Node, root: unknown): Record<string, string> {
  return Object.fromEntries(
    pathsOf(node).flatMap((path) => {
      const value = plainOf(valuesAt(root, path)[0]);
      return value === null ? [] : [[pathText(path), String(value)]];
    }),
  );
}

const pathsOf = (node: Node): Step[][] =>
  'parts' in node ? node.parts.flatMap(pathsOf) : [node.path];

const pathText = (path: readonly Step[]): string =>
  `$${path
    .map((step) => (step === 'any' ? '[*]' : 'index' in step ? `[${step.index}]` : `.${step.name}`))
    .join('')}`;
