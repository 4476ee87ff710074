import type { SettingsStore } from '../../../src/main/seams';
import { defaultSettings } from '../../../src/shared/settings/defaults';

/** Settings kept in memory, telling listeners as the real store does. */
export function memorySettings(): SettingsStore {
  let settings = defaultSettings('on call', []);
  const listeners = new Set<Parameters<SettingsStore['onChange']>[0]>();
  return {
    get: () => settings,
    update(change) {
      const previous = settings;
      settings = change(settings);
      for (const listener of listeners) listener(settings, previous);
      return settings;
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
