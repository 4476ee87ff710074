/** A place in the window that main asks for: from a notification, the tray, the menu or a link. */
export interface NavigateRequest {
  view: 'alarms' | 'runbooks' | 'settings' | 'inbox';
  alarmKey: string | null;
  /** To be shown, never run; absent: none. */
  runbookId?: string;
  /** A run to be shown; absent: none. */
  runId?: string;
}
