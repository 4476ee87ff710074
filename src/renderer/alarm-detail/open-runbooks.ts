import { runbooksFor } from '../../shared/runbooks/match';
import { ask } from '../bridge';
import { openRunbooksFor } from '../runbooks/actions';
import { loadRunbooks, useRunbookListing } from '../runbooks/listing-store';
import { showFailure } from '../stores/toasts';

/** Shows the runbooks that belong to an alarm, the closest of them first. Runs nothing. */
export async function openAlarmRunbooks(alarmKey: string): Promise<void> {
  try {
    const { alarm, severity } = await ask('alarms.detail', alarmKey);
    if (useRunbookListing.getState().listing === null) await loadRunbooks();
    const entries = useRunbookListing.getState().listing?.entries ?? [];
    const [first] = runbooksFor(alarm, severity, entries);
    openRunbooksFor(alarmKey, first);
  } catch (error) {
    showFailure(error, 'alarms.detail');
  }
}
