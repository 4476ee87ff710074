import { Menu, nativeImage, Tray } from 'electron';
import type { Log } from './log';
import type { ShellStatus } from './status-text';
import { QUIET, statusSentence, trayMark } from './status-text';
import { drawTrayIcon } from './tray-icon';

export interface TrayCommands {
  open(): void;
  showInbox(): void;
  refresh(): void;
  quit(): void;
}

export interface StatusTray {
  setStatus(status: ShellStatus): void;
  destroy(): void;
}

const EDGE = 32;

/**
 * The tray icon with count and state. Some Linux desktops have no tray: then nothing shows, and
 * window title and notifications carry the same facts.
 */
export function createStatusTray(commands: TrayCommands, log: Log): StatusTray | null {
  try {
    const tray = new Tray(imageFor(QUIET));
    tray.on('click', commands.open);
    const show = (status: ShellStatus): void => {
      tray.setImage(imageFor(status));
      tray.setToolTip(`Nightdesk: ${statusSentence(status)}`);
      tray.setContextMenu(menuFor(status, commands));
    };
    show(QUIET);
    return { setStatus: show, destroy: () => tray.destroy() };
  } catch (cause) {
    log.error('There is no tray to show the state in', cause);
    return null;
  }
}

function imageFor(status: ShellStatus): Electron.NativeImage {
  const bitmap = drawTrayIcon(trayMark(status), status.unacknowledged, EDGE);
  return nativeImage.createFromBitmap(Buffer.from(bitmap), {
    width: EDGE,
    height: EDGE,
    scaleFactor: 2,
  });
}

function menuFor(status: ShellStatus, commands: TrayCommands): Menu {
  return Menu.buildFromTemplate([
    { label: statusSentence(status), enabled: false },
    { type: 'separator' },
    { label: 'Open Nightdesk', click: commands.open },
    { label: 'Show inbox', click: commands.showInbox },
    { label: 'Refresh now', click: commands.refresh },
    { type: 'separator' },
    { label: 'Quit Nightdesk', click: commands.quit },
  ]);
}
