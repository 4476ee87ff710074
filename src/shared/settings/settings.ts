import { z } from 'zod';
import { localRuleSchema } from '../local-rules/local-rule';
import { connectionSchema } from '../connections/connection';
import { logSettingsSchema } from '../logs/settings';
import { integrationsSchema } from '../runbooks/integrations';
import { severityRuleSchema, severitySchema } from '../severity/severity-schema';

const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);

export const muteSchema = z.strictObject({
  id: z.string().min(1).max(100),
  /** Glob over the alarm's name. */
  pattern: z.string().min(1).max(300),
  /** Null: every connection. */
  connectionId: z.string().nullable(),
  until: z.number().int().positive(),
  reason: z.string().max(500),
});
export type Mute = z.infer<typeof muteSchema>;

export const notifyRuleSchema = z.strictObject({
  popup: z.boolean(),
  sound: z.boolean(),
  /** Told again this often until acknowledged; null tells once. Milliseconds. */
  repeatEveryMs: z.number().int().min(10_000).max(86_400_000).nullable(),
});

export const savedViewSchema = z.strictObject({
  id: z.string().min(1).max(100),
  name: z.string().trim().min(1).max(60),
  text: z.string().max(300),
  severities: z.array(severitySchema),
  states: z.array(z.enum(['OK', 'ALARM', 'INSUFFICIENT_DATA'])),
  connectionIds: z.array(z.string()),
  regions: z.array(z.string()),
  unacknowledgedOnly: z.boolean(),
  sort: z.enum(['severity', 'since', 'name']),
});
export type SavedView = z.infer<typeof savedViewSchema>;

export const settingsSchema = z.strictObject({
  /** The first-run choice (connect AWS or explore the demo) has been made. */
  welcomed: z.boolean(),
  theme: z.enum(['system', 'dark', 'light']),
  timeZone: z.enum(['local', 'utc']),
  /** The name written on acknowledgements and notes. */
  operator: z.string().trim().min(1).max(80),
  pollIntervalMs: z.number().int().min(10_000).max(600_000),
  sweepIntervalMs: z.number().int().min(60_000).max(3_600_000),
  connections: z.array(connectionSchema).max(200),
  severityRules: z.array(severityRuleSchema).max(500),
  notify: z.record(severitySchema, notifyRuleSchema),
  notifyOnOk: z.boolean(),
  quietHours: z.strictObject({ enabled: z.boolean(), from: timeOfDay, to: timeOfDay }),
  mutes: z.array(muteSchema).max(1000),
  /** Acknowledgements lapse after this long; null never. Milliseconds. */
  acknowledgementExpiresMs: z.number().int().min(60_000).nullable(),
  views: z.array(savedViewSchema).max(100),
  metrics: z.strictObject({
    /** US dollars an hour for metric queries, all connections; null: no cap. */
    capUsdPerHour: z.number().min(0.01).max(1_000).nullable(),
    /** Seconds between two refreshes of what is on show; null: only by hand. */
    refreshSeconds: z.number().int().min(10).max(3_600).nullable(),
  }),
  localRules: z.array(localRuleSchema).max(200),
  logs: logSettingsSchema,
  /** Services that runbooks send to; their secrets are kept apart, encrypted. */
  integrations: integrationsSchema,
  runbooks: z.strictObject({
    /** Folders of runbooks, beside the starter set. */
    folders: z.array(z.string().min(1).max(4_096)).max(50),
  }),
});
export type Settings = z.infer<typeof settingsSchema>;
