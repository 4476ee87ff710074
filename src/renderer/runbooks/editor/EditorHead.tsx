/** What is written, how it stands, and what can be done with it. */
import { Button } from '@mantine/core';
import type { StepClass } from '../../../shared/runbooks/step';
import { safeText } from '../../ui/safe-text';
import { ClassTag } from '../page/ClassTag';
import classes from './editor.module.css';

interface Props {
  /** Null while it cannot be read. */
  name: string | null;
  highest: StepClass | null;
  state: string;
  fileName: string;
  /** It has mistakes: it can be saved, and not be run. */
  broken: boolean;
  ready: boolean;
  busy: boolean;
  onSave(preview: boolean): void;
  onLeave(): void;
  /** Null where another runbook is changed: nothing is begun from a document then. */
  onImport: (() => void) | null;
}

export function EditorHead(props: Props) {
  const { name, highest, state, fileName, broken, ready, busy, onSave, onLeave, onImport } = props;
  return (
    <header className={classes['head']}>
      <h2 className={classes['title']} title={safeText(fileName)}>
        {safeText(name ?? fileName)}
      </h2>
      {highest !== null && <ClassTag of={highest} />}
      <span className={classes['state']} role="status">
        {state}
      </span>
      <span className={classes['space']} />
      {onImport !== null && (
        <Button size="xs" variant="default" onClick={onImport}>
          Import…
        </Button>
      )}
      <Button size="xs" variant="default" onClick={onLeave}>
        Close
      </Button>
      <Button
        size="xs"
        variant="default"
        disabled={!ready || busy || broken}
        title={broken ? 'It cannot be previewed while it has mistakes' : 'Ctrl Shift S'}
        onClick={() => onSave(true)}
      >
        Save and preview
      </Button>
      <Button
        size="xs"
        loading={busy}
        disabled={!ready}
        title={
          !ready
            ? 'Choose a folder and a name first'
            : broken
              ? 'It can be saved, and not be run while it has mistakes'
              : 'Ctrl S'
        }
        onClick={() => onSave(false)}
      >
        Save
      </Button>
    </header>
  );
}
