import { Menu } from 'electron';
import type { MenuItemConstructorOptions } from 'electron';

export interface MenuCommands {
  navigate(view: 'alarms' | 'settings' | 'inbox'): void;
  refresh(): void;
}

/**
 * The application menu. Single-letter keys belong to the page; what stands here works from anywhere
 * in it. Reloading the page is a development tool: `Ctrl/Cmd-R` asks AWS again instead.
 */
export function createAppMenu(commands: MenuCommands, developing: boolean): Menu {
  const go: MenuItemConstructorOptions[] = [
    { label: 'Alarms', accelerator: 'CmdOrCtrl+1', click: () => commands.navigate('alarms') },
    { label: 'Inbox', accelerator: 'CmdOrCtrl+2', click: () => commands.navigate('inbox') },
    { label: 'Settings…', accelerator: 'CmdOrCtrl+,', click: () => commands.navigate('settings') },
    { type: 'separator' },
    { label: 'Refresh now', accelerator: 'CmdOrCtrl+R', click: () => commands.refresh() },
  ];
  const view: MenuItemConstructorOptions[] = [
    { role: 'zoomIn' },
    { role: 'zoomOut' },
    { role: 'resetZoom' },
    { type: 'separator' },
    { role: 'togglefullscreen' },
  ];
  if (developing)
    view.push({ type: 'separator' }, { role: 'forceReload' }, { role: 'toggleDevTools' });
  const first: MenuItemConstructorOptions =
    process.platform === 'darwin'
      ? { role: 'appMenu' }
      : { label: '&Nightdesk', submenu: [{ role: 'quit', accelerator: 'CmdOrCtrl+Q' }] };
  return Menu.buildFromTemplate([
    first,
    { label: '&Go', submenu: go },
    { role: 'editMenu' },
    { label: '&View', submenu: view },
    { role: 'windowMenu' },
  ]);
}
