/** What stands in a widget's place while, or because, there is nothing to draw. */
import type { Failure } from '../../shared/failure';
import { safeText } from '../ui/safe-text';
import classes from './widget.module.css';

export function Skeleton({ still = false }: { still?: boolean }) {
  return (
    <div className={classes['skeleton']} data-still={still}>
      {!still && <span className="nd-visually-hidden">Loading datapoints…</span>}
    </div>
  );
}

export function Note({ text }: { text: string }) {
  return <p className={classes['note']}>{safeText(text)}</p>;
}

export function Failed({ failure, onRetry }: { failure: Failure; onRetry(): void }) {
  return (
    <div className={classes['note']} role="alert">
      <p>
        <strong>{safeText(failure.message)}</strong> {safeText(failure.advice)}
      </p>
      <button type="button" className={classes['retry']} onClick={onRetry}>
        Try again
      </button>
    </div>
  );
}
