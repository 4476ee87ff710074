/** What the keys do while dashboards are on show. */
import type { PageCommands } from '../shell/page-commands';
import { useNavigation } from '../stores/navigation';
import { chooseFiles } from './actions';
import { refreshNow } from './page-clock';
import { useDashboards } from './store';

export const FILTER_ID = 'dashboard-filter';

function focusWidget(id: string): void {
  const element = document.querySelector(`[data-widget="${CSS.escape(id)}"]`);
  if (!(element instanceof HTMLElement)) return;
  element.scrollIntoView({ block: 'nearest' });
  element.focus({ preventScroll: true });
}

/** The widget `by` places on in reading order; in full screen that one takes its place. */
export function moveTo(by: 1 | -1): void {
  const { order, focused, full, focus, showFull } = useDashboards.getState();
  const at = focused === null ? -1 : order.indexOf(focused);
  const next = order[Math.min(order.length - 1, Math.max(0, at + by))];
  if (next === undefined) return;
  focus(next);
  if (full === null) focusWidget(next);
  else showFull(next);
}

function toggleFull(): void {
  const { focused, full, showFull } = useDashboards.getState();
  showFull(full === null ? focused : null);
}

/** Escape closes one thing at a time, the nearest first. */
function back(): void {
  const { full, focused, filter, search, showFull } = useDashboards.getState();
  const active = document.activeElement;
  if (active instanceof HTMLInputElement) {
    if (active.id === FILTER_ID && filter !== '') search('');
    active.blur();
  } else if (useNavigation.getState().inboxOpen) {
    useNavigation.getState().setInboxOpen(false);
  } else if (full !== null) {
    showFull(null);
    requestAnimationFrame(() => focusWidget(full));
  } else if (focused !== null) {
    useDashboards.getState().focus(null);
    if (active instanceof HTMLElement) active.blur();
  }
}

export const dashboardCommands: PageCommands = {
  'widget-next': () => moveTo(1),
  'widget-previous': () => moveTo(-1),
  'widget-full': toggleFull,
  'widget-numbers': () => {
    const { focused, toggleNumbers } = useDashboards.getState();
    if (focused !== null) toggleNumbers(focused);
  },
  'range-back': () => useDashboards.getState().back(),
  'range-earlier': () => useDashboards.getState().shift(-1),
  'range-later': () => useDashboards.getState().shift(1),
  'refresh-page': refreshNow,
  'open-file': () => void chooseFiles(),
  filter: () => {
    const field = document.getElementById(FILTER_ID);
    if (!(field instanceof HTMLInputElement)) return;
    field.focus();
    field.select();
  },
  back,
};
