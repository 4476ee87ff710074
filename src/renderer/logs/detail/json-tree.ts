/** JSON of a line as a tree that keeps every number's digits and every key's place, which parsing alone would not. */

export interface JsonNode {
  /** Its key, or its number in an array; empty for the whole. */
  key: string;
  /** As the local filter names it: elements of arrays have their array's. */
  path: string;
  kind: 'object' | 'array' | 'string' | 'number' | 'boolean' | 'null';
  /** The value as the line spells it; of an object or array its first characters. */
  token: string;
  /** What the value says: a string without its quotes and escapes, else the token. */
  text: string;
  children: readonly JsonNode[];
}

export interface LineTree {
  root: JsonNode;
  /** What stands before the JSON, such as a time and a level. */
  before: string;
}

/** Of longer lines no tree is made; they are shown as text (UTF-16 units). */
const MAX_TREE = 2 ** 20;
/** Deeper values are shown as they are spelled. */
const MAX_DEPTH = 200;

const tokenPattern = /"(?:\\.|[^"\\])*"|[{}[\],:]|[^\s{}[\],:"]+/g;

/** Null where the line does not end in a JSON object or array. */
export function lineTree(text: string): LineTree | null {
  if (text.length > MAX_TREE) return null;
  const from = text.search(/[[{]/);
  if (from === -1) return null;
  const json = text.slice(from);
  try {
    JSON.parse(json);
  } catch {
    // Not JSON: the line is shown as text.
    return null;
  }
  const root = new Reader(json.match(tokenPattern) ?? []).value('', '', 0);
  return { root, before: text.slice(0, from).trim() };
}

/** Reads tokens of a text that is known to be JSON. */
class Reader {
  private at = 0;

  constructor(private readonly tokens: readonly string[]) {}

  value(key: string, path: string, depth: number): JsonNode {
    const token = this.take();
    if (token === '{') return this.object(key, path, depth);
    if (token === '[') return this.array(key, path, depth);
    const kind = kindOf(token);
    return {
      key,
      path,
      kind,
      token,
      text: kind === 'string' ? spoken(token) : token,
      children: [],
    };
  }

  private object(key: string, path: string, depth: number): JsonNode {
    if (depth >= MAX_DEPTH) return this.asSpelled(key, path, '{');
    const children: JsonNode[] = [];
    while (this.peek() !== '}') {
      if (this.peek() === ',') this.at += 1;
      const name = spoken(this.take());
      this.at += 1;
      children.push(this.value(name, path === '' ? name : `${path}.${name}`, depth + 1));
    }
    this.at += 1;
    return { key, path, kind: 'object', token: '{…}', text: '', children };
  }

  private array(key: string, path: string, depth: number): JsonNode {
    if (depth >= MAX_DEPTH) return this.asSpelled(key, path, '[');
    const children: JsonNode[] = [];
    while (this.peek() !== ']') {
      if (this.peek() === ',') this.at += 1;
      children.push(this.value(String(children.length), path, depth + 1));
    }
    this.at += 1;
    return { key, path, kind: 'array', token: '[…]', text: '', children };
  }

  /** To the bracket that closes the one just taken. */
  private asSpelled(key: string, path: string, first: string): JsonNode {
    const parts = [first];
    for (let open = 1; open > 0;) {
      const token = this.take();
      parts.push(token);
      if (token === '{' || token === '[') open += 1;
      else if (token === '}' || token === ']') open -= 1;
    }
    const text = parts.join('');
    return { key, path, kind: 'string', token: text, text, children: [] };
  }

  private peek(): string {
    const token = this.tokens[this.at];
    if (token === undefined) throw new Error('JSON ended too early.');
    return token;
  }

  private take(): string {
    const token = this.peek();
    this.at += 1;
    return token;
  }
}

function kindOf(token: string): JsonNode['kind'] {
  if (token.startsWith('"')) return 'string';
  if (token === 'null') return 'null';
  return token === 'true' || token === 'false' ? 'boolean' : 'number';
}

const spoken = (token: string): string => String(JSON.parse(token));

/** Every value that is no object or array, in the line's order. */
export function leavesOf(node: JsonNode): JsonNode[] {
  return node.kind === 'object' || node.kind === 'array' ? node.children.flatMap(leavesOf) : [node];
}

/** JSON of one value, its numbers as they came. */
export function jsonOf(node: JsonNode): string {
  switch (node.kind) {
    case 'object':
      return `{${node.children.map((one) => `${JSON.stringify(one.key)}:${jsonOf(one)}`).join(',')}}`;
    case 'array':
      return `[${node.children.map(jsonOf).join(',')}]`;
    default:
      return node.token;
  }
}
