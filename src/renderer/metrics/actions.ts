/** What can be done with the scratch chart as a whole. */
import { copyText } from '../alarms/actions';
import { ask } from '../bridge';
import { showFailure, showToast } from '../stores/toasts';
import { safeText } from '../ui/safe-text';
import { dashboardName, scratchBody } from './body';
import { atPlace, useMetrics } from './store';
import type { Place } from './store';

function bodyNow(place: Place): string {
  const { widget, range } = useMetrics.getState();
  return scratchBody(widget, atPlace(place), range.current);
}

/** Asks where and writes a dashboard file; it is listed among the dashboards afterwards. */
export async function saveAsFile(place: Place): Promise<void> {
  const name = dashboardName(useMetrics.getState().widget.title);
  try {
    const entry = await ask('dashboards.saveFile', {
      suggestedName: `${name}.json`.slice(0, 200),
      text: bodyNow(place),
    });
    if (entry === null) return;
    showToast({ level: 'done', text: `Saved ${safeText(entry.name)}`, detail: null, action: null });
  } catch (error) {
    showFailure(error, 'dashboards.saveFile');
  }
}

/** Copies the chart as the source of a dashboard. */
export function copySource(place: Place): Promise<void> {
  return copyText(bodyNow(place), "the chart's source");
}
