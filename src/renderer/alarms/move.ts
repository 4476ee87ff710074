/** Moving through the list and marking in it, for the keyboard and the mouse alike. */
import { useList } from '../stores/list';
import { useNavigation } from '../stores/navigation';
import { currentListModel } from './use-list-model';

/** Where the selection last was, for when its row has left the list (acknowledged, recovered). */
let lastAt = -1;

/**
 * Selects the row `by` rows away, or the end in that direction; from nowhere, the first row. When the
 * selected row has left the list, what took its place comes next.
 */
export function moveSelection(by: number): void {
  const { rowKeys } = currentListModel();
  const { alarmKey, showAlarm } = useNavigation.getState();
  const at = alarmKey === null ? -1 : rowKeys.indexOf(alarmKey);
  const from = at !== -1 ? at : by > 0 ? lastAt - 1 : lastAt;
  const target = Math.min(rowKeys.length - 1, Math.max(0, from + by));
  const key = rowKeys[target];
  if (key === undefined) return;
  lastAt = target;
  showAlarm(key);
}

/** Marks from the anchor (or the selected row) to `key`. */
export function markTo(key: string): void {
  const { rowKeys } = currentListModel();
  const list = useList.getState();
  const anchor = list.anchor ?? useNavigation.getState().alarmKey ?? key;
  const from = rowKeys.indexOf(anchor);
  const to = rowKeys.indexOf(key);
  if (to === -1) return;
  const start = from === -1 ? to : Math.min(from, to);
  list.mark(rowKeys.slice(start, Math.max(from, to) + 1), anchor);
}

/** Marks the selected row and moves one on, marking that too. */
export function extendMarks(by: 1 | -1): void {
  const before = useNavigation.getState().alarmKey;
  moveSelection(by);
  const after = useNavigation.getState().alarmKey;
  if (useList.getState().anchor === null && before !== null) {
    useList.getState().mark([before], before);
  }
  if (after !== null) markTo(after);
}

export function markAllListed(): void {
  useList.getState().mark(currentListModel().rowKeys, null);
}

/** What an action is for: the marked ones, or the selected one. */
export function targets(): string[] {
  const { marked } = useList.getState();
  if (marked.size > 0) return [...marked];
  const { alarmKey } = useNavigation.getState();
  return alarmKey === null ? [] : [alarmKey];
}
