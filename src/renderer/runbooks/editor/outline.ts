/** The steps of a text that is being written, as far as it can be read. */
import { isMap, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';
import { classOf } from '../../../shared/runbooks/step-class';
import { stepSchema } from '../../../shared/runbooks/step';
import type { StepClass } from '../../../shared/runbooks/step';
import { stepKinds } from '../../../shared/runbooks/step-kinds';
import type { StepKind } from '../../../shared/runbooks/step-kinds';

export interface OutlineStep {
  /** Its name, else what its kind does, else its id. */
  title: string;
  id: string;
  kind: string;
  /** Null where its kind is not known. */
  class: StepClass | null;
  undo: boolean;
  /** From 1. */
  line: number;
}

/** Steps shown; a runbook has 100 at most. */
const MOST = 200;

export const isKind = (kind: string): kind is StepKind => Object.hasOwn(stepKinds, kind);

export function outlineOf(text: string): OutlineStep[] {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, logLevel: 'silent' });
  return (['steps', 'undo'] as const).flatMap((key) => {
    const list: unknown = isMap(document.contents) ? document.get(key, true) : null;
    if (!isSeq(list)) return [];
    return list.items.slice(0, MOST).flatMap((item): OutlineStep[] => {
      if (!isMap(item)) return [];
      const word = (...path: string[]): string => {
        const found: unknown = item.getIn(path, true);
        return isScalar(found) && typeof found.value === 'string' ? found.value : '';
      };
      const [id, kind] = [word('id'), word('do', 'kind')];
      const title = word('name') || (isKind(kind) ? stepKinds[kind].label : '') || id || 'A step';
      const { line } = lines.linePos(item.range?.[0] ?? 0);
      const said = word('class');
      return [{ title, id, kind, class: classIn(item, kind, said), undo: key === 'undo', line }];
    });
  });
}

function classIn(item: { toJSON(): unknown }, kind: string, said: string): StepClass | null {
  const read = stepSchema.safeParse(plain(item));
  if (read.success) return classOf(read.data);
  if (!isKind(kind)) return null;
  // It has mistakes still: what its kind does, and more where it says so.
  return said === 'destroys' ? 'destroys' : stepKinds[kind].class;
}

function plain(item: { toJSON(): unknown }): unknown {
  try {
    return item.toJSON();
  } catch {
    // Aliases that lead nowhere: the check of the whole text says so.
    return null;
  }
}
