/** Runs sandboxed, before the page: exposes the bridge and nothing else. */
import { contextBridge, ipcRenderer, webUtils } from 'electron';
import { ENGINE_PORT_CHANNEL } from '../shared/ipc-names';
import { createBridge } from './bridge';

const bridge = createBridge({
  pathOf: (file) => webUtils.getPathForFile(file),
  invoke: (channel, name, args) => ipcRenderer.invoke(channel, name, args),
  listen(channel, listener) {
    // The event is dropped here: it would hand ipcRenderer to the page.
    const onMessage = (_event: unknown, payload: unknown): void => listener(payload);
    ipcRenderer.on(channel, onMessage);
    return () => {
      ipcRenderer.removeListener(channel, onMessage);
    };
  },
});

contextBridge.exposeInMainWorld('nightdesk', bridge);

// A port cannot pass the bridge: it goes into the page's own world by a message that only this page can hear.
ipcRenderer.on(ENGINE_PORT_CHANNEL, ({ ports }) => {
  window.postMessage(ENGINE_PORT_CHANNEL, window.location.origin, ports);
});
