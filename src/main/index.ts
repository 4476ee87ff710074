/**
 * Composition root: read it first. Everything is made here with plain `new`, wired top to bottom, and
 * stopped here. The window opens before anything asks AWS or reads the journal.
 */
import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { app } from 'electron';
import ElectronStore from 'electron-store';
import type { Alarm } from '../shared/alarms/alarm';
import { systemClock } from '../shared/clock';
import type { TimelineEntry } from '../shared/incidents/incident';
import { defaultSettings } from '../shared/settings/defaults';
import { defaultSeverityRules } from '../shared/severity/default-rules';
import { resolveSeverity, rulesNeedTags } from '../shared/severity/resolve';
import { alarmTimeline } from './alarms/alarm-history';
import { CloudWatchAlarmService } from './alarms/alarm-service';
import { automaticOnFiring } from './app/automatic-wiring';
import { Banners } from './app/banners';
import { budgetBanner } from './app/budget-banner';
import { parseCommandLine } from './app/command-line';
import type { CommandLine } from './app/command-line';
import { Console } from './app/console';
import { operatorName } from './app/operator-name';
import { DemoHost } from './app/demo-host';
import { launchDemo } from './app/demo-process';
import { createHandlers } from './app/handlers';
import { requireRegionApi } from './app/sessions';
import type { RegionApi } from './aws/aws-api';
import { DashboardLibrary } from './dashboards/dashboard-library';
import { ConnectionRegistry } from './connections/connection-registry';
import { IncidentService } from './incidents/incident-service';
import { LocalRuleService } from './local-rules/local-rule-service';
import { AlarmSeriesSource } from './metrics/alarm-series';
import { CloudWatchMetricService } from './metrics/metric-service';
import type { LogParts } from './logs/log-seams';
import type { Integrations } from './runbooks/actions/local';
import type { Runbooks } from './runbooks/runbook-parts';
import { Notifier } from './notify/notifier';
import { createPresenter } from './notify/presenter';
import { copyImage, copyText } from './shell/clipboard';
import type { Journal } from './seams';
import { fileDialogs } from './shell/file-dialogs';
import { createLog } from './shell/log';
import { captureWhenReady } from './shell/screenshot';
import { claimSingleInstance, prepareShell, Shell } from './shell/shell';
import { watchSystem } from './shell/system-events';
import { openJournal } from './store/journal';
import { openSettingsStore } from './store/settings-store';

const clock = systemClock;
const log = createLog((line) => process.stderr.write(`${line}\n`));
const print = (line: string): void => void process.stdout.write(`${line}\n`);

function openShell(userDataPath: string, refresh: () => void, banners: Banners): Shell {
  return new Shell({
    appPath: app.getAppPath(),
    userDataPath,
    devServerUrl: app.isPackaged ? null : (process.env['ELECTRON_RENDERER_URL'] ?? null),
    clock,
    log,
    refresh,
    reportCrash: (text) =>
      banners.set('crash', {
        level: 'warning',
        text,
        advice: 'Nothing was lost: the journal holds everything that happened.',
        action: null,
        dismissible: true,
      }),
  });
}

