/** What replacing a dashboard's body changes, line by line. */
import { diffLines } from 'diff';

export interface DiffLine {
  kind: 'same' | 'added' | 'removed' | 'skipped';
  text: string;
  /** Line numbers before and after, from 1; null where the line is not there. */
  before: number | null;
  after: number | null;
}

/** Unchanged lines kept around a change. */
const CONTEXT = 3;

function pretty(body: string): string {
  try {
    const value: unknown = JSON.parse(body);
    return `${JSON.stringify(value, null, 2)}\n`;
  } catch {
    // What is in the account need not be readable: it is compared as it stands.
    return body.endsWith('\n') ? body : `${body}\n`;
  }
}

function allLines(before: string, after: string): DiffLine[] {
  let [old, now] = [0, 0];
  return diffLines(before, after).flatMap((part) => {
    const lines = part.value.replace(/\n$/, '').split('\n');
    return lines.map((text): DiffLine => {
      if (part.added) return { kind: 'added', text, before: null, after: (now += 1) };
      if (part.removed) return { kind: 'removed', text, before: (old += 1), after: null };
      return { kind: 'same', text, before: (old += 1), after: (now += 1) };
    });
  });
}

/** Lines far from any change become one that says how many they are. */
function folded(lines: DiffLine[]): DiffLine[] {
  const near = new Set<number>();
  lines.forEach(({ kind }, at) => {
    if (kind === 'same') return;
    for (let by = -CONTEXT; by <= CONTEXT; by += 1) near.add(at + by);
  });
  const kept: DiffLine[] = [];
  let hidden = 0;
  const flush = (): void => {
    if (hidden > 0) {
      const text = hidden === 1 ? '1 line is the same' : `${hidden} lines are the same`;
      kept.push({ kind: 'skipped', text, before: null, after: null });
    }
    hidden = 0;
  };
  lines.forEach((line, at) => {
    if (!near.has(at)) {
      hidden += 1;
      return;
    }
    flush();
    kept.push(line);
  });
  flush();
  return kept;
}

export interface BodyDiff {
  lines: DiffLine[];
  added: number;
  removed: number;
}

/**
 * Both bodies as indented JSON, compared.
 * @param current null: nothing stands under the name yet
 */
export function bodyDiff(current: string | null, next: string): BodyDiff {
  const lines =
    current === null
      ? pretty(next)
          .trimEnd()
          .split('\n')
          .map((text, at): DiffLine => ({ kind: 'added', text, before: null, after: at + 1 }))
      : allLines(pretty(current), pretty(next));
  const count = (kind: DiffLine['kind']): number =>
    lines.filter((line) => line.kind === kind).length;
  return { lines: folded(lines), added: count('added'), removed: count('removed') };
}
