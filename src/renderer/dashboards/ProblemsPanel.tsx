/** What reading the file found: counted in one line, listed when asked for. */
import { IconAlertTriangle } from '@tabler/icons-react';
import type { TextProblem } from '../../shared/dashboards/read-result';
import { safeText } from '../ui/safe-text';
import { placeWords } from './problem-words';
import classes from './page.module.css';

/** More at once would only push the charts away. */
const MOST_SHOWN = 200;

export function ProblemsPanel({
  problems,
  fileName,
}: {
  problems: readonly TextProblem[];
  fileName: string;
}) {
  if (problems.length === 0) return null;
  const errors = problems.filter(({ level }) => level === 'error').length;
  const words = `${problems.length} ${problems.length === 1 ? 'remark' : 'remarks'} on the file`;
  return (
    <details className={classes['problems']} data-errors={errors > 0}>
      <summary>
        <IconAlertTriangle size={13} aria-hidden /> {words}
        {errors > 0 && `, ${errors} of them errors`}
      </summary>
      <ol aria-label="Problems">
        {problems.slice(0, MOST_SHOWN).map((problem, at) => (
          <li key={at} data-level={problem.level}>
            <span className={classes['where']}>{safeText(placeWords(problem, fileName))}</span>
            {safeText(problem.message)} {safeText(problem.advice)}
          </li>
        ))}
      </ol>
      {problems.length > MOST_SHOWN && <p>and {problems.length - MOST_SHOWN} more</p>}
    </details>
  );
}
