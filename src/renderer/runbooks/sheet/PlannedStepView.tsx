/** One step of a plan: what it acts on, with which values, where, and what is not known yet. */
import { useState } from 'react';
import type { PlannedStep } from '../../../shared/runbooks/plan';
import { stepKinds } from '../../../shared/runbooks/step-kinds';
import { copyText } from '../../alarms/actions';
import { useConnections } from '../../stores/connections';
import { safeMultiline, safeText } from '../../ui/safe-text';
import { ClassTag } from '../page/ClassTag';
import { valueRows } from '../plan-rows';
import { elementsWords, placeWords } from '../plan-words';
import classes from './sheet.module.css';

const runsWords: Readonly<Record<PlannedStep['runs'], string | null>> = {
  yes: null,
  no: 'Passed over: its condition is false.',
  unknown: 'Runs only if its condition holds once earlier steps have run.',
};

function usePlaceWords({ place }: PlannedStep): string | null {
  const labels = useConnections((state) => state.labels);
  return place === null ? null : placeWords(place, labels);
}

export function PlannedStepView({ step, number }: { step: PlannedStep; number: number }) {
  const where = usePlaceWords(step);
  const words = runsWords[step.runs];
  const each = elementsWords(step);
  const { label } = stepKinds[step.kind];
  const facts = [
    // A step without a name of its own is called by what it does.
    ...(step.name === label ? [] : [label]),
    ...(step.resource === null ? [] : [step.resource]),
    ...(where === null ? [] : [where]),
  ];
  return (
    <li className={classes['step']} data-runs={step.runs}>
      <span className={classes['number']} aria-hidden>
        {number}
      </span>
      <div>
        <div className={classes['name']}>{safeText(step.name)}</div>
        <div className={classes['where']}>{facts.map(safeText).join(' · ')}</div>
        {step.effect !== null && <p className={classes['effect']}>{safeMultiline(step.effect)}</p>}
        {(step.files ?? []).map(({ path, sha256 }) => (
          <p key={path} className={classes['quiet']}>
            Runs the file {safeText(path)} as it is now (SHA-256 {sha256.slice(0, 8)}…)
          </p>
        ))}
        {each !== null && step.runs !== 'no' && (
          <p className={classes['effect']}>{safeText(each)}</p>
        )}
        {words !== null && <p className={classes['quiet']}>{words}</p>}
        {step.failure !== null && (
          <div className={classes['warn']} role="alert">
            {safeText(step.failure.message)} {safeText(step.failure.advice)}
          </div>
        )}
        <Values step={step} />
      </div>
      <ClassTag of={step.class} />
    </li>
  );
}

/** What only looks is told by its line; every value of what changes something is before the eyes at once. */
function Values({ step }: { step: PlannedStep }) {
  const [open, setOpen] = useState(step.class !== 'reads');
  const [asJson, setAsJson] = useState(false);
  const { rows, more } = valueRows(step.actionJson, step.unknown);
  if (rows.length === 0) return null;
  if (!open) {
    const later = rows.filter(({ unknown }) => unknown).length;
    return (
      <button type="button" className={classes['link']} onClick={() => setOpen(true)}>
        {rows.length === 1 ? 'Its value' : `Its ${rows.length} values`}
        {later > 0 &&
          `, ${rows.length === 1 ? '' : `${later} of them `}known once earlier steps have run`}
      </button>
    );
  }
  return (
    <>
      {asJson ? (
        <Json text={step.actionJson} />
      ) : (
        <table className={classes['values']}>
          <tbody>
            {rows.map(({ path, value, unknown }) => (
              <tr key={path}>
                <th scope="row">{safeText(path)}</th>
                <td>
                  <div>
                    {safeMultiline(value)}
                    {unknown && (
                      <span className={classes['later']}> known once earlier steps have run</span>
                    )}
                  </div>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {more > 0 && <p className={classes['quiet']}>{more} more values are in the JSON.</p>}
      <button type="button" className={classes['link']} onClick={() => setAsJson(!asJson)}>
        {asJson ? 'As a table' : 'As JSON'}
      </button>
    </>
  );
}

function Json({ text }: { text: string }) {
  const pretty = prettyOf(text);
  return (
    <>
      <pre className={classes['json']} tabIndex={0} role="region" aria-label="The step as JSON">
        {safeMultiline(pretty)}
      </pre>
      <button
        type="button"
        className={classes['link']}
        onClick={() => void copyText(pretty, 'the step as JSON')}
      >
        Copy
      </button>{' '}
    </>
  );
}

function prettyOf(json: string): string {
  try {
    return JSON.stringify(JSON.parse(json), null, 2);
  } catch {
    // Shown as the text it is.
    return json;
  }
}
