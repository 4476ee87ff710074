/** A text that cannot be read: where, why and what to do. As a strip, the picture before it stays below. */
import { IconFileAlert } from '@tabler/icons-react';
import type { OpenedDashboard } from '../../shared/dashboards/listing';
import type { TextProblem } from '../../shared/dashboards/read-result';
import { safeText } from '../ui/safe-text';
import { placeWords } from './problem-words';
import classes from './page.module.css';

interface Props {
  problem: TextProblem;
  opened: OpenedDashboard;
  strip?: boolean;
}

/** The line itself with a caret under the column: what one looks for first. */
function excerptOf(text: string, problem: TextProblem): string | null {
  if (problem.line === null) return null;
  const line = text.split('\n')[problem.line - 1];
  if (line === undefined) return null;
  const column = Math.max(1, problem.column ?? 1);
  const from = Math.max(0, column - 60);
  const shown = safeText(line.slice(from, from + 120));
  return `${shown}\n${' '.repeat(Math.min(column - 1 - from, 119))}^`;
}

export function BrokenFile({ problem, opened, strip = false }: Props) {
  const where = placeWords(problem, opened.fileName);
  if (strip) {
    return (
      <div className={classes['strip']} role="alert">
        <IconFileAlert size={16} aria-hidden />
        <span>
          <strong>{safeText(where)}:</strong> {safeText(problem.message)} {safeText(problem.advice)}{' '}
          What is shown below is the last version that could be read.
        </span>
      </div>
    );
  }
  const excerpt = excerptOf(opened.text, problem);
  return (
    <div className={classes['empty']} role="alert">
      <IconFileAlert size={34} stroke={1.4} aria-hidden />
      <h1>This file cannot be read</h1>
      <p>
        <strong>{safeText(where)}</strong>
      </p>
      <p>
        {safeText(problem.message)} {safeText(problem.advice)}
      </p>
      {excerpt !== null && <pre className={classes['excerpt']}>{excerpt}</pre>}
      {opened.entry.source === 'file' && (
        <p>It is watched: it is read again as soon as it is saved.</p>
      )}
    </div>
  );
}