async function start(commandLine: CommandLine): Promise<void> {
  const userDataPath = app.getPath('userData');
  const settings = openSettingsStore({
    dir: userDataPath,
    defaults: defaultSettings(operatorName(log), defaultSeverityRules),
    now: () => clock.now(),
    createBackend: (options) => new ElectronStore(options),
  });

  // The window first: what follows takes time that nobody should look at an empty screen for.
  const banners = new Banners((list) => shell.door.push('banners.changed', list));
  let refresh = (): void => undefined;
  const shell = openShell(userDataPath, () => refresh(), banners);
  surviveTheUnexpected(banners);
  shell.setTheme(settings.get().theme);
  const ready = Promise.withResolvers<Console>();

  const registry = new ConnectionRegistry({
    settings,
    clock,
    pushMfaPrompt: (prompt) => shell.door.push('connections.mfaPrompt', prompt),
    demoOnly: commandLine.demo,
  });
  const presenter = createPresenter({
    platform: process.platform,
    childFile: join(app.getAppPath(), 'out/main/notify-child.js'),
    iconFile: join(app.getAppPath(), 'resources/icons/icon-256.png'),
    env: process.env,
    clock,
    log,
  });
  const notifier = new Notifier({
    presenter,
    clock,
    settings: () => settings.get(),
    navigate: ({ view, alarmKey }) => shell.navigate(view, alarmKey),
    sound: (severity) => shell.door.push('notify.sound', { severity }),
  });
  const demo = new DemoHost(
    () => launchDemo(join(app.getAppPath(), 'out/main/demo-child.js'), (text) => log.warn(text)),
    (scenarios) => shell.door.push('demo.scenarios', scenarios),
  );
  const apiOf = (id: string, region: string): RegionApi => requireRegionApi(registry, id, region);
  const metrics = new CloudWatchMetricService({
    apiOf,
    connections: () => registry.connections(),
    settings: () => settings.get(),
    alarms: () => alarms.alarms.values(),
    clock,
    cacheDir: join(userDataPath, 'metric-cache'),
    report: (problem) => log.warn(problem),
  });
  // An alarm's graph costs like any other query.
  const series = new AlarmSeriesSource((id, region) => metrics.countedApi(id, region), clock);
  metrics.onBudget((budget) => {
    shell.door.push('metrics.budget', budget);
    banners.set('metric-budget', budgetBanner(budget));
  });
  metrics.onCatalog((state) => shell.door.push('metrics.catalog', state));
  const journalOpened = Promise.withResolvers<Journal>();
  const dialogs = fileDialogs(() => shell.currentWindow());
  const dashboards = new DashboardLibrary({
    apiOf,
    clock,
    stateDir: userDataPath,
    starterDir: join(app.getAppPath(), 'resources/dashboards'),
    dialogs,
    journal: () => journalOpened.promise,
    operator: () => settings.get().operator,
    report: (problem) => log.warn(problem),
  });
  dashboards.onListing((listing) => shell.door.push('dashboards.changed', listing));
  dashboards.onFileChanged((id) => shell.door.push('dashboards.fileChanged', { id }));
  const timelineOf = (alarm: Alarm, signal: AbortSignal): Promise<TimelineEntry[]> =>
    alarmTimeline(apiOf(alarm.connectionId, alarm.region), alarm, clock, signal);
  const window = (): Promise<Console> => ready.promise;
  const runbooksReady = Promise.withResolvers<Runbooks>();
  const integrationsReady = Promise.withResolvers<Integrations>();
  const logsReady = Promise.withResolvers<LogParts>();

  // Handlers wait for the console; the window is painted meanwhile.
  shell.door.registerHandlers(
    createHandlers({
      bootstrap: async () => (await window()).bootstrap(),
      chooseDemo: async () => (await window()).chooseDemo(),
      copyText,
      copyImage,
      openExternal: (url) => shell.openExternal(url),
      banners,
      settings,
      refresh: async (id) => (await window()).refresh(id),
      alarmDetail: async (key) => (await window()).view.detail(key),
      metrics,
      dashboards,
      logs: () => logsReady.promise,
      runbooks: () => runbooksReady.promise,
      integrations: () => integrationsReady.promise,
      findAlarm: async (key) => (await window()).view.find(key),
      alarmsNamed: async (id, region, names) => (await window()).view.named(id, region, names),
      marks: async (ids, startMs, endMs) => (await window()).marks(ids, startMs, endMs),
      testRule: async (rule, signal) => (await window()).localRules.test(rule, signal),
      alarmHistory: async (key, signal) => timelineOf((await window()).view.find(key), signal),
      alarmSeries: async (key, startMs, endMs, signal) =>
        series.load((await window()).view.find(key), startMs, endMs, signal),
      testSeverity: async (rules, key) => (await window()).view.testSeverity(rules, key),
      incidents: async () => (await window()).incidents,
      newMuteId: randomUUID,
      connections: registry,
      testNotification: () => {
        if (presenter.problem !== null) presenter.restart();
        return notifier.test();
      },
      runScenario: (id) => demo.run(id),
    }),
  );
  const opened = shell.open();
  opened.once('show', () => shell.showTray());

  const journalDir = join(userDataPath, 'journal');
  mkdirSync(journalDir, { recursive: true, mode: 0o700 });
  const journal = await openJournal({ dir: journalDir, clock });
  journalOpened.resolve(journal);
  const incidents = new IncidentService({
    journal,
    notifier,
    clock,
    settings: () => settings.get(),
    newId: randomUUID,
  });
  await incidents.start();
  const alarms = new CloudWatchAlarmService({
    clock,
    seed: incidents.knownTransitions(),
    checkpoints: {
      get: (id, region) => incidents.checkpoint(id, region),
      set: (id, region, at) => incidents.setCheckpoint(id, region, at),
    },
    intervals: () => settings.get(),
    severityOf: (alarm) => resolveSeverity(alarm, settings.get().severityRules).severity,
    needsTags: () => rulesNeedTags(settings.get().severityRules),
    report: (problem) => log.warn(problem),
    onDeployment: (deployment) => incidents.keepDeployment(deployment),
    open: (connection) => registry.session(connection.id),
  });
  const localRules = new LocalRuleService({
    metrics,
    settings,
    clock,
    seed: incidents.knownTransitions(),
    accountOf: (id) =>
      alarms.statuses().find(({ connection }) => connection.id === id)?.accountId ?? '',
    report: (problem) => log.warn(problem),
  });
  const console = new Console({
    version: app.getVersion(),
    platform: process.platform,
    demoOnly: commandLine.demo,
    clock,
    shell,
    banners,
    settings,
    journal,
    registry,
    alarms,
    localRules,
    incidents,
    presenter,
    demo,
    print,
  });
  dashboards.setConnections(registry.connections());
  registry.onChange((connections) => dashboards.setConnections(connections));
  refresh = () => {
    console.refresh(null).catch((cause: unknown) => log.error('Refresh failed', cause));
  };
  automaticOnFiring({
    incidents,
    sources: [alarms, localRules],
    clock,
    alarm: (key) => console.alarm(key),
    runbooks: runbooksReady.promise,
    report: (problem) => log.warn(problem),
  });
  await console.start();
  ready.resolve(console);
  // Loaded when the window is there: nobody searches or runs anything in the first moment.
  const { createLogs } = await import('./app/log-wiring');
  const report = (problem: string): void => log.warn(problem);
  const logs = createLogs({
    apiOf,
    registry,
    settings,
    shell,
    clock,
    stateDir: userDataPath,
    journal,
    saveAs: (name, extension) => dialogs.saveLogs(name, extension),
    report,
  });
  logsReady.resolve(logs);
  const { createIntegrations } = await import('./app/integration-wiring');
  const integrations = createIntegrations({
    list: () => settings.get().integrations,
    stateDir: userDataPath,
    clock,
    report,
  });
  integrationsReady.resolve(integrations);
  const { createRunbooks } = await import('./app/runbook-wiring');
  const runbooks = createRunbooks({
    apiOf,
    statuses: () => alarms.statuses(),
    identity: async (id, signal) => (await registry.session(id)?.identity(signal)) ?? null,
    view: console.view,
    local: {
      integrations,
      open: (request) => shell.door.push('runbooks.open', request),
      // Metrics that are waited for cost like any other query.
      apiOf: (id, region) => metrics.countedApi(id, region),
    },
    starterDir: join(app.getAppPath(), 'resources/runbooks'),
    incidents,
    settings,
    journal,
    clock,
    presenter,
    watched: () => shell.isWatched(),
    navigate: (to) => shell.navigateTo(to),
    askFolder: () => dialogs.runbookFolder(),
    askPath: (name, extension) => dialogs.saveReport(name, extension),
    changed: (listing) => shell.door.push('runbooks.changed', listing),
    running: (state) => shell.door.push('runbooks.running', state),
    report,
  });
  runbooksReady.resolve(runbooks);
  const stopWatching = watchSystem(
    {
      suspend: () => console.suspend(),
      resume: () => console.resume(),
      online: () => console.resume(),
      offline: () => log.info('The network is gone.'),
    },
    clock,
  );
  quitCleanly(async () => {
    stopWatching();
    await console.stop();
    await dashboards.stop();
    await logs.stop();
    await runbooks.stop();
    integrations.stop();
    await metrics.stop();
    await journal.close();
    shell.destroy();
  });
  if (commandLine.screenshotFile !== null) {
    await captureWhenReady(opened, commandLine.screenshotFile);
    print(`Screenshot: ${commandLine.screenshotFile}`);
  }
}

