/** Asked before a text that is not saved is thrown away. */
import { Button, Modal } from '@mantine/core';
import { useFocusBack } from '../use-focus-back';
import classes from './editor.module.css';

interface Props {
  fileName: string;
  onKeep(): void;
  onThrowAway(): void;
  onClose(): void;
}

export function LeaveDialog({ fileName, onKeep, onThrowAway, onClose }: Props) {
  useFocusBack();
  return (
    <Modal
      opened
      onClose={onClose}
      title="Not saved yet"
      closeButtonProps={{ 'aria-label': 'Go on writing' }}
    >
      <p className={classes['note']}>
        What you wrote in {fileName} is in no file yet. Kept as a draft it stays in the list until
        Nightdesk is closed.
      </p>
      <div className={classes['buttons']}>
        <Button variant="default" onClick={onThrowAway}>
          Throw it away
        </Button>
        <Button onClick={onKeep} data-autofocus>
          Keep as a draft
        </Button>
      </div>
    </Modal>
  );
}
