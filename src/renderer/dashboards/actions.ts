/** What a person does to dashboards, from wherever. */
import type { DashboardEntry } from '../../shared/dashboards/listing';
import { ask, openDropped } from '../bridge';
import { useNavigation } from '../stores/navigation';
import { showFailure, showToast } from '../stores/toasts';
import { useDashboards } from './store';

/** Opens a dashboard in its view. */
export function openDashboard(id: string): void {
  useDashboards.getState().open(id);
  useNavigation.getState().show('dashboards');
}

/** The system's open dialog; the first file chosen is opened. */
export async function chooseFiles(): Promise<void> {
  try {
    const [first] = await ask('dashboards.chooseFiles', undefined);
    if (first !== undefined) openDashboard(first.id);
  } catch (error) {
    showFailure(error, 'dashboards.chooseFiles');
  }
}

/** Lists every dropped file and opens the last that could be read. */
export async function openFiles(files: readonly File[]): Promise<void> {
  for (const file of files) {
    try {
      openDashboard((await openDropped(file)).id);
    } catch (error) {
      showFailure(error, 'dashboards.addDropped');
    }
  }
}

export function forget(id: string): void {
  if (useDashboards.getState().openId === id) useDashboards.getState().open(null);
  ask('dashboards.forget', id).catch((error: unknown) => showFailure(error, 'dashboards.forget'));
}

export function favourite(entry: DashboardEntry): void {
  ask('dashboards.favourite', { id: entry.id, favourite: !entry.favourite }).catch(
    (error: unknown) => showFailure(error, 'dashboards.favourite'),
  );
}

/** Asks every connection for its dashboards again. */
export function refreshList(): void {
  ask('dashboards.refresh', undefined).catch((error: unknown) =>
    showFailure(error, 'dashboards.refresh'),
  );
}

/** Links leave through the system's browser, which takes https only. */
export function openLink(url: string): void {
  ask('app.openExternal', url).catch((error: unknown) => showFailure(error, 'app.openExternal'));
}

/** Asks where, and writes an export there. */
export async function saveExport(
  suggestedName: string,
  text: string,
  kind: 'csv' | 'json',
): Promise<void> {
  try {
    const name = await ask('files.save', { suggestedName, text, kind });
    if (name === null) return;
    showToast({ level: 'done', text: `Saved ${name}`, detail: null, action: null });
  } catch (error) {
    showFailure(error, 'files.save');
  }
}

/** Puts a picture (PNG data URL) on the clipboard. */
export async function copyPicture(url: string): Promise<void> {
  try {
    await ask('app.copyImage', url);
    showToast({ level: 'done', text: 'Copied the chart', detail: null, action: null });
  } catch (error) {
    showFailure(error, 'app.copyImage');
  }
}
