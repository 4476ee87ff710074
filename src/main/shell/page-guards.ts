/** Keeps a page where it is: no navigation, no second window, no permission, no download, no webview. */
import type { Session, WebContents } from 'electron';
import type { Log } from './log';

export interface PageGuardOptions {
  trustedOrigin: string;
  log: Log;
  /** Called with an address a page wanted to open outside; decides by itself what may leave. */
  openExternal: (address: string) => void;
}

/** For every web contents that is ever made, whoever made it. */
export function guardPage(contents: WebContents, options: PageGuardOptions): void {
  const { log, trustedOrigin } = options;
  const stay = (event: { preventDefault(): void }, url: string): void => {
    if (originOf(url) === trustedOrigin) return;
    event.preventDefault();
    log.warn('Stopped a page from navigating away.');
  };
  contents.on('will-navigate', (event) => stay(event, event.url));
  contents.on('will-frame-navigate', (event) => stay(event, event.url));
  contents.on('will-redirect', (event) => stay(event, event.url));
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    options.openExternal(url);
    return { action: 'deny' };
  });
}

/**
 * Denies every permission, device and download, and every request that is not our own files.
 * Writing to the clipboard goes through main (`app.copyText`), so pages need no permission at all.
 */
export function guardSession(session: Session, options: PageGuardOptions): void {
  session.setPermissionRequestHandler((_contents, _permission, decide) => decide(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.on('will-download', (event) => {
    event.preventDefault();
    options.log.warn('Stopped a download.');
  });
  session.setSpellCheckerEnabled(false);
  session.webRequest.onBeforeRequest((details, decide) => {
    decide({ cancel: !mayLoad(details.url, options.trustedOrigin) });
  });
}

/** Requests a page may make: our own origin (its web socket too, while developing), and inline data. */
export function mayLoad(url: string, trustedOrigin: string): boolean {
  if (originOf(url) === trustedOrigin) return true;
  if (/^(?:data|blob|devtools|chrome-devtools):/i.test(url)) return true;
  const developing = trustedOrigin.startsWith('http:');
  return developing && originOf(url) === trustedOrigin.replace(/^http:/, 'ws:');
}

/** Scheme and authority; written out because `URL.origin` is "null" for schemes of our own. */
export function originOf(url: string): string {
  if (!URL.canParse(url)) return '';
  const { protocol, host } = new URL(url);
  return `${protocol}//${host}`;
}
