/** The dialogs about alarms, one at a time. */
import { Modal } from '@mantine/core';
import { useDialogs } from '../stores/dialogs';
import { NoteForm } from './NoteForm';
import { SaveViewForm } from './SaveViewForm';
import { SnoozeForm } from './SnoozeForm';

export function Dialogs() {
  const open = useDialogs((state) => state.open);
  const close = useDialogs.getState().close;
  const closeButtonProps = { 'aria-label': 'Close' };
  if (open === null || open.kind === 'help') return null;
  switch (open.kind) {
    case 'snooze': {
      const count = open.alarmKeys.length;
      return (
        <Modal
          opened
          onClose={close}
          title={count === 1 ? 'Snooze' : `Snooze ${count} alarms`}
          size="xs"
          closeButtonProps={closeButtonProps}
        >
          <SnoozeForm alarmKeys={open.alarmKeys} onDone={close} />
        </Modal>
      );
    }
    case 'note':
      return (
        <Modal opened onClose={close} title="Note" closeButtonProps={closeButtonProps}>
          <NoteForm alarmKey={open.alarmKey} onDone={close} />
        </Modal>
      );
    case 'save-view':
      return (
        <Modal
          opened
          onClose={close}
          title={open.view === null ? 'Save view' : 'Rename view'}
          size="sm"
          closeButtonProps={closeButtonProps}
        >
          <SaveViewForm view={open.view} onDone={close} />
        </Modal>
      );
  }
}
