/** The only place that touches `ipcMain`; lint keeps it so. */
import { ipcMain } from 'electron';
import type { DoorTransport } from './ipc-door';

export const ipcMainTransport: DoorTransport = {
  handle(channel, listener) {
    ipcMain.handle(channel, (event, ...args: unknown[]) => listener(event, ...args));
  },
};
