/** Ids by which a request can be followed from one group to another. */
import { jsonIn } from '../../../shared/logs/filter/json-path';
import { leavesOf, lineTree } from './json-tree';

export interface LineId {
  /** Where it was found: its field, or `id in the text`. */
  name: string;
  value: string;
}

const fieldNames =
  /(?:^|[._-])(?:@?request[_-]?id|trace[_-]?id|correlation[_-]?id|x[_-]amzn[_-]trace[_-]id|x[_-]request[_-]id|aws[_-]?request[_-]?id|invocation[_-]?id|session[_-]?id|order[_-]?id|job[_-]?id)$/i;
const named =
  /\b(@?request[_-]?id|trace[_-]?id|correlation[_-]?id|x-amzn-trace-id|x-request-id|aws[_-]?request[_-]?id)["']?\s*[:=]\s*["']?([\w.:;=@/+-]{4,200})/gi;
const uuid = /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi;
const xrayRoot = /\b1-[0-9a-f]{8}-[0-9a-f]{24}\b/gi;

/** In place of a field's name. */
export const ID_IN_TEXT = 'id in the text';
/** What can be an id: short, in one piece, and not any word. */
const usable = /^[\w.:;=@/+-]{4,200}$/;
const MOST_IDS = 8;
/** Where a text is looked through for ids (UTF-16 units). */
const LOOKED_THROUGH = 65_536;

/** A request's ids first, then trace, correlation and what else looks like an id; each value once. */
export function idsIn(line: string): LineId[] {
  const found = new Map<string, LineId>();
  const add = (name: string, value: string): void => {
    const id = traceRoot(value.trim().replace(/[;.,:]+$/, ''));
    const key = id.toLowerCase();
    if (usable.test(id) && /\d|-/.test(id) && !found.has(key)) found.set(key, { name, value: id });
  };
  const tree = jsonIn(line) === undefined ? null : lineTree(line);
  for (const leaf of tree === null ? [] : leavesOf(tree.root)) {
    if (leaf.kind === 'string' || leaf.kind === 'number') {
      if (fieldNames.test(leaf.path)) add(leaf.path, leaf.text);
    }
  }
  const text = line.slice(0, LOOKED_THROUGH);
  for (const match of text.matchAll(named)) add(match[1] ?? '', match[2] ?? '');
  for (const match of text.matchAll(xrayRoot)) add('X-Ray trace', match[0]);
  for (const match of text.matchAll(uuid)) add(ID_IN_TEXT, match[0]);
  return [...found.values()].sort((a, b) => rank(a.name) - rank(b.name)).slice(0, MOST_IDS);
}

/** Of `Root=1-…;Parent=…` the root: the rest differs from service to service. */
const traceRoot = (value: string): string => /\bRoot=([^;]+)/.exec(value)?.[1] ?? value;

const order = [/request/i, /trace/i, /correlation/i];
function rank(name: string): number {
  const at = order.findIndex((pattern) => pattern.test(name));
  return at === -1 ? order.length : at;
}

/** CloudWatch's filter pattern for lines that hold the id as it is. */
export const patternOf = (id: string): string => `"${id.replace(/["\\]/g, '\\$&')}"`;
