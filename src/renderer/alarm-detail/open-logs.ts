import { ask } from '../bridge';
import { showFailure } from '../stores/toasts';

/** Opens the logs that belong to an alarm, around the time it went into ALARM. */
export async function openAlarmLogs(alarmKey: string): Promise<void> {
  try {
    const { alarm } = await ask('alarms.detail', alarmKey);
    // The logs page is not needed before somebody goes there.
    const { openLogsOfAlarm } = await import('../logs/open-logs');
    await openLogsOfAlarm(alarm);
  } catch (error) {
    showFailure(error, 'alarms.detail');
  }
}
