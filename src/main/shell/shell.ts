/** Electron's own, put together: what the rest of main sees of window, tray, menu, badge and links. */
import { join } from 'node:path';
import { app, Menu, nativeTheme, protocol, session, shell as system } from 'electron';
import type { BrowserWindow, MessagePortMain } from 'electron';
import type { Clock } from '../../shared/clock';
import { ENGINE_PORT_CHANNEL } from '../../shared/ipc-names';
import type { Settings } from '../../shared/settings/settings';
import { createAppMenu } from './app-menu';
import { APP_ORIGIN, APP_SCHEME, createAppProtocolHandler } from './app-protocol';
import { watchChildren, watchRenderer } from './crash-watch';
import { DEEP_LINK_SCHEME, deepLinkIn, parseDeepLink } from './deep-link';
import type { DeepLink } from './deep-link';
import type { NavigateRequest } from '../../shared/navigate-request';
import { ipcMainTransport } from './ipc-door-electron';
import { openExternalSafely } from './external-links';
import { IpcDoor } from './ipc-door';
import type { Log } from './log';
import { createMainWindow, loadPage } from './main-window';
import type { MainWindowOptions } from './main-window';
import { guardPage, guardSession, originOf } from './page-guards';
import { QUIET, windowTitle } from './status-text';
import type { ShellStatus } from './status-text';
import { createStatusTray } from './tray';
import type { StatusTray } from './tray';

export interface ShellOptions {
  /** The app's folder: `out/` and `resources/` lie in it. */
  appPath: string;
  userDataPath: string;
  /** The development server's address, only while developing; null serves the built files. */
  devServerUrl: string | null;
  clock: Clock;
  log: Log;
  /** From the menu, the tray or the keyboard: ask AWS again now. */
  refresh(): void;
  /** A sentence for a banner: something of the shell's died and was restarted. */
  reportCrash(text: string): void;
}

type View = NavigateRequest['view'];

