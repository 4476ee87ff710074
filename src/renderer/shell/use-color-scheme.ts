import { useSyncExternalStore } from 'react';
import { useSettings } from '../stores/settings';

const prefersLight = window.matchMedia('(prefers-color-scheme: light)');

function subscribe(listener: () => void): () => void {
  prefersLight.addEventListener('change', listener);
  return () => prefersLight.removeEventListener('change', listener);
}

/** The scheme to draw in: the setting, or the system's as it changes. */
export function useColorScheme(): 'dark' | 'light' {
  const setting = useSettings((state) => state.settings?.theme ?? 'system');
  const system = useSyncExternalStore(subscribe, () => (prefersLight.matches ? 'light' : 'dark'));
  return setting === 'system' ? system : setting;
}
