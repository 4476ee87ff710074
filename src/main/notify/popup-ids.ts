/** Begins every id of a notification about runbooks; all others are about alarms. */
export const RUNBOOK_POPUP = 'runbook-';
