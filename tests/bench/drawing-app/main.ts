/** A window as the console's own, with its protocol, policy and preload; behind the door only two bulk answers. */
import { app, BrowserWindow, ipcMain, protocol } from 'electron';
import { join } from 'node:path';
import {
  APP_ORIGIN,
  APP_SCHEME,
  createAppProtocolHandler,
} from '../../../src/main/shell/app-protocol';
import { REQUEST_CHANNEL } from '../../../src/shared/ipc-names';
import { noise, SERIES, POINTS, PERIOD_MS, START_MS } from './series';

protocol.registerSchemesAsPrivileged([
  { scheme: APP_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } },
]);

const values = noise(SERIES, POINTS);
const heads = Array.from({ length: SERIES }, (_, index) => ({
  queryId: `m${index}`,
  key: `m${index}`,
  label: `host-${index} CPUUtilization`,
  startMs: START_MS,
  periodMs: PERIOD_MS,
  offset: index * POINTS,
  count: POINTS,
  status: 'complete',
  messages: [],
}));

function answerOf(name: unknown): unknown {
  if (name === 'metrics.budget') return values;
  return {
    startMs: START_MS,
    endMs: START_MS + POINTS * PERIOD_MS,
    headsJson: JSON.stringify(heads),
    asOf: START_MS,
    state: 'fresh',
    failure: null,
    messages: [],
    // Last, as main sends it: what follows a large array makes the serializer grow and copy its buffer.
    values,
  };
}

void app.whenReady().then(() => {
  protocol.handle(APP_SCHEME, createAppProtocolHandler(join(import.meta.dirname, 'page')));
  ipcMain.handle(REQUEST_CHANNEL, (_event, name: unknown) => ({ ok: true, value: answerOf(name) }));
  const window = new BrowserWindow({
    width: 1440,
    height: 900,
    webPreferences: {
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      preload: join(import.meta.dirname, 'preload.cjs'),
    },
  });
  app.on('window-all-closed', () => app.quit());
  return window.loadURL(`${APP_ORIGIN}/index.html`);
});
