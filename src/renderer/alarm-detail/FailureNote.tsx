import { Button } from '@mantine/core';
import { toFailure } from '../bridge';
import { safeText } from '../ui/safe-text';
import styles from './detail.module.css';

interface Props {
  error: unknown;
  operation: string;
  /** What could not be loaded, for the heading. */
  what: string;
  onRetry(): void;
}

/** A part that could not be loaded: what, why, what to do, and again. */
export function FailureNote({ error, operation, what, onRetry }: Props) {
  const failure = toFailure(error, operation);
  return (
    <div role="alert">
      <p className={styles.quiet}>
        {what} could not be loaded. {safeText(failure.message)} {safeText(failure.advice)}
      </p>
      <Button size="compact-xs" variant="default" mt={6} onClick={onRetry}>
        Try again
      </Button>
    </div>
  );
}
