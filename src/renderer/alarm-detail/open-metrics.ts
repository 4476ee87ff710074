import { alarmWidget } from '../../shared/metrics/alarm-widget';
import { ask } from '../bridge';
import { showFailure, showToast } from '../stores/toasts';

/** Opens what an alarm watches as a chart that can be added to, compared and saved. */
export async function openAlarmMetrics(alarmKey: string): Promise<void> {
  try {
    const { alarm } = await ask('alarms.detail', alarmKey);
    const widget = alarmWidget(alarm);
    if (widget === null) {
      const text = 'A composite alarm has no metric of its own';
      showToast({ level: 'done', text, detail: 'Open one of its children.', action: null });
      return;
    }
    // The metrics page is not needed before somebody goes there.
    const { openInMetrics } = await import('../metrics/store');
    openInMetrics(widget, alarm.connectionId, alarm.region);
  } catch (error) {
    showFailure(error, 'alarms.detail');
  }
}
