/** Logs wired to the rest of main: the engine's process, whose connections, where files lie. */
import { app, safeStorage } from 'electron';
import { join } from 'node:path';
import type { Clock } from '../../shared/clock';
import type { RegionApi } from '../aws/aws-api';
import type { ConnectionRegistry } from '../connections/connection-registry';
import { launchEngine } from '../logs/engine/host';
import { LogEngine } from '../logs/engine-host';
import { exportExtensions } from '../logs/export/file-name';
import { createLogParts } from '../logs/log-parts';
import type { OwnedLogParts } from '../logs/log-parts';
import type { Journal, SettingsStore } from '../seams';
import type { Shell } from '../shell/shell';
import { SecretStore } from '../store/secrets';
import { pushLogs } from './log-handlers';
import { signingCredentials } from './sessions';

export interface LogWiring {
  apiOf: (connectionId: string, region: string) => RegionApi;
  registry: ConnectionRegistry;
  settings: SettingsStore;
  shell: Shell;
  clock: Clock;
  stateDir: string;
  journal: Journal;
  saveAs: (suggestedName: string, extension: string) => Promise<string | null>;
  report: (problem: string) => void;
}

export function createLogs(wiring: LogWiring): OwnedLogParts {
  const { apiOf, registry, settings, shell, clock, stateDir, journal, report } = wiring;
  const resource = (name: string): string => join(app.getAppPath(), 'resources', name);
  const logs = createLogParts({
    apiOf,
    connections: () => registry.connections(),
    elastic: {
      list: () => settings.get().logs.sources,
      vault: new SecretStore(stateDir, safeStorage),
      credentialsOf: (id, signal) => signingCredentials(registry, id, signal),
    },
    engine: new LogEngine({
      launch: () => launchEngine(join(app.getAppPath(), 'out/main/log-engine.js')),
      sendPort: (port) => shell.sendEnginePort(port),
      capBytes: () => settings.get().logs.capBytes,
      report,
    }),
    clock,
    stateDir,
    askPath: (name, format) => wiring.saveAs(name, exportExtensions[format]),
    starterDir: resource('queries'),
    searchDir: resource('searches'),
    journal: async () => journal,
    operator: () => settings.get().operator,
    report,
  });
  pushLogs(logs, shell.door);
  settings.onChange(() => logs.sources.changed());
  logs.groups.setConnections(registry.connections());
  registry.onChange((connections) => logs.groups.setConnections(connections));
  return logs;
}
