/** What is wrong with the text, each with its place; a click goes there. */
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import { safeText } from '../../ui/safe-text';
import type { RunbookProblem } from '../../../shared/runbooks/listing';
import classes from './editor.module.css';
import type { Checked } from './use-check';

interface Props {
  checked: Checked;
  onGo(problem: RunbookProblem): void;
}

/** Problems shown; the rest is counted. */
const MOST = 100;

const placeWord = ({ line, column }: RunbookProblem): string =>
  line === null ? 'the file' : `${line}:${column ?? 1}`;

function headline({ check, failure }: Checked): string {
  if (failure !== null) return `The text could not be checked: ${safeText(failure.message)}`;
  if (check === null) return 'Checking…';
  const { length } = check.problems;
  if (length === 0) return 'No mistakes';
  return length === 1 ? 'One mistake' : `${length} mistakes`;
}

export function ProblemList({ checked, onGo }: Props) {
  const problems = checked.check?.problems ?? [];
  const fine = checked.failure === null && checked.check !== null && problems.length === 0;
  return (
    <section className={classes['problems']} aria-label="Mistakes">
      <div className={classes['problemsHead']} role="status">
        {fine ? (
          <IconCheck size={14} color="var(--nd-ok-text)" aria-hidden />
        ) : checked.check === null && checked.failure === null ? null : (
          <IconAlertTriangle size={14} color="var(--nd-warning-text)" aria-hidden />
        )}
        {headline(checked)}
      </div>
      {problems.length > 0 && (
        <ul className={classes['list']}>
          {problems.slice(0, MOST).map((problem, at) => (
            <li key={`${at} ${problem.path} ${problem.message}`}>
              <button type="button" className={classes['jump']} onClick={() => onGo(problem)}>
                <span className={classes['at']}>{placeWord(problem)}</span>
                <span className={classes['message']}>{safeText(problem.message)}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
      {problems.length > MOST && (
        <p className={classes['quiet']}>{problems.length - MOST} more are not listed.</p>
      )}
    </section>
  );
}
