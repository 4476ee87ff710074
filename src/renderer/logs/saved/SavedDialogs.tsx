/** The one dialog of saved searches that is open. */
import { assertNever } from '../../../shared/assert-never';
import { EditDialog } from './EditDialog';
import { ImportDialog } from './ImportDialog';
import { ListDialog } from './ListDialog';
import { openSavedDialog, useSaved } from './saved-list';
import { ValuesDialog } from './ValuesDialog';

export function SavedDialogs() {
  const dialog = useSaved((state) => state.dialog);
  const close = (): void => openSavedDialog(null);
  if (dialog === null) return null;
  switch (dialog.kind) {
    case 'list':
      return <ListDialog onClose={close} />;
    case 'edit':
      return <EditDialog {...dialog} onClose={close} />;
    case 'values':
      return <ValuesDialog search={dialog.search} onClose={close} />;
    case 'import':
      return <ImportDialog onClose={close} />;
    default:
      return assertNever(dialog);
  }
}
