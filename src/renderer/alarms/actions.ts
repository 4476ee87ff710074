/** What a person does to alarms, from wherever: the list, the detail, the palette or a key. */
import { ask } from '../bridge';
import { useAlarms } from '../stores/alarms';
import { useDialogs } from '../stores/dialogs';
import { showFailure, showToast, useToasts } from '../stores/toasts';
import { formatClock } from '../ui/time';
import type { TimeZone } from '../ui/time';

/** The most recent changes that can still be taken back, oldest first. */
const undoTokens: { token: string; what: string; toastId: number }[] = [];
const UNDO_DEPTH = 50;

function alarmCount(count: number): string {
  return count === 1 ? '1 alarm' : `${count} alarms`;
}

/** Only firing alarms have an incident that somebody can take. */
function firingAmong(keys: readonly string[]): string[] {
  const { rows } = useAlarms.getState().index;
  return keys.filter((key) => rows.get(key)?.state === 'ALARM');
}

function sayNothingFires(): void {
  showToast({
    level: 'done',
    text: 'Nothing to do',
    detail: 'Only alarms that are firing can be acknowledged or snoozed.',
    action: null,
  });
}

function sayDone(what: string, token: string): void {
  const toastId = showToast({
    level: 'done',
    text: what,
    detail: null,
    action: { label: 'Undo', run: () => void undo(token) },
  });
  undoTokens.push({ token, what, toastId });
  if (undoTokens.length > UNDO_DEPTH) undoTokens.shift();
}

/** Acknowledges the firing ones among `keys`; `expiresInMs` null uses the settings' expiry. */
export async function acknowledge(
  keys: readonly string[],
  note: string | null = null,
  expiresInMs: number | null = null,
): Promise<void> {
  const alarmKeys = firingAmong(keys);
  if (alarmKeys.length === 0) return sayNothingFires();
  try {
    const done = await ask('incidents.acknowledge', { alarmKeys, note, expiresInMs });
    sayDone(`Acknowledged ${alarmCount(done.changed)}`, done.undoToken);
  } catch (error) {
    showFailure(error, 'incidents.acknowledge');
  }
}

/** Snoozes the firing ones among `keys` until a moment (ms). */
export async function snooze(
  keys: readonly string[],
  until: number,
  zone: TimeZone,
): Promise<void> {
  const alarmKeys = firingAmong(keys);
  if (alarmKeys.length === 0) return sayNothingFires();
  try {
    const done = await ask('incidents.snooze', { alarmKeys, until });
    sayDone(
      `Snoozed ${alarmCount(done.changed)} until ${formatClock(until, zone)}`,
      done.undoToken,
    );
  } catch (error) {
    showFailure(error, 'incidents.snooze');
  }
}

/** Takes back one change, or the latest when no token is given. */
export async function undo(token?: string): Promise<void> {
  const at = token === undefined ? undoTokens.length - 1 : tokenAt(token);
  const entry = undoTokens[at];
  if (entry === undefined) {
    showToast({ level: 'done', text: 'Nothing to undo', detail: null, action: null });
    return;
  }
  undoTokens.splice(at, 1);
  useToasts.getState().dismiss(entry.toastId);
  try {
    await ask('incidents.undo', entry.token);
    showToast({ level: 'done', text: `Undone: ${entry.what}`, detail: null, action: null });
  } catch (error) {
    showFailure(error, 'incidents.undo');
  }
}

function tokenAt(token: string): number {
  return undoTokens.findIndex((entry) => entry.token === token);
}

/** Writes a note to the alarm's incident; true when it is stored. */
export async function addNote(alarmKey: string, text: string): Promise<boolean> {
  try {
    await ask('incidents.note', { alarmKey, text });
    showToast({ level: 'done', text: 'Note added', detail: null, action: null });
    return true;
  } catch (error) {
    showFailure(error, 'incidents.note');
    return false;
  }
}

/** Asks how long to snooze. */
export function askSnooze(keys: readonly string[]): void {
  const alarmKeys = firingAmong(keys);
  if (alarmKeys.length === 0) return sayNothingFires();
  useDialogs.getState().show({ kind: 'snooze', alarmKeys });
}

/** Asks for a note. */
export function askNote(alarmKey: string): void {
  useDialogs.getState().show({ kind: 'note', alarmKey });
}

/** Polls one connection, or all (null), now. */
export async function refresh(connectionId: string | null): Promise<void> {
  try {
    await ask('alarms.refresh', connectionId);
    showToast({ level: 'done', text: 'Asked AWS again', detail: null, action: null });
  } catch (error) {
    showFailure(error, 'alarms.refresh');
  }
}

/** Puts text on the clipboard and says so. */
export async function copyText(text: string, what: string): Promise<void> {
  try {
    await ask('app.copyText', text);
    showToast({ level: 'done', text: `Copied ${what}`, detail: null, action: null });
  } catch (error) {
    showFailure(error, 'app.copyText');
  }
}
