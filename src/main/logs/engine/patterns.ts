import type { LogPattern, Sample } from '../../../shared/logs/engine-protocol';
import { jsonIn, scalarsOf, valuesAt } from '../../../shared/logs/filter/json-path';
import { Drain, type LogCluster, maskedWords } from './drain';
import { eachRow, sampleOf } from './fields';
import type { Turn } from './turn';
import type { View } from './view';

/** Rows looked at: some seconds, in turns. */
const ROWS = 200_000;
const MAX_PATTERNS = 5_000;

interface Counted extends LogCluster {
  firstMs: number;
  lastMs: number;
  row: number;
  said: Set<string | null>;
  open: boolean;
}

/** What a JSON record says, or the line itself. */
const messagePaths = ['message', 'msg', 'error.message', 'log', 'event'];

/**
 * Similar lines of the view in groups. Of more rows than it looks at an even sample is taken, which it says; a count
 * is of the sample then.
 */
export async function patterns(
  view: View,
  question: { sinceMs: number | null; top: number },
  turn: Turn,
): Promise<{ patterns: LogPattern[]; distinct: number; sample: Sample }> {
  const { dataset } = view;
  const rows = sampleOf(view.rows(), ROWS);
  let at = { ms: 0, row: 0 };
  const drain = new Drain<Counted>(
    (words) => ({
      words,
      count: 1,
      firstMs: at.ms,
      lastMs: at.ms,
      row: at.row,
      said: new Set(),
      open: false,
    }),
    MAX_PATTERNS,
  );
  await eachRow(dataset, rows, turn, (row) => {
    at = { ms: dataset.columns.time(row), row };
    const { path, text } = saidBy(dataset.text(row, 16_384));
    const { words, cut } = maskedWords(text);
    const cluster = drain.add(words);
    if (!cluster) return;
    cluster.said.add(path);
    cluster.open ||= cut;
    cluster.firstMs = Math.min(cluster.firstMs, at.ms);
    cluster.lastMs = Math.max(cluster.lastMs, at.ms);
  });
  const { sinceMs, top } = question;
  const found = drain.clusters
    .toSorted((a, b) => b.count - a.count)
    .slice(0, top)
    .map(({ words, count, firstMs, lastMs, row, said, open }): LogPattern => ({
      template: words.join(' '),
      count,
      firstMs,
      lastMs,
      isNew: sinceMs !== null && firstMs >= sinceMs,
      said: [...said],
      open,
      seq: dataset.columns.seqs[row] ?? 0,
    }));
  return {
    patterns: found,
    distinct: drain.clusters.length,
    sample: { looked: rows.length, of: view.count },
  };
}

function saidBy(text: string): { path: string | null; text: string } {
  if (text.trimStart().startsWith('{')) {
    const value = jsonIn(text);
    for (const path of messagePaths) {
      const [said] = valuesAt(value, path).flatMap(scalarsOf);
      if (typeof said === 'string' && said !== '') return { path, text: said };
    }
  }
  return { path: null, text };
}