/** Watching goes on after a fault nobody foresaw: it is logged and said, instead of a dialog that stops main. */
function surviveTheUnexpected(banners: Banners): void {
  const say = (cause: unknown): void => {
    log.error('Unexpected fault', cause);
    banners.set('fault', {
      level: 'warning',
      text: 'Something unexpected went wrong inside Nightdesk. Watching goes on.',
      advice: 'If something looks wrong, start Nightdesk again: the journal holds what happened.',
      action: null,
      dismissible: true,
    });
  };
  process.on('uncaughtException', say);
  process.on('unhandledRejection', say);
}

/** Lets what is being written be written, but never holds up quitting for long. */
function quitCleanly(stop: () => Promise<void>): void {
  let stopping = false;
  app.on('before-quit', (event) => {
    if (stopping) return;
    stopping = true;
    event.preventDefault();
    const late = setTimeout(() => app.exit(0), 4_000);
    stop()
      .catch((cause: unknown) => log.error('Not everything stopped cleanly', cause))
      .finally(() => {
        clearTimeout(late);
        app.exit(0);
      });
  });
}

function run(): void {
  const commandLine = parseCommandLine(process.argv.slice(1));
  if (commandLine.userDataDir !== null) {
    mkdirSync(commandLine.userDataDir, { recursive: true, mode: 0o700 });
    app.setPath('userData', commandLine.userDataDir);
  }
  prepareShell();
  if (!claimSingleInstance()) {
    print('Nightdesk is already open with this data folder; its window was brought to the front.');
    app.quit();
    return;
  }
  app.on('window-all-closed', () => app.quit());
  if (commandLine.exitAfterSeconds !== null) {
    setTimeout(() => app.quit(), commandLine.exitAfterSeconds * 1000);
  }
  app
    .whenReady()
    .then(() => start(commandLine))
    .catch((cause: unknown) => {
      log.error('Nightdesk could not start', cause);
      app.exit(1);
    });
}

try {
  run();
} catch (cause) {
  log.error(cause instanceof Error ? cause.message : 'Nightdesk could not start');
  app.exit(2);
}