/** What must be said before Electron is ready. */
export function prepareShell(): void {
  // Root cannot have Chromium's sandbox (containers, test machines): there the switch has to win,
  // or every child dies at once. Each window asks for its own sandbox all the same.
  if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
  protocol.registerSchemesAsPrivileged([
    { scheme: APP_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
}

/**
 * Takes the one place there is for this data folder.
 * @returns false when another instance has it: that one was told to show itself; quit.
 */
export function claimSingleInstance(): boolean {
  return app.requestSingleInstanceLock();
}

export class Shell {
  readonly door: IpcDoor;
  private readonly windowOptions: MainWindowOptions;
  private readonly trustedOrigin: string;
  private window: BrowserWindow | null = null;
  private tray: StatusTray | null = null;
  private status: ShellStatus = QUIET;
  /** The page has asked for its first picture, so it hears pushes. */
  private listening = false;
  /** A link that arrived before there was a page to show it. */
  private waitingLink: DeepLink | null = null;

  /** Call when Electron is ready. */
  constructor(private readonly options: ShellOptions) {
    const { appPath, devServerUrl, log } = options;
    this.trustedOrigin = devServerUrl === null ? APP_ORIGIN : originOf(devServerUrl);
    this.windowOptions = {
      preloadFile: join(appPath, 'out/preload/index.cjs'),
      iconFile: join(appPath, 'resources/icons/icon-256.png'),
      pageUrl: devServerUrl ?? `${APP_ORIGIN}/index.html`,
      stateFile: join(options.userDataPath, 'window.json'),
      log,
    };
    this.door = new IpcDoor({
      transport: ipcMainTransport,
      trustedOrigin: this.trustedOrigin,
      log,
      onAnswered: (name) => {
        if (name === 'app.bootstrap') setImmediate(() => this.showWaitingLink());
      },
    });
    this.guard();
    this.listen();
    Menu.setApplicationMenu(
      createAppMenu(
        { navigate: (view) => this.navigate(view, null), refresh: options.refresh },
        devServerUrl !== null,
      ),
    );
  }

  /** Opens the window, or comes back to it. */
  open(): BrowserWindow {
    if (this.window !== null) return this.focus(this.window);
    const window = createMainWindow(this.windowOptions);
    this.window = window;
    const forget = this.door.admit(window.webContents);
    this.tellShown(window);
    const { id } = window.webContents;
    window.webContents.on('render-process-gone', () => this.pageGone(id));
    window.webContents.on('did-start-navigation', (navigation) => {
      // Whoever asked from the page that goes will not hear the answer.
      if (navigation.isMainFrame && !navigation.isSameDocument) this.pageGone(id);
    });
    window.once('closed', () => {
      forget();
      this.window = null;
      this.listening = false;
    });
    watchRenderer(window, {
      clock: this.options.clock,
      log: this.options.log,
      reload: (crashed) => loadPage(crashed, this.windowOptions),
      report: this.options.reportCrash,
    });
    this.setStatus(this.status);
    return window;
  }

  /** Puts the icon into the tray; after the first paint, as it costs start-up time. */
  showTray(): void {
    this.tray ??= createStatusTray(
      {
        open: () => this.open(),
        showInbox: () => this.navigate('inbox', null),
        refresh: this.options.refresh,
        quit: () => app.quit(),
      },
      this.options.log,
    );
    this.tray?.setStatus(this.status);
  }

  /** Tray, title and badge follow. */
  setStatus(status: ShellStatus): void {
    this.status = status;
    this.window?.setTitle(windowTitle(status));
    this.tray?.setStatus(status);
    app.setBadgeCount(status.unacknowledged);
  }

  setTheme(theme: Settings['theme']): void {
    nativeTheme.themeSource = theme;
  }

  /** Hands the page a port to the log engine; false when there is no page of ours to trust with it. */
  sendEnginePort(port: MessagePortMain): boolean {
    const contents = this.window?.webContents;
    if (contents === undefined || contents.isDestroyed()) return false;
    if (originOf(contents.getURL()) !== this.trustedOrigin) return false;
    contents.postMessage(ENGINE_PORT_CHANNEL, null, [port]);
    return true;
  }

  /** Brings the window to the front and shows a place in it. */
  navigate(view: View, alarmKey: string | null): void {
    this.navigateTo({ view, alarmKey });
  }

  navigateTo(request: NavigateRequest): void {
    this.open();
    this.door.push('app.navigate', request);
  }

  /** The window is there, shown, and has the keyboard. */
  isWatched(): boolean {
    return this.window !== null && this.window.isVisible() && this.window.isFocused();
  }

  /** Only https, only through the system browser. */
  openExternal(address: string): Promise<void> {
    return openExternalSafely(address, (url) => system.openExternal(url));
  }

  destroy(): void {
    this.tray?.destroy();
    this.tray = null;
  }

  private tellShown(window: BrowserWindow): void {
    const tell = (): void => {
      this.door.push('app.shown', { shown: window.isVisible() && !window.isMinimized() });
    };
    window.on('show', tell);
    window.on('hide', tell);
    window.on('minimize', tell);
    window.on('restore', tell);
  }

  private pageGone(senderId: number): void {
    this.listening = false;
    this.door.abortAll(senderId);
  }

  /** The window while there is one, for dialogs to stand over. */
  currentWindow(): BrowserWindow | null {
    return this.window;
  }

  private focus(window: BrowserWindow): BrowserWindow {
    if (window.isMinimized()) window.restore();
    window.show();
    window.focus();
    return window;
  }

  private guard(): void {
    const { log } = this.options;
    const guards = {
      trustedOrigin: this.trustedOrigin,
      log,
      openExternal: (address: string): void => {
        this.openExternal(address).catch((cause: unknown) => {
          log.error('A link was not opened', cause);
        });
      },
    };
    guardSession(session.defaultSession, guards);
    app.on('web-contents-created', (_event, contents) => guardPage(contents, guards));
    watchChildren(log);
    protocol.handle(
      APP_SCHEME,
      createAppProtocolHandler(join(this.options.appPath, 'out/renderer')),
    );
  }

  private listen(): void {
    if (app.isPackaged) app.setAsDefaultProtocolClient(DEEP_LINK_SCHEME);
    app.on('second-instance', (_event, argv) => {
      this.open();
      this.show(deepLinkIn(argv));
    });
    app.on('open-url', (event, url) => {
      event.preventDefault();
      this.show(parseDeepLink(url));
    });
    app.on('activate', () => this.open());
    this.waitingLink = deepLinkIn(process.argv);
  }

  private show(link: DeepLink | null): void {
    if (link === null) return;
    this.open();
    if (this.listening) this.door.push('app.navigate', link);
    else this.waitingLink = link;
  }

  private showWaitingLink(): void {
    this.listening = true;
    const link = this.waitingLink;
    this.waitingLink = null;
    if (link !== null) this.door.push('app.navigate', link);
  }
}
