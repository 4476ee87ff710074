/** Composition root: read it first. Everything is made here, with plain `new`, and stopped here. */
import { app } from 'electron';
import { systemClock } from '../shared/clock';
import { createLog } from './shell/log';
import { claimSingleInstance, prepareShell, Shell } from './shell/shell';

const log = createLog((line) => process.stderr.write(`${line}\n`));

function start(): void {
  const shell = new Shell({
    appPath: app.getAppPath(),
    userDataPath: app.getPath('userData'),
    devServerUrl: app.isPackaged ? null : (process.env['ELECTRON_RENDERER_URL'] ?? null),
    clock: systemClock,
    log,
    refresh: () => log.info('Refresh asked for.'),
    reportCrash: (text) => log.warn(text),
  });
  shell.open().once('show', () => shell.showTray());
}

prepareShell();
if (claimSingleInstance()) {
  app.on('window-all-closed', () => app.quit());
  app.whenReady().then(start, (cause: unknown) => {
    log.error('Nightdesk could not start', cause);
    app.exit(1);
  });
} else {
  app.quit();
}
