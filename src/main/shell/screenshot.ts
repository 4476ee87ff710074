/** `--screenshot=FILE`: a picture of the window once it shows data, for machines without a display. */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { BrowserWindow } from 'electron';

const READY_WITHIN_MS = 60_000;
const ASK_EVERY_MS = 100;
/** Animations, fonts and the first chart need this long after the list has painted. */
const SETTLE_MS = 1_500;
/** A world of its own, so that the page's own scripts cannot answer for it. */
const ISOLATED_WORLD = 990;

const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

async function isReady(window: BrowserWindow): Promise<boolean> {
  const answer: unknown = await window.webContents.executeJavaScriptInIsolatedWorld(
    ISOLATED_WORLD,
    [{ code: "document.documentElement.dataset.ready === 'true'" }],
  );
  return answer === true;
}

/** Writes the window as it looks now. */
export async function captureTo(window: BrowserWindow, file: string): Promise<void> {
  const image = await window.webContents.capturePage();
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, image.toPNG());
}

/**
 * Waits for the page to say that it shows data, lets it settle, and writes it to `file`.
 * @throws Error when the page is not ready within a minute.
 */
export async function captureWhenReady(window: BrowserWindow, file: string): Promise<void> {
  const giveUpAt = Date.now() + READY_WITHIN_MS;
  while (!window.isDestroyed() && !(await isReady(window))) {
    if (Date.now() > giveUpAt) throw new Error('The window showed no data within a minute.');
    await pause(ASK_EVERY_MS);
  }
  await pause(SETTLE_MS);
  if (!window.isDestroyed()) await captureTo(window, file);
}
