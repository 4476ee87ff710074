/**
 * The contract between main and renderer: what may be asked (`requests`) and what is told (`pushes`).
 * A handler missing for a name does not compile; arguments stay `unknown` until their schema has parsed them.
 */
import { z } from 'zod';
import type { AlarmDetail } from './alarms/alarm';
import { connectionSchema } from './connections/connection';
import type { ConnectionStatus, ConnectionTest, ProfileScan } from './connections/connection';
import type { Failure } from './failure';
import type { pushNames, requestNames } from './ipc-names';
import type { InboxItem, Incident, TimelineEntry } from './incidents/incident';
import { putDashboardSchema } from './dashboards/listing';
import type {
  DashboardEntry,
  DashboardListing,
  DashboardOnAws,
  OpenedDashboard,
  StackEntry,
} from './dashboards/listing';
import { localRuleSchema } from './local-rules/local-rule';
import type { LocalRuleTest } from './local-rules/local-rule';
import { logExportSchema } from './logs/export';
import type { ExportProgress } from './logs/export';
import { elasticSecretSchema, elasticSourceSchema } from './logs/elastic';
import type { ElasticSecrets, ElasticTest } from './logs/elastic';
import type { GroupListing } from './logs/groups';
import { insightsLanguages, insightsQuerySchema } from './logs/insights';
import type { InsightsEstimate, InsightsRows, InsightsState, SavedQuery } from './logs/insights';
import { noteIdSchema, saveLogNoteSchema } from './logs/notes';
import type { LogNote } from './logs/notes';
import { setRetentionSchema } from './logs/retention';
import type { RetentionOutcome } from './logs/retention';
import { deleteSearchSchema, saveSearchSchema } from './logs/saved-search';
import type { SavedSearch } from './logs/saved-search';
import { logRunId, logSearchSchema } from './logs/search';
import type { SearchProgress } from './logs/search';
import { logTailSchema } from './logs/tail';
import type { TailState } from './logs/tail';
import type { CatalogState, MetricSearch } from './metrics/catalog';
import type { TimeMarks } from './metrics/marks';
import { freshnesses, metricIdSchema, queryGroupSchema } from './metrics/query';
import type { MetricBudget, SeriesSet } from './metrics/query';
import type { RelatedMetrics } from './metrics/related';
import type { AlarmSeries } from './metrics/series';
import { MOST_SAVED_CHARACTERS } from './saved-files';
import { returns } from './request';
import type { Request } from './request';
import type { Result } from './result';
import { integrationRequests } from './runbooks/integrations';
import { runbookRequests } from './runbooks/requests';
import type { NavigateRequest } from './navigate-request';
import type { RunbookPushes } from './runbooks/requests';
import { muteSchema, settingsSchema } from './settings/settings';
import type { Settings } from './settings/settings';
import type { Severity } from './severity/severity';
import { severityRuleSchema } from './severity/severity-schema';

const none = z.undefined();
const key = z.string().min(1).max(2048);
const keys = z.array(key).min(1).max(10_000);
const place = { connectionId: key, region: z.string().min(1).max(64) };
const requestId = z.string().regex(/^[a-zA-Z0-9-]{1,64}$/);

export const settingsPatchSchema = settingsSchema.partial().omit({ connections: true });
export type SettingsPatch = z.infer<typeof settingsPatchSchema>;

export interface Bootstrap {
  version: string;
  platform: string;
  /** Demo only: no connection of the user's is used. */
  demo: boolean;
  /** No connection configured and the demo not chosen yet. */
  firstRun: boolean;
  settings: Settings;
  connections: ConnectionStatus[];
  banners: Banner[];
  inbox: InboxItem[];
  /** JSON of `AlarmRow[]`: one string, because ten thousand rows as objects are slow across the bridge. */
  alarmsJson: string;
  scenarios: DemoScenario[];
}

/** A statement across the top of the window, until its cause has gone or a person dismisses it. */
export interface Banner {
  id: string;
  level: 'error' | 'warning' | 'info';
  text: string;
  advice: string;
  action: {
    label: string;
    command:
      'open-settings' | 'refresh' | 'restart-notifier' | 'open-connections' | 'resume-metrics';
  } | null;
  dismissible: boolean;
}

export interface DemoScenario {
  id: string;
  title: string;
  description: string;
  running: boolean;
}

/** What a bulk change did, with the token that takes it back. */
export interface CommandDone {
  changed: number;
  undoToken: string;
}

