/** Where in a runbook the cursor stands, whatever the text around it lacks still. */
import { isMap, isPair, isScalar, isSeq, LineCounter, parseDocument, visit } from 'yaml';
import type { Document } from 'yaml';

type Path = readonly (string | number)[];

/** A field's name, a value, or an expression is being written. */
export type Cursor =
  | {
      kind: 'field' | 'value';
      /** Of the map the field is in, or of the value. */
      path: Path;
      /** What is written of it already begins here. */
      from: number;
      /** Names of the fields of the map that are there. */
      there: readonly string[];
      /** The value of a field that stands beside, or in a map above. */
      valueAt(path: Path): unknown;
    }
  | {
      kind: 'expression';
      /** `$steps.on` */
      word: string;
      from: number;
      path: Path;
      valueAt(path: Path): unknown;
    };

/** Stands for what is being written, so that the text around it can be read. */
const MARK = 'nightdeskCursorHere';
/** What may stand in the name of a field or in one of its words. */
const wordPattern = /[\w$./-]*$/;
/** Fields that are expressions as a whole. */
const bareExpression = /^\s*(?:- )?(?:\{\s*)?(if|forEach|that):\s+\S/;

/** @param at UTF-16 units into the text */
export function cursorAt(text: string, at: number): Cursor | null {
  const lineStart = text.lastIndexOf('\n', at - 1) + 1;
  const line = text.slice(lineStart, at);
  if (/(^|\s)#/.test(line) && !/['"]/.test(line)) return null;
  const expression = expressionAt(text, at, line);
  if (expression !== null) return expression;

  const word = wordPattern.exec(line)?.[0] ?? '';
  const from = at - word.length;
  const before = line.slice(0, line.length - word.length);
  const end = at + (/^[\w$./-]*/.exec(text.slice(at, at + 200))?.[0].length ?? 0);
  const after = /^[^\n]*/.exec(text.slice(end))?.[0] ?? '';
  const asField = /^\s*(- +)*$/.test(before) || /[{,]\s*$/.test(before);
  // A name is followed by its colon; without one it would not be a name yet.
  const mark = asField && !/^\s*:/.test(after) ? `${MARK}: 0` : MARK;
  const rest = `${asField ? closing(after) : after}${text.slice(end + after.length)}`;
  const marked = `${text.slice(0, from)}${mark}${rest}`;
  const found = find(marked);
  if (found === null) return null;
  return { ...found, from };
}

/** What follows on the line of a field that is begun is left out, but for what ends the map it is in. */
const closing = (after: string): string => (/^\s*[:},\]]/.test(after) ? after : '');

interface Found {
  kind: 'field' | 'value';
  path: Path;
  there: readonly string[];
  valueAt(path: Path): unknown;
}

function find(text: string): Found | null {
  const document = parseDocument(text, { lineCounter: new LineCounter(), logLevel: 'silent' });
  let found: Found | null = null;
  const valueAt = (path: Path): unknown => plainAt(document, path);
  visit(document, {
    Scalar(key, node, ancestors) {
      if (typeof node.value !== 'string' || !node.value.includes(MARK)) return;
      const path = pathOf([...ancestors, node]);
      if (key === 'key') {
        const map = ancestors.findLast((one) => isMap(one));
        const there = (map?.items ?? []).flatMap((pair) =>
          isScalar(pair.key) && typeof pair.key.value === 'string' && pair.key !== node
            ? [pair.key.value]
            : [],
        );
        found = { kind: 'field', path: path.slice(0, -1), there, valueAt };
      } else {
        found = { kind: 'value', path, there: [], valueAt };
      }
      return visit.BREAK;
    },
  });
  return found;
}

function pathOf(nodes: readonly unknown[]): Path {
  return nodes.flatMap((node, i): (string | number)[] => {
    if (isPair(node)) return isScalar(node.key) ? [String(node.key.value)] : ['?'];
    const parent = nodes[i - 1];
    return isSeq(parent) ? [parent.items.indexOf(node)] : [];
  });
}

function plainAt(document: Document, path: Path): unknown {
  const node: unknown = path.length === 0 ? document.contents : document.getIn(path, true);
  if (isScalar(node)) return node.value;
  if (isSeq(node)) return node.items.map((_, i) => plainAt(document, [...path, i]));
  if (!isMap(node)) return undefined;
  const entries = node.items.flatMap(({ key }): [string, unknown][] =>
    isScalar(key) && typeof key.value === 'string'
      ? [[key.value, plainAt(document, [...path, key.value])]]
      : [],
  );
  return Object.fromEntries(entries);
}

/** Between `{%` and `%}`, or in a field that is an expression as a whole, after a `$`. */
function expressionAt(text: string, at: number, line: string): Cursor | null {
  const earlier = text.slice(Math.max(0, at - 4_000), at);
  const inside = earlier.lastIndexOf('{%') > earlier.lastIndexOf('%}');
  if (!inside && !bareExpression.test(line)) return null;
  const word = /\$[\w.[\]]*$/.exec(line)?.[0];
  if (word === undefined) return null;
  const marked = `${text.slice(0, at - word.length)}${MARK}${text.slice(at)}`;
  // Quotes may not be closed yet: then all that is known is that an expression is written.
  const found = find(marked);
  const whole = parseDocument(text, { logLevel: 'silent' });
  return {
    kind: 'expression',
    word,
    from: at - word.length,
    path: found?.path ?? [],
    valueAt: found?.valueAt ?? ((path) => plainAt(whole, path)),
  };
}
