import type { AlarmState, TransitionSource } from '../alarms/alarm';
import type { Severity } from '../severity/severity';

export type IncidentState = 'triggered' | 'acknowledged' | 'snoozed' | 'resolved';

export type TimelineKind =
  | 'transition'
  | 'notified'
  | 'notify-failed'
  | 'acknowledged'
  | 'acknowledgement-expired'
  | 'snoozed'
  | 'snooze-ended'
  | 'undone'
  | 'noted'
  | 'muted'
  | 'configuration'
  | 'action'
  | 'deployment'
  | 'runbook'
  | 'resolved';

/** One line of an incident's timeline: what CloudWatch recorded, the console did, or a person did. */
export interface TimelineEntry {
  id: string;
  at: number;
  kind: TimelineKind;
  text: string;
  /** Person, for what people did; null for CloudWatch and the console. */
  by: string | null;
  state: AlarmState | null;
  source: TransitionSource | null;
  /** The run of a runbook that it tells of: `runbooks.run` shows it. */
  runId?: string;
}

/** One episode of one alarm, from ALARM until it is OK again. Reduced from the journal. */
export interface Incident {
  id: string;
  alarmKey: string;
  alarmName: string;
  connectionId: string;
  region: string;
  severity: Severity;
  state: IncidentState;
  openedAt: number;
  resolvedAt: number | null;
  acknowledgement: { by: string; at: number; expiresAt: number | null } | null;
  snooze: { by: string; at: number; until: number } | null;
  /** When the engineer was last told, and how often. */
  notifiedAt: number | null;
  notifiedCount: number;
  /** Transitions into ALARM within this episode (an alarm that flaps keeps its incident for a while). */
  alarmCount: number;
  timeline: TimelineEntry[];
}

/** One line of the inbox: everything the engineer was told or should have been. */
export interface InboxItem {
  id: string;
  at: number;
  incidentId: string | null;
  alarmKey: string | null;
  severity: Severity;
  title: string;
  body: string;
  /** How it reached the engineer: a popup, folded into a group popup, or only here (and why). */
  delivery: 'popup' | 'grouped' | 'in-app' | 'failed';
  deliveryNote: string | null;
  read: boolean;
}
