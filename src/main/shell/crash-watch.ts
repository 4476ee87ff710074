/** Notices pages and children that die, and brings the page back without letting it spin. */
import { app } from 'electron';
import type { BrowserWindow } from 'electron';
import type { Clock } from '../../shared/clock';
import type { Log } from './log';
import { reloadDelay } from './reload-delay';

export interface CrashWatchOptions {
  clock: Clock;
  log: Log;
  reload(window: BrowserWindow): void;
  /** A sentence for the banner. */
  report(text: string): void;
}

/** Reloads the page of `window` whenever its process dies. */
export function watchRenderer(window: BrowserWindow, options: CrashWatchOptions): void {
  const crashes: number[] = [];
  window.webContents.on('render-process-gone', (_event, details) => {
    if (details.reason === 'clean-exit') return;
    crashes.push(options.clock.now());
    options.log.error(`The window's process ended: ${details.reason} (${details.exitCode})`);
    options.report('The window crashed and was restarted. Watching went on meanwhile.');
    options.clock.after(reloadDelay(crashes), () => {
      if (!window.isDestroyed()) options.reload(window);
    });
  });
  window.on('unresponsive', () => options.log.warn('The window does not respond.'));
  window.on('responsive', () => options.log.info('The window responds again.'));
}

/** Notes the death of helper processes; their owners restart them. */
export function watchChildren(log: Log): void {
  app.on('child-process-gone', (_event, details) => {
    if (details.reason === 'clean-exit') return;
    const name = details.name ?? details.serviceName ?? '';
    log.error(`A ${details.type} process ${name} ended: ${details.reason} (${details.exitCode})`);
  });
}
