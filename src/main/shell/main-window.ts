/** The one window: isolated, sandboxed, shown when painted, standing where it stood last time. */
import { BrowserWindow, nativeTheme, screen } from 'electron';
import type { Log } from './log';
import {
  clampToDisplays,
  MIN_HEIGHT,
  MIN_WIDTH,
  readWindowState,
  writeWindowState,
} from './window-state';

export interface MainWindowOptions {
  preloadFile: string;
  iconFile: string;
  /** The page: the app protocol's, or the development server's. */
  pageUrl: string;
  stateFile: string;
  log: Log;
}

/** The window's ground before the page paints; the same as the renderer's theme. */
const GROUND = { dark: '#0f1216', light: '#f6f7f9' } as const;

/** Makes the window and starts loading its page; it shows itself at the first paint. */
export function createMainWindow(options: MainWindowOptions): BrowserWindow {
  const areas = screen.getAllDisplays().map((display) => display.workArea);
  const primary = screen.getPrimaryDisplay().workArea;
  const state = clampToDisplays(readWindowState(options.stateFile), [primary, ...areas]);
  const window = new BrowserWindow({
    x: state.x,
    y: state.y,
    width: state.width,
    height: state.height,
    minWidth: Math.min(MIN_WIDTH, primary.width),
    minHeight: Math.min(MIN_HEIGHT, primary.height),
    show: false,
    title: 'Nightdesk',
    icon: options.iconFile,
    backgroundColor: ground(),
    webPreferences: {
      preload: options.preloadFile,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      safeDialogs: true,
      spellcheck: false,
      // Timers must run while the window is covered: "blind since" counts on.
      backgroundThrottling: false,
    },
  });
  if (state.maximized) window.maximize();
  keepGround(window);
  keepState(window, options);
  // The title is main's: it carries the count and the state.
  window.on('page-title-updated', (event) => event.preventDefault());
  window.once('ready-to-show', () => window.show());
  loadPage(window, options);
  return window;
}

/** Loads the page; a failure is logged and left to the reader of the log, as no page can show it. */
export function loadPage(window: BrowserWindow, { pageUrl, log }: MainWindowOptions): void {
  window.loadURL(pageUrl).catch((cause: unknown) => {
    log.error('The window could not load its page', cause);
    if (!window.isDestroyed()) window.show();
  });
}

const ground = (): string => (nativeTheme.shouldUseDarkColors ? GROUND.dark : GROUND.light);

function keepGround(window: BrowserWindow): void {
  const follow = (): void => window.setBackgroundColor(ground());
  nativeTheme.on('updated', follow);
  window.once('closed', () => nativeTheme.off('updated', follow));
}

function keepState(window: BrowserWindow, { stateFile, log }: MainWindowOptions): void {
  window.on('close', () => {
    try {
      writeWindowState(stateFile, { ...window.getNormalBounds(), maximized: window.isMaximized() });
    } catch (cause) {
      log.error('The position of the window could not be kept', cause);
    }
  });
}
