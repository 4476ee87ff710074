/** What the engineer prefers about logs. */
import { z } from 'zod';
import { elasticSourcesSchema } from './elastic';
import { insightsLanguages } from './insights';
import { defaultRetentionPolicy, retentionPolicySchema } from './retention';

export const logGroupRefSchema = z.strictObject({
  connectionId: z.string().min(1).max(200),
  region: z.string().min(1).max(64),
  name: z.string().min(1).max(512),
});
/** One log group of one connection and region. */
export type LogGroupRef = z.infer<typeof logGroupRefSchema>;

export const queryHistoryEntrySchema = z.strictObject({
  query: z.string().min(1).max(10_000),
  language: z.enum(insightsLanguages),
  /** When it was last run, ms UTC. */
  ranAt: z.number().int().positive(),
  /** The time range asked for: relative stays relative. */
  start: z.string().min(1).max(40),
  end: z.string().max(40).nullable(),
  /** Empty where there were too many to keep. */
  groups: z.array(logGroupRefSchema).max(50),
});
/** A query that was run with Logs Insights. */
export type QueryHistoryEntry = z.infer<typeof queryHistoryEntrySchema>;

export const logSettingsSchema = z.strictObject({
  /** Of what is held of one search or tail; above it the oldest is dropped with a word. Bytes. */
  capBytes: z
    .number()
    .int()
    .min(32 * 2 ** 20)
    .max(8 * 2 ** 30),
  /** A search stops, resumable, at so many events. */
  maxEvents: z.number().int().min(100).max(10_000_000),
  favourites: z.array(logGroupRefSchema).max(200),
  /** Last searched first. */
  recent: z.array(logGroupRefSchema).max(30),
  /** Fields shown as columns beside time, level, group and message. */
  columns: z.array(z.string().min(1).max(4_096)).max(50),
  wrap: z.boolean(),
  /** Which groups belong to which alarms, before anything is guessed; globs over names. */
  alarmGroups: z
    .array(
      z.strictObject({
        alarm: z.string().min(1).max(300),
        groups: z.array(z.string().min(1).max(512)).min(1).max(20),
      }),
    )
    .max(200),
  /** Insights queries that were run, the last one first. Absent in older files. */
  history: z.array(queryHistoryEntrySchema).max(50).default([]),
  /** Filters of lines on show that were used, the last one first. Absent in older files. */
  filters: z.array(z.string().min(1).max(4_096)).max(30).default([]),
  /** Elasticsearch and OpenSearch servers; their passwords and keys are kept apart. Absent in older files. */
  sources: elasticSourcesSchema.default([]),
  /** How long log groups are to be kept. Absent in older files. */
  retentionPolicy: retentionPolicySchema.default(defaultRetentionPolicy),
});
export type LogSettings = z.infer<typeof logSettingsSchema>;

export const defaultLogSettings: LogSettings = {
  capBytes: 512 * 2 ** 20,
  maxEvents: 100_000,
  favourites: [],
  recent: [],
  columns: [],
  wrap: false,
  alarmGroups: [],
  history: [],
  filters: [],
  sources: [],
  retentionPolicy: defaultRetentionPolicy,
};
