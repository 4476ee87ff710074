/**
 * The names of the contract, without its schemas, so that the sandboxed preload stays small.
 * `ipc.ts` does not compile when a name is missing here or too many.
 */
export const requestNames = [
  'app.bootstrap',
  'app.chooseDemo',
  'app.copyText',
  'app.copyImage',
  'app.openExternal',
  'app.cancel',
  'app.dismissBanner',
  'alarms.detail',
  'alarms.refresh',
  'alarms.history',
  'metrics.alarmSeries',
  'metrics.query',
  'metrics.budget',
  'metrics.resume',
  'metrics.search',
  'metrics.choices',
  'metrics.related',
  'metrics.marks',
  'alarms.find',
  'dashboards.list',
  'dashboards.refresh',
  'dashboards.open',
  'dashboards.chooseFiles',
  'dashboards.addDropped',
  'dashboards.forget',
  'dashboards.favourite',
  'dashboards.keepValues',
  'dashboards.saveFile',
  'dashboards.onAws',
  'dashboards.put',
  'stacks.list',
  'stacks.values',
  'files.save',
  'localRules.test',
  'incidents.forAlarm',
  'incidents.acknowledge',
  'incidents.snooze',
  'incidents.note',
  'incidents.undo',
  'mutes.add',
  'mutes.remove',
  'inbox.markRead',
  'connections.scanProfiles',
  'connections.test',
  'connections.save',
  'connections.remove',
  'connections.answerMfa',
  'settings.update',
  'severity.test',
  'notify.test',
  'demo.run',
] as const;

export const pushNames = [
  'alarms.patch',
  'incidents.changed',
  'connections.status',
  'settings.changed',
  'inbox.changed',
  'banners.changed',
  'app.navigate',
  'app.shown',
  'connections.mfaPrompt',
  'demo.scenarios',
  'notify.sound',
  'dashboards.changed',
  'dashboards.fileChanged',
  'metrics.budget',
  'metrics.catalog',
] as const;

/** Asked by the preload alone, on a gesture it saw itself (a file dropped on the window); never by the page. */
export const preloadOnlyNames: readonly string[] = ['dashboards.addDropped'];

/** The one IPC channel requests cross, and the prefix of pushes. */
export const REQUEST_CHANNEL = 'nightdesk:request';
export const PUSH_CHANNEL = 'nightdesk:push';
