/** Under the editor: what the query would read, or how far it is; account by account where asked. */
import { useState } from 'react';
import { useConnections } from '../../stores/connections';
import { safeText } from '../../ui/safe-text';
import { useNow } from '../../ui/time';
import { useGroups } from '../groups';
import { isSameGroup, useLogs } from '../store';
import classes from './insights.module.css';
import {
  countText,
  commonFailure,
  bytesText,
  estimateText,
  languageText,
  runText,
  targetText,
} from './query-words';
import { othersText, queriedOf, runProblem } from './queried';
import { isRunning, shownRun, useInsights } from './store';
import type { QueryRun } from './store';
import { useEstimate } from './use-estimate';

const PACE_MS = 500;
const IDLE_PACE_MS = 60_000;

export function RunLine() {
  const run = useInsights(shownRun);
  return (
    <div className={classes['lines']}>
      <Before />
      {run !== null && <Progress key={run.asked.queryId} run={run} />}
    </div>
  );
}

function Before() {
  const estimate = useEstimate();
  const language = useInsights((state) => state.language);
  const text = useInsights((state) => state.text);
  const others = useOtherClasses();
  const said = languageText(language, others);
  const chosen = useLogs((state) => state.chosen);
  const queried = queriedOf(chosen);
  const problem = runProblem(text, queried);
  const leftOut = othersText(queried);
  return (
    <div className={classes['line']}>
      {estimate !== null && (
        <span className={classes['estimate']} title={estimate.basis}>
          {estimateText(estimate, text, language)}
        </span>
      )}
      {problem !== null && <span>{problem}</span>}
      {leftOut !== null && <span role="note">{leftOut}</span>}
      {said !== null && <span role="note">{said}</span>}
    </div>
  );
}

/** Chosen groups that are known not to be of the Standard class. */
function useOtherClasses(): number {
  const chosen = useLogs((state) => state.chosen);
  const groups = useGroups((state) => state.groups);
  return groups.filter(
    (group) => group.logClass !== 'STANDARD' && chosen.some((one) => isSameGroup(one, group)),
  ).length;
}

function Progress({ run }: { run: QueryRun }) {
  const running = isRunning(run);
  const now = useNow(running ? PACE_MS : IDLE_PACE_MS);
  const { state, failure } = run;
  const bad =
    failure !== null || (state?.targets.some((target) => target.failure !== null) ?? false);
  const [chosen, setOpen] = useState<boolean | null>(null);
  // What failed is not hidden behind a button, unless it is said above already.
  const open = chosen ?? (bad && state !== null && commonFailure(state.targets) === null);
  return (
    <>
      <div className={classes['line']} data-busy={running}>
        <span role="status" data-bad={bad}>
          {safeText(runText(run, now))}
        </span>
        {state !== null && (
          <button
            type="button"
            className={classes['link']}
            aria-expanded={open}
            onClick={() => setOpen(!open)}
          >
            {open ? 'Hide accounts' : 'By account'}
          </button>
        )}
      </div>
      {open && <Targets run={run} />}
    </>
  );
}

function Targets({ run: { state, asked } }: { run: QueryRun }) {
  const labels = useConnections((store) => store.labels);
  if (state === null) return null;
  return (
    <div
      className={classes['targets']}
      tabIndex={0}
      role="region"
      aria-label="The query by account and region"
    >
      <table>
        <thead>
          <tr>
            <th scope="col">Where</th>
            <th scope="col">Groups</th>
            <th scope="col">State</th>
            <th scope="col">Matched</th>
            <th scope="col">Read</th>
          </tr>
        </thead>
        <tbody>
          {state.targets.map((target, place) => (
            <tr key={place}>
              <td>
                {safeText(
                  `${labels.get(target.connectionId) ?? target.connectionId} ${target.region}`,
                )}
              </td>
              <td>{asked.targets[place]?.groups.length ?? 0}</td>
              <td data-bad={target.failure !== null}>{safeText(targetText(target))}</td>
              <td>{countText(target.recordsMatched)}</td>
              <td>{bytesText(target.bytesScanned)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
