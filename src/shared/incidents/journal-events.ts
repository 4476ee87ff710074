import { z } from 'zod';
import { runEventSchemas } from '../runbooks/run-events';
import { severitySchema } from '../severity/severity-schema';

/** What the journal records. Incidents and the inbox are reductions of these, in order. */
const alarmState = z.enum(['OK', 'ALARM', 'INSUFFICIENT_DATA']);
const ms = z.number().int();

export const journalEventSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('transition'),
    transition: z.strictObject({
      id: z.string(),
      alarmKey: z.string(),
      connectionId: z.string(),
      alarmName: z.string(),
      region: z.string(),
      kind: z.enum(['metric', 'composite']),
      severity: severitySchema,
      from: alarmState.nullable(),
      to: alarmState,
      at: ms,
      seenAt: ms,
      reason: z.string(),
      source: z.enum(['poll', 'sweep', 'history', 'push', 'local']),
      observed: z.boolean(),
    }),
  }),
  /** Written after the telling: a transition without one is told again after a crash. */
  z.strictObject({
    type: z.literal('notified'),
    transitionIds: z.array(z.string()),
    incidentIds: z.array(z.string()),
    delivery: z.enum(['popup', 'grouped', 'in-app', 'failed']),
    /** Why not by popup: muted, quiet hours, damped, daemon missing … */
    note: z.string().nullable(),
    title: z.string(),
    body: z.string(),
    severity: severitySchema,
    /** 1 for the first telling, more for repeats. */
    count: z.number().int().positive(),
    /** From the API's answer to the popup, ms. */
    latencyMs: z.number().nullable(),
  }),
  z.strictObject({
    type: z.literal('acknowledged'),
    commandId: z.string(),
    alarmKeys: z.array(z.string()),
    by: z.string(),
    expiresAt: ms.nullable(),
    note: z.string().nullable(),
  }),
  z.strictObject({ type: z.literal('acknowledgement-expired'), incidentId: z.string() }),
  z.strictObject({
    type: z.literal('snoozed'),
    commandId: z.string(),
    alarmKeys: z.array(z.string()),
    by: z.string(),
    until: ms,
  }),
  z.strictObject({ type: z.literal('snooze-ended'), incidentId: z.string() }),
  z.strictObject({
    type: z.literal('noted'),
    alarmKey: z.string(),
    by: z.string(),
    text: z.string(),
  }),
  z.strictObject({ type: z.literal('undone'), commandId: z.string(), by: z.string() }),
  z.strictObject({ type: z.literal('inbox-read'), ids: z.array(z.string()) }),
  /** A deployment that EventBridge told the push queue. */
  z.strictObject({
    type: z.literal('deployment'),
    deployment: z.strictObject({
      id: z.string(),
      connectionId: z.string(),
      region: z.string(),
      at: ms,
      what: z.string(),
      phase: z.enum(['started', 'finished', 'failed']),
      service: z.string(),
    }),
  }),
  /** A dashboard is put into an account: `started` is on disk before AWS is asked. */
  z.strictObject({
    type: z.literal('dashboard-put'),
    phase: z.enum(['started', 'done', 'refused', 'failed']),
    commandId: z.string(),
    connectionId: z.string(),
    region: z.string(),
    name: z.string(),
    by: z.string(),
    /** SHA-256 of the new body, hex. */
    sha256: z.string(),
    /** SHA-256 of the body that stood there; null: none did. */
    replacesSha256: z.string().nullable(),
    /** CloudWatch's remarks, or why it failed. */
    note: z.string().nullable(),
  }),
  /** Something else of an account is changed: `started` is on disk before AWS is asked. */
  z.strictObject({
    type: z.literal('account-change'),
    phase: z.enum(['started', 'done', 'failed']),
    commandId: z.string(),
    connectionId: z.string(),
    region: z.string(),
    /** As AWS names it. */
    operation: z.enum(['PutQueryDefinition', 'PutRetentionPolicy', 'DeleteRetentionPolicy']),
    /** The name of what is changed. */
    subject: z.string(),
    by: z.string(),
    /** What stood there and what is to stand there, in words. */
    before: z.string().nullable(),
    after: z.string().nullable(),
    /** Why it failed. */
    note: z.string().nullable(),
  }),
  ...runEventSchemas,
  /** How far alarm history has been read, per connection and region. */
  z.strictObject({
    type: z.literal('history-checkpoint'),
    connectionId: z.string(),
    region: z.string(),
    at: ms,
  }),
]);
export type JournalEvent = z.infer<typeof journalEventSchema>;

/** One line of the journal file. `hash` = SHA-256 over `prev` and the rest, hex. */
export interface JournalEntry {
  seq: number;
  at: number;
  event: JournalEvent;
  prev: string;
  hash: string;
}
