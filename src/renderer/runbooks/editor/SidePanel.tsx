/** The steps of the text and what each may do; a click goes there. */
import { ClassTag } from '../page/ClassTag';
import { safeText } from '../../ui/safe-text';
import classes from './editor.module.css';
import type { OutlineStep } from './outline';

interface Props {
  steps: readonly OutlineStep[];
  onGo(line: number): void;
}

export function SidePanel({ steps, onGo }: Props) {
  const parts = [
    { title: 'Steps', list: steps.filter(({ undo }) => !undo) },
    { title: 'Undo', list: steps.filter(({ undo }) => undo) },
  ].filter(({ title, list }) => title === 'Steps' || list.length > 0);
  return (
    <nav className={classes['side']} aria-label="Outline">
      {parts.map(({ title, list }) => (
        <section key={title} aria-label={title}>
          <h3 className={classes['sideHead']}>{title}</h3>
          {list.length === 0 ? (
            <p className={classes['quiet']}>No steps can be read yet.</p>
          ) : (
            <ol className={classes['list']}>
              {list.map((step, at) => (
                <li key={`${step.line} ${step.id}`}>
                  <StepLine step={step} number={at + 1} onGo={onGo} />
                </li>
              ))}
            </ol>
          )}
        </section>
      ))}
    </nav>
  );
}

function StepLine(props: { step: OutlineStep; number: number; onGo(line: number): void }) {
  const { step, number, onGo } = props;
  return (
    <button
      type="button"
      className={classes['jump']}
      title={`${safeText(step.title)} · ${safeText(step.kind === '' ? 'no kind yet' : step.kind)} · line ${step.line}`}
      onClick={() => onGo(step.line)}
    >
      <span className={classes['number']}>{number}</span>
      <span className={classes['stepTitle']}>{safeText(step.title)}</span>
      {step.class === null ? (
        <span className={classes['class']}>?</span>
      ) : (
        <ClassTag of={step.class} />
      )}
    </button>
  );
}