export interface SeverityTest {
  severity: Severity;
  /** The rule that hit, or null when none did and the built-in default applied. */
  ruleId: string | null;
  /** One sentence: why. */
  explanation: string;
}

export const requests = {
  'app.bootstrap': returns<Bootstrap>()(none),
  'app.chooseDemo': returns<null>()(none),
  'app.copyText': returns<null>()(z.string().max(5_000_000)),
  /** A PNG as a data URL; pages have no clipboard permission of their own. */
  'app.copyImage': returns<null>()(
    z
      .string()
      .max(5_000_000)
      .regex(/^data:image\/png;base64,[A-Za-z0-9+/=]+$/),
  ),
  'app.openExternal': returns<null>()(z.string().max(4096)),
  'app.cancel': returns<null>()(requestId),
  'app.dismissBanner': returns<null>()(key),

  'alarms.detail': returns<AlarmDetail>()(key),
  /** A connection's id, or null for all: polls and sweeps now. */
  'alarms.refresh': returns<null>()(key.nullable()),
  'alarms.history': returns<TimelineEntry[]>()(z.strictObject({ key, requestId })),
  'metrics.alarmSeries': returns<AlarmSeries>()(
    z.strictObject({ key, startMs: z.number(), endMs: z.number(), requestId }),
  ),
  /** Joined with what other widgets ask at the same moment, batched, cached. */
  'metrics.query': returns<SeriesSet>()(
    z.strictObject({ group: queryGroupSchema, freshness: z.enum(freshnesses), requestId }),
  ),
  'metrics.budget': returns<MetricBudget>()(none),
  /** Lets queries go on for an hour although the cap is reached. */
  'metrics.resume': returns<MetricBudget>()(none),
  /** Searches what ListMetrics has told, and starts reading it where it has not been. Empty text: everything. */
  'metrics.search': returns<MetricSearch>()(
    z.strictObject({
      ...place,
      text: z.string().max(500),
      namespace: z.string().max(255).nullable(),
      limit: z.number().int().min(1).max(2_000),
      requestId,
    }),
  ),
  /** Values of a dimension, sorted. */
  'metrics.choices': returns<string[]>()(
    z.strictObject({
      ...place,
      namespace: z.string().min(1).max(255),
      metricName: z.string().max(255).nullable(),
      dimension: z.string().min(1).max(255),
      filters: metricIdSchema.shape.dimensions,
      requestId,
    }),
  ),
  /** What else of the alarm's resource left its normal range of the last week. */
  'metrics.related': returns<RelatedMetrics>()(
    z.strictObject({ key, startMs: z.number(), endMs: z.number(), requestId }),
  ),
  'metrics.marks': returns<TimeMarks>()(
    z.strictObject({
      connectionIds: z.array(key).max(200),
      startMs: z.number(),
      endMs: z.number(),
    }),
  ),
  /** JSON of the `Alarm[]` of a place that have these names. */
  'alarms.find': returns<string>()(z.strictObject({ ...place, names: keys })),

  'dashboards.list': returns<DashboardListing>()(none),
  /** Asks every connection for its dashboards again; the answers are pushed. */
  'dashboards.refresh': returns<null>()(none),
  'dashboards.open': returns<OpenedDashboard>()(z.strictObject({ id: key, requestId })),
  /** The system's open dialog; empty when it was closed. */
  'dashboards.chooseFiles': returns<DashboardEntry[]>()(none),
  /** Full path of a file dropped on the window. Asked by the preload only. */
  'dashboards.addDropped': returns<DashboardEntry>()(z.string().min(1).max(4096)),
  /** Takes a file off the recent list. */
  'dashboards.forget': returns<null>()(key),
  'dashboards.favourite': returns<null>()(z.strictObject({ id: key, favourite: z.boolean() })),
  /** Remembers the values picked for a dashboard's inputs. */
  'dashboards.keepValues': returns<null>()(
    z.strictObject({ id: key, values: z.record(z.string().max(500), z.string().max(10_000)) }),
  ),
  /** Asks where, writes a dashboard file and lists it; null when the dialog was closed. */
  'dashboards.saveFile': returns<DashboardEntry | null>()(
    z.strictObject({ suggestedName: z.string().min(1).max(200), text: z.string().max(5_000_000) }),
  ),
  'dashboards.onAws': returns<DashboardOnAws>()(z.strictObject({ ...place, name: key, requestId })),
  /** PutDashboard: a change. Answers CloudWatch's validation messages. */
  'dashboards.put': returns<string[]>()(putDashboardSchema),

  'stacks.list': returns<StackEntry[]>()(z.strictObject({ ...place, requestId })),
  /** Parameters, physical ids and outputs of a stack, by the ids of a template's inputs. */
  'stacks.values': returns<Record<string, string>>()(
    z.strictObject({ ...place, stackName: key, requestId }),
  ),

  /** Asks where and writes an export; the path's last part, or null when the dialog was closed. */
  'files.save': returns<string | null>()(
    z.strictObject({
      suggestedName: z.string().min(1).max(200),
      text: z.string().max(MOST_SAVED_CHARACTERS),
      kind: z.enum(['csv', 'json']),
    }),
  ),

  /** Hands the window a port of its own to the log engine. */
  'logs.connect': returns<null>()(none),
  'logs.groups': returns<GroupListing>()(none),
  /** Asks every connection and region for its groups again; the answers are pushed. */
  'logs.refreshGroups': returns<null>()(none),
  /** Starts a search; its progress is pushed, its events are in the engine. */
  'logs.search': returns<SearchProgress>()(logSearchSchema),
  /** Ends a search, query or tail; what was found stays. */
  'logs.stop': returns<null>()(logRunId),
  /** Goes on where a stopped or full search ended. */
  'logs.resume': returns<null>()(logRunId),
  /** Ends it and forgets what was found. */
  'logs.close': returns<null>()(logRunId),
  'logs.query': returns<InsightsState>()(insightsQuerySchema),
  'logs.queryRows': returns<InsightsRows>()(
    z.strictObject({
      queryId: logRunId,
      from: z.number().int().min(0),
      count: z.number().int().min(1).max(10_000),
    }),
  ),
  'logs.estimate': returns<InsightsEstimate>()(
    insightsQuerySchema.pick({ targets: true, startMs: true, endMs: true }),
  ),
  'logs.savedQueries': returns<SavedQuery[]>()(z.strictObject({ requestId })),
  /** Keeps a query on this computer, or in the account: there it is a change. */
  'logs.saveQuery': returns<SavedQuery>()(
    z.strictObject({
      name: z.string().trim().min(1).max(255),
      where: z.enum(['disk', 'account']),
      connectionId: key.nullable(),
      region: z.string().max(64).nullable(),
      groups: z.array(z.string().max(512)).max(50),
      query: z.string().min(1).max(10_000),
      language: z.enum(insightsLanguages),
    }),
  ),
  'logs.tail': returns<TailState>()(logTailSchema),
  /** Sets how long groups are kept: changes, previewed and agreed to by a person. */
  'logs.setRetention': returns<RetentionOutcome[]>()(setRetentionSchema),
  /** Asks where to and begins to write; null when the dialog was closed. Its progress is pushed. */
  'logs.export': returns<ExportProgress | null>()(logExportSchema),
  'logs.exportStop': returns<null>()(logRunId),
  /** Goes on where a stopped or failed export ended. */
  'logs.exportResume': returns<null>()(logRunId),
  /** Ends it and deletes what is unfinished; a finished file stays. */
  'logs.exportDiscard': returns<null>()(logRunId),
  /** Those of this start, and the unfinished ones of earlier starts. */
  'logs.exports': returns<ExportProgress[]>()(none),
  /** Bookmarks and notes on events, in no order. */
  'logs.notes': returns<LogNote[]>()(none),
  'logs.saveNote': returns<LogNote>()(saveLogNoteSchema),
  'logs.deleteNote': returns<null>()(noteIdSchema),
  /** Those of this computer and those that ship; pushed whole on every change. */
  'logs.savedSearches': returns<SavedSearch[]>()(none),
  'logs.saveSearch': returns<SavedSearch>()(saveSearchSchema),
  'logs.deleteSearch': returns<null>()(deleteSearchSchema),

  /** Tries an Elasticsearch or OpenSearch server as given; `secret` null takes the one that is kept. */
  'logs.testSource': returns<ElasticTest>()(
    z.strictObject({
      source: elasticSourceSchema,
      secret: elasticSecretSchema.nullable(),
      requestId,
    }),
  ),
  /** Keeps a password or key, encrypted; nothing asks for it back. */
  'logs.setSourceSecret': returns<null>()(
    z.strictObject({ source: elasticSourceSchema, secret: elasticSecretSchema }),
  ),
  'logs.sourceSecrets': returns<ElasticSecrets>()(none),

  ...runbookRequests,
  ...integrationRequests,

  'localRules.test': returns<LocalRuleTest>()(z.strictObject({ rule: localRuleSchema, requestId })),

  'incidents.forAlarm': returns<Incident[]>()(key),
  'incidents.acknowledge': returns<CommandDone>()(
    z.strictObject({
      alarmKeys: keys,
      note: z.string().max(4000).nullable(),
      expiresInMs: z.number().int().positive().nullable(),
    }),
  ),
  'incidents.snooze': returns<CommandDone>()(
    z.strictObject({ alarmKeys: keys, until: z.number().int().positive() }),
  ),
  'incidents.note': returns<null>()(
    z.strictObject({ alarmKey: key, text: z.string().trim().min(1).max(4000) }),
  ),
  'incidents.undo': returns<{ changed: number }>()(key),

  'mutes.add': returns<{ id: string }>()(muteSchema.omit({ id: true })),
  'mutes.remove': returns<null>()(key),
  'inbox.markRead': returns<null>()(z.array(key).max(10_000)),

  'connections.scanProfiles': returns<ProfileScan>()(none),
  'connections.test': returns<ConnectionTest>()(
    z.strictObject({ connection: connectionSchema, requestId }),
  ),
  'connections.save': returns<null>()(connectionSchema),
  'connections.remove': returns<null>()(key),
  /** A null code cancels the prompt. */
  'connections.answerMfa': returns<null>()(
    z.strictObject({
      promptId: key,
      code: z
        .string()
        .regex(/^\d{6,8}$/)
        .nullable(),
    }),
  ),

  'settings.update': returns<Settings>()(settingsPatchSchema),
  'severity.test': returns<SeverityTest>()(
    z.strictObject({ rules: z.array(severityRuleSchema).max(500), alarmKey: key }),
  ),
  'notify.test': returns<{ delivered: boolean; message: string }>()(none),
  'demo.run': returns<null>()(key),
} satisfies Record<string, Request<z.ZodType, unknown>>;

