import type { AlarmDetail } from '../../shared/alarms/alarm';
import type { Connection, ConnectionTest, ProfileScan } from '../../shared/connections/connection';
import type { Incident, TimelineEntry } from '../../shared/incidents/incident';
import type { Bootstrap, CommandDone, Handlers, SeverityTest } from '../../shared/ipc';
import type { AlarmSeries } from '../../shared/metrics/series';
import type { Mute } from '../../shared/settings/settings';
import type { SeverityRule } from '../../shared/severity/severity';
import type { AlarmService, SettingsStore } from '../seams';
import type { Banners } from './banners';

/** What the window's requests need of main, each as narrow as its use. */
export interface HandlerParts {
  bootstrap(): Bootstrap | Promise<Bootstrap>;
  chooseDemo(): Promise<void>;
  copyText(text: string): void;
  /** A PNG as a data URL. */
  copyImage(dataUrl: string): void;
  openExternal(url: string): Promise<void>;
  banners: Banners;
  settings: SettingsStore;
  alarms: Pick<AlarmService, 'refresh'>;
  alarmDetail(key: string): AlarmDetail;
  alarmHistory(key: string, signal: AbortSignal): Promise<TimelineEntry[]>;
  alarmSeries(
    key: string,
    startMs: number,
    endMs: number,
    signal: AbortSignal,
  ): Promise<AlarmSeries>;
  testSeverity(rules: SeverityRule[], alarmKey: string): SeverityTest;
  incidents: {
    forAlarm(alarmKey: string): Incident[];
    acknowledge(
      alarmKeys: string[],
      note: string | null,
      expiresInMs: number | null,
    ): Promise<CommandDone>;
    snooze(alarmKeys: string[], until: number): Promise<CommandDone>;
    note(alarmKey: string, text: string): Promise<void>;
    undo(token: string): Promise<{ changed: number }>;
    markRead(ids: string[]): Promise<void>;
  };
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

/** Answers every name of the contract. Failures are thrown; the door turns them into plain data. */
export function createHandlers(parts: HandlerParts): Handlers {
  const { settings, incidents, connections } = parts;
  return {
    'app.bootstrap': () => parts.bootstrap(),
    'app.chooseDemo': async () => {
      await parts.chooseDemo();
      return null;
    },
    'app.copyText': (text) => {
      parts.copyText(text);
      return null;
    },
    'app.copyImage': (dataUrl) => {
      parts.copyImage(dataUrl);
      return null;
    },
    'app.openExternal': async (url) => {
      await parts.openExternal(url);
      return null;
    },
    // The door aborts the named request itself; what reaches here had already ended.
    'app.cancel': () => null,
    'app.dismissBanner': (id) => {
      parts.banners.dismiss(id);
      return null;
    },

    'alarms.detail': (key) => parts.alarmDetail(key),
    'alarms.refresh': async (connectionId) => {
      await parts.alarms.refresh(connectionId);
      return null;
    },
    'alarms.history': ({ key }, signal) => parts.alarmHistory(key, signal),
    'metrics.alarmSeries': ({ key, startMs, endMs }, signal) =>
      parts.alarmSeries(key, startMs, endMs, signal),

    'incidents.forAlarm': (key) => incidents.forAlarm(key),
    'incidents.acknowledge': ({ alarmKeys, note, expiresInMs }) =>
      incidents.acknowledge(alarmKeys, note, expiresInMs),
    'incidents.snooze': ({ alarmKeys, until }) => incidents.snooze(alarmKeys, until),
    'incidents.note': async ({ alarmKey, text }) => {
      await incidents.note(alarmKey, text);
      return null;
    },
    'incidents.undo': (token) => incidents.undo(token),

    'mutes.add': (mute) =>
      changeMutes(settings, (mutes) => [...mutes, { ...mute, id: parts.newMuteId() }]),
    'mutes.remove': (id) =>
      changeMutes(settings, (mutes) => mutes.filter((mute) => mute.id !== id)),
    'inbox.markRead': async (ids) => {
      await incidents.markRead(ids);
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
