import type { AlarmDetail } from '../../shared/alarms/alarm';
import type { Connection, ConnectionTest, ProfileScan } from '../../shared/connections/connection';
import { FailureError } from '../../shared/failure';
import type { Failure } from '../../shared/failure';
import type { TimelineEntry } from '../../shared/incidents/incident';
import type { Bootstrap, SeverityTest } from '../../shared/ipc';
import type { Result } from '../../shared/result';
import type { AlarmSeries } from '../../shared/metrics/series';
import type { Mute } from '../../shared/settings/settings';
import type { SeverityRule } from '../../shared/severity/severity';
import type { IncidentService } from '../incidents/incident-service';
import type { LogParts } from '../logs/log-seams';
import type { Integrations } from '../runbooks/actions/local';
import type { Runbooks } from '../runbooks/runbook-parts';
import type { DashboardService, SettingsStore } from '../seams';
import type { DoorHandlers } from '../shell/ipc-door';
import type { Banners } from './banners';
import { dashboardHandlers } from './dashboard-handlers';
import { logHandlers } from './log-handlers';
import { metricHandlers } from './metric-handlers';
import type { MetricHandlerParts } from './metric-handlers';
import { integrationHandlers } from './integration-handlers';
import { runbookHandlers } from './runbook-handlers';

/** What the window's requests need of main, each as narrow as its use. */
export interface HandlerParts extends MetricHandlerParts {
  dashboards: DashboardService;
  logs: () => Promise<LogParts>;
  runbooks: () => Promise<Runbooks>;
  integrations: () => Promise<Pick<Integrations, 'setSecret' | 'state' | 'test'>>;
  bootstrap(): Bootstrap | Promise<Bootstrap>;
  chooseDemo(): Promise<void>;
  copyText(text: string): Promise<void>;
  /** A PNG as a data URL. */
  copyImage(dataUrl: string): Promise<void>;
  openExternal(url: string): Promise<void>;
  banners: Banners;
  settings: SettingsStore;
  /** A connection's id, or null for all. */
  refresh(connectionId: string | null): Promise<void>;
  alarmDetail(key: string): Promise<AlarmDetail>;
  alarmHistory(key: string, signal: AbortSignal): Promise<TimelineEntry[]>;
  alarmSeries(
    key: string,
    startMs: number,
    endMs: number,
    signal: AbortSignal,
  ): Promise<AlarmSeries>;
  testSeverity(rules: SeverityRule[], alarmKey: string): Promise<SeverityTest>;
  /** Resolves once the journal has been replayed. */
  incidents(): Promise<
    Pick<IncidentService, 'forAlarm' | 'acknowledge' | 'snooze' | 'note' | 'undo' | 'markRead'>
  >;
  newMuteId(): string;
  connections: {
    scanProfiles(): Promise<ProfileScan>;
    test(connection: Connection, signal: AbortSignal): Promise<ConnectionTest>;
    save(connection: Connection): void | Promise<void>;
    remove(id: string): void | Promise<void>;
    answerMfa(promptId: string, code: string | null): void;
  };
  testNotification(): Promise<{ delivered: boolean; message: string }>;
  runScenario(id: string): void;
}

const changeMutes = (settings: SettingsStore, change: (mutes: Mute[]) => Mute[]): null => {
  settings.update((current) => ({ ...current, mutes: change(current.mutes) }));
  return null;
};

/** The value of a command, or its failure thrown for the door. */
async function valueOf<T>(result: Promise<Result<T, Failure>>): Promise<T> {
  const settled = await result;
  if (settled.ok) return settled.value;
  throw new FailureError(settled.failure);
}

/** Answers every name of the contract. Failures are thrown; the door turns them into plain data. */
export function createHandlers(parts: HandlerParts): DoorHandlers {
  const { settings, incidents, connections } = parts;
  return {
    ...metricHandlers(parts),
    ...dashboardHandlers(parts.dashboards),
    ...logHandlers(parts.logs),
    ...runbookHandlers(parts.runbooks),
    ...integrationHandlers(parts.integrations),

    'app.bootstrap': () => parts.bootstrap(),
    'app.chooseDemo': async () => {
      await parts.chooseDemo();
      return null;
    },
    'app.copyText': async (text) => {
      await parts.copyText(text);
      return null;
    },
    'app.copyImage': async (dataUrl) => {
      await parts.copyImage(dataUrl);
      return null;
    },
    'app.openExternal': async (url) => {
      await parts.openExternal(url);
      return null;
    },
    'app.dismissBanner': (id) => {
      parts.banners.dismiss(id);
      return null;
    },

    'alarms.detail': (key) => parts.alarmDetail(key),
    'alarms.refresh': async (connectionId) => {
      await parts.refresh(connectionId);
      return null;
    },
    'alarms.history': ({ key }, signal) => parts.alarmHistory(key, signal),
    'metrics.alarmSeries': ({ key, startMs, endMs }, signal) =>
      parts.alarmSeries(key, startMs, endMs, signal),

    'incidents.forAlarm': async (key) => (await incidents()).forAlarm(key),
    'incidents.acknowledge': async (command) => valueOf((await incidents()).acknowledge(command)),
    'incidents.snooze': async (command) => valueOf((await incidents()).snooze(command)),
    'incidents.note': async (command) => valueOf((await incidents()).note(command)),
    'incidents.undo': async (token) => valueOf((await incidents()).undo(token)),

    'mutes.add': (mute) => {
      const id = parts.newMuteId();
      changeMutes(settings, (mutes) => [...mutes, { ...mute, id }]);
      return { id };
    },
    'mutes.remove': (id) =>
      changeMutes(settings, (mutes) => mutes.filter((mute) => mute.id !== id)),
    'inbox.markRead': async (ids) => {
      await (await incidents()).markRead(ids);
      return null;
    },

    'connections.scanProfiles': () => connections.scanProfiles(),
    'connections.test': ({ connection }, signal) => connections.test(connection, signal),
    'connections.save': async (connection) => {
      await connections.save(connection);
      return null;
    },
    'connections.remove': async (id) => {
      await connections.remove(id);
      return null;
    },
    'connections.answerMfa': ({ promptId, code }) => {
      connections.answerMfa(promptId, code);
      return null;
    },

    'settings.update': (patch) => settings.update((current) => ({ ...current, ...patch })),
    'severity.test': ({ rules, alarmKey }) => parts.testSeverity(rules, alarmKey),
    'notify.test': () => parts.testNotification(),
    'demo.run': (id) => {
      parts.runScenario(id);
      return null;
    },
  };
}
