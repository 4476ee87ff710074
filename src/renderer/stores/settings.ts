/** The settings as main holds them; null until the first answer. */
import { create } from 'zustand';
import type { Settings } from '../../shared/settings/settings';
import type { SettingsPatch } from '../../shared/ipc';
import { ask } from '../bridge';

interface SettingsState {
  settings: Settings | null;
  apply(settings: Settings): void;
}

export const useSettings = create<SettingsState>()((set) => ({
  settings: null,
  apply: (settings) => set({ settings }),
}));

/** Saves at once and shows what main stored. Throws a FailureError when refused. */
export async function saveSettings(patch: SettingsPatch): Promise<Settings> {
  const stored = await ask('settings.update', patch);
  useSettings.getState().apply(stored);
  return stored;
}

/** Local or UTC for every time on show; never mixed. */
export function useTimeZone(): 'local' | 'utc' {
  return useSettings((state) => state.settings?.timeZone ?? 'local');
}
