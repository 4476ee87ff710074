/** The file is not what the text was made from: what differs, and whose is kept. */
import { Button, Modal } from '@mantine/core';
import { DiffView } from '../../metrics/DiffView';
import { safeText } from '../../ui/safe-text';
import { useFocusBack } from '../use-focus-back';
import classes from './editor.module.css';
import type { Conflict } from './use-saving';

interface Props {
  conflict: Conflict;
  busy: boolean;
  /** Writes mine over what is there now. */
  onMine(): void;
  /** Goes on from what is there now. */
  onTheirs(): void;
  onClose(): void;
}

function words({ target, there }: Conflict): string {
  const name = safeText(target.fileName);
  if (there === null) return `${name} is not there any more: it was moved or deleted meanwhile.`;
  return target.replaces === null
    ? `There is a file ${name} already. These lines of it would change:`
    : `${name} was changed by somebody else since it was opened. Saving yours would change these lines:`;
}

export function ConflictDialog({ conflict, busy, onMine, onTheirs, onClose }: Props) {
  useFocusBack();
  const { there, target } = conflict;
  return (
    <Modal
      opened
      onClose={onClose}
      size="xl"
      title="The file is not what it was"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <p className={classes['note']}>{words(conflict)}</p>
      {there !== null && <DiffView current={there.text} next={target.text} />}
      <div className={classes['buttons']}>
        <Button variant="default" onClick={onClose} data-autofocus>
          Keep writing
        </Button>
        {there !== null && (
          <Button variant="default" onClick={onTheirs}>
            Take the file’s text
          </Button>
        )}
        <Button onClick={onMine} loading={busy}>
          {there === null ? 'Save it anew' : 'Save mine over it'}
        </Button>
      </div>
    </Modal>
  );
}
