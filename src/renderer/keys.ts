/** Every key of the console, once: the handlers, the help and the hints all read this table. */
import type { View } from './stores/navigation';

export type Command =
  | 'move-down'
  | 'move-up'
  | 'move-first'
  | 'move-last'
  | 'page-down'
  | 'page-up'
  | 'extend-down'
  | 'extend-up'
  | 'toggle-mark'
  | 'mark-all'
  | 'open'
  | 'acknowledge'
  | 'snooze'
  | 'note'
  | 'undo'
  | 'copy-name'
  | 'open-metrics'
  | 'open-logs'
  | 'open-runbooks'
  | 'filter'
  | 'show-firing'
  | 'show-unacknowledged'
  | 'show-all'
  | 'widget-next'
  | 'widget-previous'
  | 'widget-full'
  | 'widget-numbers'
  | 'range-back'
  | 'range-earlier'
  | 'range-later'
  | 'refresh-page'
  | 'open-file'
  | 'follow-id'
  | 'copy-line'
  | 'bookmark-line'
  | 'run-query'
  | 'stop-query'
  | 'run-runbook'
  | 'refresh'
  | 'palette'
  | 'help'
  | 'go-alarms'
  | 'go-dashboards'
  | 'go-metrics'
  | 'go-logs'
  | 'go-runbooks'
  | 'go-settings'
  | 'go-inbox'
  | 'back';

export type KeyGroup = 'Move' | 'Act' | 'Find' | 'Charts' | 'Go';

export interface KeyBinding {
  command: Command;
  /** As `KeyboardEvent.key`, with `Mod+` (Ctrl, or Command on a Mac) or `Shift+` before it; `g a` is a sequence. */
  keys: readonly string[];
  label: string;
  group: KeyGroup;
  /** `list`: only where no control that uses the key itself has the focus. `typing`: even in a text field. */
  where: 'anywhere' | 'list' | 'typing';
  /** Needs one of these views; null: any. */
  views: readonly View[] | null;
}

function bind(
  group: KeyGroup,
  command: Command,
  keys: readonly string[],
  label: string,
  more: Partial<Pick<KeyBinding, 'where' | 'views'>> = {},
): KeyBinding {
  return { command, keys, label, group, where: 'anywhere', views: ['alarms'], ...more };
}

const dashboards: readonly View[] = ['dashboards'];
/** Pages with a time range. */
const charts: readonly View[] = ['dashboards', 'metrics'];
const timed: readonly View[] = [...charts, 'logs'];

export const keyTable: readonly KeyBinding[] = [
  bind('Move', 'move-down', ['j'], 'Next alarm'),
  bind('Move', 'move-up', ['k'], 'Previous alarm'),
  bind('Move', 'move-down', ['ArrowDown'], 'Next alarm', { where: 'list' }),
  bind('Move', 'move-up', ['ArrowUp'], 'Previous alarm', { where: 'list' }),
  bind('Move', 'move-first', ['Home'], 'First alarm', { where: 'list' }),
  bind('Move', 'move-last', ['End'], 'Last alarm', { where: 'list' }),
  bind('Move', 'page-down', ['PageDown'], 'One screen down', { where: 'list' }),
  bind('Move', 'page-up', ['PageUp'], 'One screen up', { where: 'list' }),
  bind('Move', 'open', ['Enter'], 'Into the detail', { where: 'list' }),
  bind('Act', 'acknowledge', ['a'], 'Acknowledge'),
  bind('Act', 'snooze', ['s'], 'Snooze'),
  bind('Act', 'note', ['e'], 'Write a note'),
  bind('Act', 'undo', ['u'], 'Undo'),
  bind('Act', 'copy-name', ['c'], "Copy the alarm's name"),
  bind('Act', 'open-metrics', ['m'], 'Its metrics as a chart'),
  bind('Act', 'open-logs', ['l'], 'Its logs, from 15 minutes before'),
  bind('Act', 'open-runbooks', ['r'], 'Its runbooks'),
  bind('Act', 'toggle-mark', ['x'], 'Mark, for several at once'),
  bind('Act', 'extend-down', ['Shift+ArrowDown'], 'Mark downwards', { where: 'list' }),
  bind('Act', 'extend-up', ['Shift+ArrowUp'], 'Mark upwards', { where: 'list' }),
  bind('Act', 'mark-all', ['Mod+a'], 'Mark all that are listed', { where: 'list' }),
  bind('Find', 'filter', ['/'], 'Filter the list', { views: null }),
  bind('Find', 'show-firing', ['1'], 'Firing'),
  bind('Find', 'show-unacknowledged', ['2'], 'Unacknowledged'),
  bind('Find', 'show-all', ['3'], 'All alarms'),
  bind('Charts', 'widget-next', ['j'], 'Next widget', { views: dashboards }),
  bind('Charts', 'widget-previous', ['k'], 'Previous widget', { views: dashboards }),
  bind('Charts', 'widget-next', ['ArrowDown'], 'Next widget', { where: 'list', views: dashboards }),
  bind('Charts', 'widget-previous', ['ArrowUp'], 'Previous widget', {
    where: 'list',
    views: dashboards,
  }),
  bind('Charts', 'widget-full', ['f'], 'Widget over the whole window', { views: dashboards }),
  bind('Charts', 'widget-full', ['Enter'], 'Widget over the whole window', {
    where: 'list',
    views: dashboards,
  }),
  bind('Charts', 'widget-numbers', ['n'], "Show the widget's numbers", { views: dashboards }),
  bind('Charts', 'range-back', ['z', 'Backspace'], 'Back to the time range before', {
    views: timed,
  }),
  bind('Charts', 'range-earlier', ['['], 'Earlier', { views: timed }),
  bind('Charts', 'range-later', [']'], 'Later', { views: timed }),
  bind('Charts', 'refresh-page', ['r'], 'Ask for what is new now', { views: timed }),
  bind('Charts', 'open-file', ['o'], 'Open a dashboard file', { views: dashboards }),
  bind('Act', 'follow-id', ['f'], "Follow the line's request id", { views: ['logs'] }),
  bind('Act', 'copy-line', ['c'], 'Copy the line', { views: ['logs'] }),
  bind('Act', 'bookmark-line', ['b'], 'Bookmark the line', { views: ['logs'] }),
  bind('Find', 'run-query', ['Mod+Enter'], 'Run the query', { where: 'typing', views: ['logs'] }),
  bind('Find', 'stop-query', ['Mod+.'], 'Stop the query', { where: 'typing', views: ['logs'] }),
  bind('Act', 'run-runbook', ['Mod+Enter'], 'Run the runbook, or show what it would do', {
    where: 'typing',
    views: ['runbooks'],
  }),
  bind('Find', 'palette', ['Mod+k'], 'Command palette', { where: 'typing', views: null }),
  bind('Go', 'go-alarms', ['g a'], 'Alarms', { views: null }),
  bind('Go', 'go-dashboards', ['g d'], 'Dashboards', { views: null }),
  bind('Go', 'go-metrics', ['g m'], 'Metrics', { views: null }),
  bind('Go', 'go-logs', ['g l'], 'Logs', { views: null }),
  bind('Go', 'go-runbooks', ['g r'], 'Runbooks', { views: null }),
  bind('Go', 'go-inbox', ['g i'], 'Inbox', { views: null }),
  bind('Go', 'go-settings', ['g s', 'Mod+,'], 'Settings', { views: null }),
  bind('Go', 'refresh', ['R'], 'Ask AWS again now', { views: null }),
  bind('Go', 'help', ['?'], 'This list', { views: null }),
  bind('Go', 'back', ['Escape'], 'Close, or clear marks and filter', {
    where: 'typing',
    views: null,
  }),
];

