/** The last filters that were used, kept in the settings. */
import { saveSettings, useSettings } from '../../stores/settings';
import { showFailure } from '../../stores/toasts';

const MOST = 30;

/** With one more at the front, each once; what it was while being typed on is dropped. */
export function remembered(before: readonly string[], text: string): readonly string[] {
  const filter = text.trim();
  if (filter.length < 2 || filter.length > 4_096 || before[0] === filter) return before;
  const [last, ...rest] = before;
  const others = last !== undefined && filter.startsWith(last) ? rest : before;
  return [filter, ...others.filter((one) => one !== filter)].slice(0, MOST);
}

export function rememberFilter(text: string): void {
  const logs = useSettings.getState().settings?.logs;
  if (logs === undefined) return;
  const filters = remembered(logs.filters, text);
  if (filters === logs.filters) return;
  saveSettings({ logs: { ...logs, filters: [...filters] } }).catch((error: unknown) =>
    showFailure(error, 'settings.update'),
  );
}

const NONE: readonly string[] = [];
export const useLastFilters = (): readonly string[] =>
  useSettings((state) => state.settings?.logs.filters) ?? NONE;
