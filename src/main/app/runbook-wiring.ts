/** Runbooks wired to the rest of main: whose connections, whose alarms, which calls. */
import { randomUUID } from 'node:crypto';
import type { Clock } from '../../shared/clock';
import type { ConnectionStatus } from '../../shared/connections/connection';
import { resolveSeverity } from '../../shared/severity/resolve';
import type { RegionApi } from '../aws/aws-api';
import type { Identity } from '../aws/connection-session';
import { failureOf } from '../runbooks/action-values';
import { awsHandlers } from '../runbooks/actions/aws';
import { localHandlers } from '../runbooks/actions/local';
import type { LocalParts } from '../runbooks/actions/local';
import { choicesOf } from '../runbooks/choices';
import { Runbooks } from '../runbooks/runbook-parts';
import type { RunbookPartsInit } from '../runbooks/runbook-parts';
import type { Journal, PopupPresenter, SettingsStore } from '../seams';
import type { IncidentService } from '../incidents/incident-service';
import { RUNBOOK_POPUP } from '../notify/popup-ids';
import { RunPopups } from './run-popups';
import type { RunPopupsParts } from './run-popups';
import type { AlarmView } from './alarm-view';
import { unreadable } from './automatic-wiring';

export interface RunbookWiring {
  /** The set that ships. */
  starterDir: string;
  apiOf: (connectionId: string, region: string) => RegionApi;
  statuses: () => ConnectionStatus[];
  /** Asks whose account it is; remembered. Rejects where AWS does not tell, null for a connection at rest. */
  identity: (connectionId: string, signal: AbortSignal) => Promise<Identity | null>;
  view: Pick<AlarmView, 'find' | 'named'>;
  /** What steps that run here need of the console. */
  local: Pick<LocalParts, 'integrations' | 'open' | 'apiOf'>;
  presenter: RunPopupsParts['presenter'];
  /** Somebody has the window before them. */
  watched: RunPopupsParts['watched'];
  navigate: RunPopupsParts['navigate'];
  incidents: Pick<IncidentService, 'forAlarm' | 'onFired' | 'remark' | 'took'>;
  settings: SettingsStore;
  journal: Journal;
  clock: Clock;
  askFolder: RunbookPartsInit['askFolder'];
  askPath: RunbookPartsInit['askPath'];
  changed: RunbookPartsInit['changed'];
  running: RunbookPartsInit['running'];
  report: (problem: string) => void;
}

/** A notification of a step: nothing can be answered in it. */
export const popupOf =
  (presenter: Pick<PopupPresenter, 'show'>): LocalParts['popup'] =>
  ({ title, body }) =>
    presenter.show({
      id: `${RUNBOOK_POPUP}${randomUUID()}`,
      title,
      body,
      urgency: 'normal',
      buttons: [],
    });

/** A plan waits this long for whose account it is (ms). */
const IDENTITY_MS = 5_000;

/** Null where it is not told in time: what else keeps the connection from answering is told by the steps. */
async function accountOf(
  { identity, report }: Pick<RunbookWiring, 'identity' | 'report'>,
  connectionId: string,
  signal: AbortSignal,
): Promise<string | null> {
  try {
    const known = await identity(
      connectionId,
      AbortSignal.any([signal, AbortSignal.timeout(IDENTITY_MS)]),
    );
    return known?.accountId ?? null;
  } catch (error) {
    signal.throwIfAborted();
    report(`A plan does not know its account: ${failureOf(error).message}`);
    return null;
  }
}

export function createRunbooks(wiring: RunbookWiring): Runbooks {
  const { apiOf, statuses, view, incidents, settings, journal } = wiring;
  const popups = new RunPopups(wiring);
  return new Runbooks({
    ...wiring,
    running: (state) => {
      wiring.running(state);
      popups.heard(state);
    },
    handlers: {
      ...awsHandlers(),
      ...localHandlers({
        ...wiring.local,
        popup: popupOf(wiring.presenter),
        clock: wiring.clock,
        platform: process.platform,
        knownState: (id, region, name) => view.named(id, region, [name])[0]?.state ?? null,
      }),
    },
    folders: () => settings.get().runbooks.folders,
    setFolders: (folders) => {
      settings.update((current) => ({ ...current, runbooks: { ...current.runbooks, folders } }));
    },
    journal: async () => journal,
    operator: () => settings.get().operator,
    alarm: async (key) => {
      try {
        return view.find(key);
      } catch {
        // Gone since the runbook was opened: the plan says so.
        return null;
      }
    },
    incident: async (alarmKey) => {
      const [latest] = incidents.forAlarm(alarmKey);
      return latest ?? null;
    },
    severityOf: (alarm) =>
      alarm.ownSeverity ?? resolveSeverity(alarm, settings.get().severityRules).severity,
    recorded: (entries) => incidents.took(entries),
    unreadable: (connectionId, region) => unreadable(statuses(), connectionId, region),
    missed: (alarm, why) => void incidents.remark(alarm.key, why),
    connection: async (idOrLabel, signal) => {
      const found =
        statuses().find(({ connection }) => connection.id === idOrLabel) ??
        statuses().find(({ connection }) => connection.label === idOrLabel);
      if (found === undefined) return null;
      const { id, label, regions, readOnly } = found.connection;
      const accountId = found.accountId ?? (await accountOf(wiring, id, signal));
      return { id, label, regions, readOnly, accountId };
    },
    choices: ({ from, prefix, connectionId, region }, signal) =>
      choicesOf(apiOf(connectionId, region).runbookReads, from, prefix, signal),
    reads: (connectionId, region) => ({
      ...apiOf(connectionId, region).runbookReads,
      // Metrics that steps ask for cost like any other query.
      getMetricData: wiring.local.apiOf(connectionId, region).getMetricData,
    }),
    changes: (connectionId, region) => apiOf(connectionId, region).runbookChanges,
  });
}
