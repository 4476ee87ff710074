/** The floor: the least that shows a window, as safely configured as the console's own. */
import { app, BrowserWindow } from 'electron';
import { join } from 'node:path';

// No top-level await: Electron is not ready before its entry has been evaluated.
app.whenReady().then(() => {
  const window = new BrowserWindow({
    width: 1440,
    height: 900,
    show: false,
    webPreferences: { sandbox: true, contextIsolation: true, nodeIntegration: false },
  });
  window.once('ready-to-show', () => window.show());
  app.on('window-all-closed', () => app.quit());
  return window.loadFile(join(import.meta.dirname, 'index.html'));
});
