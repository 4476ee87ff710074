/** Lines added and removed, each with its sign: colour alone says nothing. */
import { useMemo } from 'react';
import { safeMultiline } from '../ui/safe-text';
import { bodyDiff } from './line-diff';
import type { DiffLine } from './line-diff';
import classes from './put-dialog.module.css';

const SIGNS: Record<DiffLine['kind'], string> = {
  added: '+',
  removed: '−',
  same: ' ',
  skipped: '⋯',
};

function lineKey(line: DiffLine, at: number): string {
  return `${line.before ?? '-'} ${line.after ?? '-'} ${at}`;
}

/** @param current null: nothing is there yet */
export function DiffView({ current, next }: { current: string | null; next: string }) {
  const diff = useMemo(() => bodyDiff(current, next), [current, next]);
  if (diff.added === 0 && diff.removed === 0) {
    return <p className={classes['dim']}>Nothing would change.</p>;
  }
  return (
    <figure className={classes['diff']} aria-label="What changes">
      <figcaption>
        {diff.added} {diff.added === 1 ? 'line' : 'lines'} added, {diff.removed} removed
      </figcaption>
      <div className={classes['diffLines']} tabIndex={0} role="region" aria-label="Changed lines">
        {diff.lines.map((line, at) => (
          <div key={lineKey(line, at)} data-kind={line.kind}>
            <span className={classes['diffNumber']}>{line.before ?? ''}</span>
            <span className={classes['diffNumber']}>{line.after ?? ''}</span>
            <span className={classes['diffSign']}>{SIGNS[line.kind]}</span>
            <span className={classes['diffText']}>{safeMultiline(line.text)}</span>
          </div>
        ))}
      </div>
    </figure>
  );
}