export type RequestName = keyof typeof requests;
export type RequestArgs<N extends RequestName> = z.output<(typeof requests)[N]['args']>;
export type RequestResult<N extends RequestName> = NonNullable<
  (typeof requests)[N]['result']
>['type'];
export type Reply<N extends RequestName> = Result<RequestResult<N>, Failure>;

/** Main's handlers: one for each name. `signal` aborts when the window goes or `app.cancel` names its requestId. */
export type Handlers = {
  [N in RequestName]: (
    args: RequestArgs<N>,
    signal: AbortSignal,
  ) => Promise<RequestResult<N>> | RequestResult<N>;
};

export interface AlarmsPatch {
  /** JSON of `AlarmRow[]`: added or changed. */
  upsertsJson: string;
  /** Keys that are gone. */
  removed: string[];
}

export interface Pushes extends RunbookPushes {
  'alarms.patch': AlarmsPatch;
  'incidents.changed': { alarmKeys: string[] };
  'connections.status': ConnectionStatus[];
  'settings.changed': Settings;
  'inbox.changed': InboxItem[];
  'banners.changed': Banner[];
  /** Show this: from a notification, the tray or a deep link. */
  'app.navigate': NavigateRequest;
  /** Whether the window can be seen: not hidden, not minimised. A page that is not throttled cannot tell. */
  'app.shown': { shown: boolean };
  'connections.mfaPrompt': { promptId: string; connectionLabel: string; mfaSerial: string };
  'demo.scenarios': DemoScenario[];
  /** Play the sound of this severity (the window owns the audio device). */
  'notify.sound': { severity: Severity };
  'dashboards.changed': DashboardListing;
  /** An open file was saved by somebody: read it again. */
  'dashboards.fileChanged': { id: string };
  'metrics.budget': MetricBudget;
  'metrics.catalog': CatalogState;
  'logs.groups': GroupListing;
  'logs.searching': SearchProgress;
  'logs.querying': InsightsState;
  'logs.tailing': TailState;
  'logs.exporting': ExportProgress;
  'logs.savedSearches': SavedSearch[];
}
export type PushName = keyof Pushes;

/** Compile only while ipc-names.ts lists exactly the names of the two maps. */
type Exactly<A, B> = [A] extends [B] ? ([B] extends [A] ? true : never) : never;
export const namesAreComplete: {
  requests: Exactly<(typeof requestNames)[number], RequestName>;
  pushes: Exactly<(typeof pushNames)[number], PushName>;
} = { requests: true, pushes: true };

export { PUSH_CHANNEL, REQUEST_CHANNEL, pushNames, requestNames } from './ipc-names';