/** What of a keyboard event decides. */
export interface KeyPress {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  shiftKey: boolean;
  altKey: boolean;
}

/** Where the press happened. */
export interface KeyContext {
  /** The focus is in a text field. */
  typing: boolean;
  /** The focus is on a control that uses arrows, Enter or Home itself. */
  onControl: boolean;
  view: View;
}

export type KeyOutcome =
  | { kind: 'command'; command: Command }
  /** The first key of a sequence: wait for the next. */
  | { kind: 'pending'; prefix: string }
  | { kind: 'none' };

/** The table's spelling of a press; null when Alt makes it somebody else's. */
export function spellKey(press: KeyPress): string | null {
  if (press.altKey) return null;
  const mod = press.ctrlKey || press.metaKey ? 'Mod+' : '';
  // A printable key already carries Shift in itself (`?`, `R`); named keys do not.
  const shift = press.shiftKey && press.key.length > 1 ? 'Shift+' : '';
  const key = mod !== '' && press.key.length === 1 ? press.key.toLowerCase() : press.key;
  return `${mod}${shift}${key}`;
}

function fits(binding: KeyBinding, context: KeyContext): boolean {
  if (binding.views !== null && !binding.views.includes(context.view)) return false;
  switch (binding.where) {
    case 'typing':
      return true;
    case 'anywhere':
      return !context.typing;
    case 'list':
      return !context.typing && !context.onControl;
  }
}

/** What a press means, given the first key of a sequence if one is pending. */
export function resolveKey(
  press: KeyPress,
  pending: string | null,
  context: KeyContext,
): KeyOutcome {
  const spelled = spellKey(press);
  if (spelled === null) return { kind: 'none' };
  const usable = keyTable.filter((binding) => fits(binding, context));
  const whole = pending === null ? spelled : `${pending} ${spelled}`;
  const hit = usable.find((binding) => binding.keys.includes(whole));
  if (hit !== undefined) return { kind: 'command', command: hit.command };
  if (pending !== null) return { kind: 'none' };
  const starts = usable.some((binding) =>
    binding.keys.some((key) => key.startsWith(`${spelled} `)),
  );
  return starts ? { kind: 'pending', prefix: spelled } : { kind: 'none' };
}

const names: Record<string, string> = {
  ArrowDown: '↓',
  Backspace: '⌫',
  ArrowUp: '↑',
  Escape: 'Esc',
  PageDown: 'PgDn',
  PageUp: 'PgUp',
};

/** A key for people: `Ctrl K` (`⌘ K` on a Mac), `g then a`, `Shift ↓`. */
export function showKey(key: string, mac: boolean): string {
  return key
    .split(' ')
    .map((part) =>
      part
        .split('+')
        .map((piece) => {
          if (piece === 'Mod') return mac ? '⌘' : 'Ctrl';
          return names[piece] ?? (part.includes('Mod+') ? piece.toUpperCase() : piece);
        })
        .join(' '),
    )
    .join(' then ');
}

/** The keys of a command as the table has them. */
export function keysOf(command: Command): readonly string[] {
  return keyTable.filter((binding) => binding.command === command).flatMap(({ keys }) => keys);
}
