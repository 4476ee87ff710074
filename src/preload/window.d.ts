import type { NightdeskBridge } from './bridge';

declare global {
  interface Window {
    /** Put there by the preload; the page's only way to main. */
    readonly nightdesk: NightdeskBridge;
  }
}
