/** A stack trace: one's own frames to be read, the runs of others put away until asked for. */
import { useMemo, useState } from 'react';
import { foldedRuns } from '../../../shared/logs/stack-trace';
import type { StackLine } from '../../../shared/logs/stack-trace';
import classes from './detail.module.css';
import { Coloured } from './LongText';

/** Drawn at most; longer traces repeat themselves. */
const MOST_LINES = 2_000;

export function Stack({ path, lines }: { path: string; lines: readonly StackLine[] }) {
  const [open, setOpen] = useState<ReadonlySet<number>>(new Set());
  const shown = useMemo(() => lines.slice(0, MOST_LINES), [lines]);
  const runs = useMemo(() => foldedRuns(shown), [shown]);
  const allOpen = runs.every(({ from }) => open.has(from));
  return (
    <section className={classes['stack']} aria-label="Stack trace">
      <h2>
        Stack trace{path === '' ? '' : ` in ${path}`}
        {runs.length > 0 && (
          <button
            type="button"
            className={classes['more']}
            onClick={() => setOpen(allOpen ? new Set() : new Set(runs.map(({ from }) => from)))}
          >
            {allOpen ? 'Fold frames' : 'Show all frames'}
          </button>
        )}
      </h2>
      <div className={classes['text']}>
        {partsOf(shown, runs).map(({ from, to, folded }) =>
          folded && !open.has(from) ? (
            <button
              key={from}
              type="button"
              className={classes['fold']}
              aria-expanded={false}
              onClick={() => setOpen(new Set([...open, from]))}
            >
              show {to - from} frames
            </button>
          ) : (
            shown.slice(from, to).map((line, i) => (
              <div key={from + i} className={classes['frame']} data-kind={line.kind}>
                <Coloured text={line.text} />
              </div>
            ))
          ),
        )}
        {lines.length > MOST_LINES && (
          <p>
            {(lines.length - MOST_LINES).toLocaleString('en')} more lines: copy the line for all.
          </p>
        )}
      </div>
    </section>
  );
}

interface Part {
  from: number;
  to: number;
  folded: boolean;
}

/** The lines cut into what is shown and what is folded. */
function partsOf(
  lines: readonly StackLine[],
  runs: readonly { from: number; to: number }[],
): Part[] {
  const parts: Part[] = [];
  let from = 0;
  for (const run of runs) {
    if (run.from > from) parts.push({ from, to: run.from, folded: false });
    parts.push({ ...run, folded: true });
    from = run.to;
  }
  if (from < lines.length) parts.push({ from, to: lines.length, folded: false });
  return parts;
}
