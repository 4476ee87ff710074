/** One answer for the window: heads as text, values as one array. */
import type { Failure } from '../../shared/failure';
import type { SeriesHead, SeriesSet } from '../../shared/metrics/query';
import { linesIn, segmentFor } from './entry';
import type { Entry } from './entry';
import type { Line, Window } from './line';
import type { Question } from './question';

export interface Known {
  queryId: string;
  question: Question;
  entry: Entry;
  window: Window;
}

export interface SetFacts {
  startMs: number;
  endMs: number;
  state: SeriesSet['state'];
  failure: Failure | null;
}

export function seriesSet(known: readonly Known[], facts: SetFacts): SeriesSet {
  const heads: SeriesHead[] = [];
  const parts: Float64Array[] = [];
  let offset = 0;
  for (const { queryId, question, entry, window } of known) {
    const named = question.kind !== 'metric' || question.labelOffset !== null;
    namedLines(queryId, linesIn(entry, question, window)).forEach(([key, line]) => {
      heads.push({
        queryId,
        key,
        label: named ? line.label : null,
        startMs: line.startMs,
        periodMs: line.periodMs,
        offset,
        count: line.values.length,
        status: line.status,
        messages: line.messages,
      });
      parts.push(line.values);
      offset += line.values.length;
    });
  }
  const values = new Float64Array(offset);
  parts.forEach((part, index) => values.set(part, heads[index]?.offset ?? 0));
  const stretches = known.map((one) => segmentFor(one.entry, one.question, one.window));
  const asked = stretches.flatMap((stretch) => stretch?.askedAt ?? []);
  return {
    ...facts,
    headsJson: JSON.stringify(heads),
    asOf: asked.length === 0 ? null : Math.min(...asked),
    messages: [...new Set(stretches.flatMap((stretch) => stretch?.messages ?? []))],
    // Last: what follows a large array makes Electron's serializer grow its buffer and copy it, 10 ms for 500 × 1440.
    values,
  };
}

/** `id`, `id#2` …: by label, so that a series keeps its key while others come and go less often than names change. */
function namedLines(queryId: string, lines: readonly Line[]): [string, Line][] {
  const sorted =
    lines.length < 2 ? lines : lines.toSorted((a, b) => compareText(a.label ?? '', b.label ?? ''));
  return sorted.map((line, index) => [index === 0 ? queryId : `${queryId}#${index + 1}`, line]);
}

const compareText = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

/** Whether anything at all is known for the window. */
export const knowsAnything = (known: readonly Known[]): boolean =>
  known.some(({ entry, question, window }) => segmentFor(entry, question, window) !== null);
