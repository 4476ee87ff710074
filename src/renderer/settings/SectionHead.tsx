import { safeText } from '../ui/safe-text';
import type { SaveState } from './use-saver';
import styles from './settings.module.css';

interface Props {
  title: string;
  intro: string;
  state?: SaveState;
}

/** A section's heading, with whether its last change has been stored. */
export function SectionHead({ title, intro, state = { kind: 'idle' } }: Props) {
  return (
    <>
      <div className={styles.head}>
        <h2>{title}</h2>
        <span role="status" className={state.kind === 'failed' ? styles.unsaved : styles.saved}>
          {state.kind === 'saving' && 'Saving…'}
          {state.kind === 'saved' && 'Saved'}
          {state.kind === 'failed' && `Not saved. ${safeText(state.message)}`}
        </span>
      </div>
      <p className={styles.intro}>{intro}</p>
    </>
  );
}
