/** How often an alarm fires in the process that is killed (ms, real). */
export const ALARM_EVERY_MS = 15;
