/** Ways to begin a runbook. */
import { Menu } from '@mantine/core';
import { ask } from '../../bridge';
import { useAlarmRow } from '../../stores/alarms';
import { showFailure } from '../../stores/toasts';
import { safeText } from '../../ui/safe-text';
import { draftFromAlarm, newDraft } from '../editor/drafts';
import { useRunbookListing } from '../listing-store';
import { useRunbooks } from '../store';

async function fromAlarm(alarmKey: string): Promise<void> {
  try {
    const { alarm } = await ask('alarms.detail', alarmKey);
    useRunbooks.getState().write(draftFromAlarm(alarm));
  } catch (error) {
    showFailure(error, 'alarms.detail');
  }
}

/** @param onImport asks for what is imported: the menu is gone by then, and cannot hold the dialog */
export function NewMenuItems({ onImport }: { onImport(): void }) {
  const alarmKey = useRunbooks((state) => state.alarmKey);
  const row = useAlarmRow(alarmKey);
  const { write } = useRunbooks.getState();
  return (
    <>
      <Menu.Item onClick={() => write(newDraft(useRunbookListing.getState().listing))}>
        New runbook
      </Menu.Item>
      {row !== undefined && (
        <Menu.Item onClick={() => void fromAlarm(row.key)}>
          New runbook for {safeText(row.name)}
        </Menu.Item>
      )}
      <Menu.Item onClick={onImport}>Import…</Menu.Item>
    </>
  );
}
