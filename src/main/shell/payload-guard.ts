/** Cheap refusal of payloads no honest page sends, before any schema looks at them. */

/** Above `app.copyText`'s 5,000,000 characters, the largest argument of the contract. */
const MAX_CHARACTERS = 6_000_000;
const MAX_NODES = 250_000;
const MAX_DEPTH = 24;

/**
 * Why a structured-cloned value is refused, or null when it may go on to its schema.
 * Bounded in time: stops at the first limit it meets.
 */
export function refusePayload(payload: unknown): string | null {
  const pending: { value: unknown; depth: number }[] = [{ value: payload, depth: 0 }];
  let characters = 0;
  let nodes = 0;
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    nodes += 1;
    if (nodes > MAX_NODES) return 'too many values';
    if (next.depth > MAX_DEPTH) return 'nested too deep';
    const { value } = next;
    if (typeof value === 'string') characters += value.length;
    if (characters > MAX_CHARACTERS) return 'too long';
    if (typeof value !== 'object' || value === null) {
      if (!isPlainScalar(value)) return 'not plain data';
      continue;
    }
    if (Array.isArray(value) && value.length > MAX_NODES) return 'too many values';
    const children = childrenOf(value);
    if (children === null) return 'not plain data';
    if (children.length + nodes > MAX_NODES) return 'too many values';
    for (const [name, child] of children) {
      if (name === '__proto__') return 'names a prototype';
      characters += name.length;
      pending.push({ value: child, depth: next.depth + 1 });
    }
  }
  return null;
}

function isPlainScalar(value: unknown): boolean {
  switch (typeof value) {
    case 'string':
    case 'number':
    case 'boolean':
    case 'undefined':
      return true;
    default:
      return value === null;
  }
}

/** Maps, dates, typed arrays and the like pass structured clone; the contract has none as arguments. */
function childrenOf(value: object): [string, unknown][] | null {
  if (Array.isArray(value)) {
    return value.map((child: unknown): [string, unknown] => ['', child]);
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null ? Object.entries(value) : null;
}
