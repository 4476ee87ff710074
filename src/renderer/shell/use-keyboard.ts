/** One listener for every key of the table. */
import { openSpotlight } from '@mantine/spotlight';
import { useEffect } from 'react';
import { assertNever } from '../../shared/assert-never';
import { acknowledge, askNote, askSnooze, copyText, refresh, undo } from '../alarms/actions';
import { isNarrowed } from '../alarms/filter';
import { openAlarmLogs } from '../alarm-detail/open-logs';
import { openAlarmRunbooks } from '../alarm-detail/open-runbooks';
import { openAlarmMetrics } from '../alarm-detail/open-metrics';
import { extendMarks, markAllListed, moveSelection, targets } from '../alarms/move';
import { focusDetail, focusFilter, focusRow } from '../alarms/focus';
import { resolveKey } from '../keys';
import type { Command, KeyContext } from '../keys';
import { useAlarms } from '../stores/alarms';
import { useDialogs } from '../stores/dialogs';
import { useList } from '../stores/list';
import { useNavigation } from '../stores/navigation';
import { runPageCommand } from './page-commands';

/** How long the first key of a sequence waits for the second, ms. */
const SEQUENCE_MS = 1_500;
const PAGE_ROWS = 10;

function contextOf(target: EventTarget | null): KeyContext {
  const element = target instanceof HTMLElement ? target : null;
  const inGrid = element?.closest('[role="grid"]') !== null && element !== null;
  return {
    typing:
      element !== null &&
      (element.isContentEditable || element.matches('input, textarea, select, [role="textbox"]')),
    onControl:
      element !== null &&
      !inGrid &&
      !element.matches('[data-widget]') &&
      element !== document.body &&
      element.tabIndex >= 0,
    view: useNavigation.getState().view,
  };
}

/** Escape closes one thing at a time, the nearest first. */
function back(): void {
  const list = useList.getState();
  const active = document.activeElement;
  if (active instanceof HTMLInputElement) {
    if (list.filter.text !== '' && active.type === 'search') list.narrow({ text: '' });
    active.blur();
    focusRow();
  } else if (useNavigation.getState().inboxOpen) {
    useNavigation.getState().setInboxOpen(false);
  } else if (list.marked.size > 0) {
    list.clearMarks();
  } else if (isNarrowed(list.filter)) {
    list.narrow({ text: '', severities: [], states: [], connectionIds: [], regions: [] });
  } else {
    focusRow();
  }
}

function move(by: number): void {
  moveSelection(by);
  focusRow();
}

function withSelected(run: (key: string) => void): void {
  const { alarmKey } = useNavigation.getState();
  if (alarmKey !== null) run(alarmKey);
}

function afterActing(): void {
  useList.getState().clearMarks();
}

function filterList(): void {
  useNavigation.getState().show('alarms');
  // The field is there once the view has been drawn.
  requestAnimationFrame(focusFilter);
}

function copyName(key: string): void {
  const row = useAlarms.getState().index.rows.get(key);
  if (row !== undefined) void copyText(row.name, "the alarm's name");
}

/** Runs a command of the table, from a key or from the palette. */
export function runCommand(command: Command): void {
  if (runPageCommand(command)) return;
  const list = useList.getState();
  switch (command) {
    case 'move-down':
      return move(1);
    case 'move-up':
      return move(-1);
    case 'move-first':
      return move(Number.NEGATIVE_INFINITY);
    case 'move-last':
      return move(Number.POSITIVE_INFINITY);
    case 'page-down':
      return move(PAGE_ROWS);
    case 'page-up':
      return move(-PAGE_ROWS);
    case 'extend-down':
      extendMarks(1);
      return focusRow();
    case 'extend-up':
      extendMarks(-1);
      return focusRow();
    case 'toggle-mark':
      return withSelected(list.toggleMark);
    case 'mark-all':
      return markAllListed();
    case 'open':
      return focusDetail();
    case 'acknowledge':
      return void acknowledge(targets()).then(afterActing);
    case 'snooze':
      return askSnooze(targets());
    case 'note':
      return withSelected(askNote);
    case 'undo':
      return void undo();
    case 'copy-name':
      return withSelected(copyName);
    case 'open-metrics':
      return withSelected((key) => void openAlarmMetrics(key));
    case 'open-logs':
      return withSelected((key) => void openAlarmLogs(key));
    case 'open-runbooks':
      return withSelected((key) => void openAlarmRunbooks(key));
    case 'filter':
      return filterList();
    case 'show-firing':
      return list.narrow({ scope: 'firing' });
    case 'show-unacknowledged':
      return list.narrow({ scope: 'unacknowledged' });
    case 'show-all':
      return list.narrow({ scope: 'all' });
    case 'widget-next':
    case 'widget-previous':
    case 'widget-full':
    case 'widget-numbers':
    case 'range-back':
    case 'range-earlier':
    case 'range-later':
    case 'refresh-page':
    case 'open-file':
    case 'follow-id':
    case 'copy-line':
    case 'bookmark-line':
    case 'run-query':
    case 'stop-query':
    case 'run-runbook':
      // Only the page that has them does them, and it was asked above.
      return;
    case 'refresh':
      return void refresh(null);
    case 'palette':
      return openSpotlight();
    case 'help':
      return useDialogs.getState().show({ kind: 'help' });
    case 'go-alarms':
      return useNavigation.getState().show('alarms');
    case 'go-dashboards':
      return useNavigation.getState().show('dashboards');
    case 'go-metrics':
      return useNavigation.getState().show('metrics');
    case 'go-logs':
      return useNavigation.getState().show('logs');
    case 'go-runbooks':
      return useNavigation.getState().show('runbooks');
    case 'go-settings':
      return useNavigation.getState().show('settings');
    case 'go-inbox':
      return useNavigation.getState().setInboxOpen(true);
    case 'back':
      return back();
    default:
      return assertNever(command);
  }
}

/** A dialog, menu or the palette has the keyboard to itself. */
function isCovered(): boolean {
  if (useDialogs.getState().open !== null) return true;
  return document.querySelector('[role="dialog"][aria-modal="true"], [role="menu"]') !== null;
}

export function useKeyboard(): void {
  useEffect(() => {
    let pending: { prefix: string; at: number } | null = null;
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.isComposing || isCovered()) return;
      const waiting = pending !== null && event.timeStamp - pending.at < SEQUENCE_MS;
      const prefix = waiting && pending !== null ? pending.prefix : null;
      if (event.key === 'Shift' || event.key === 'Control' || event.key === 'Meta') return;
      pending = null;
      const outcome = resolveKey(event, prefix, contextOf(event.target));
      if (outcome.kind === 'none') return;
      event.preventDefault();
      if (outcome.kind === 'pending') pending = { prefix: outcome.prefix, at: event.timeStamp };
      else runCommand(outcome.command);
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
}
