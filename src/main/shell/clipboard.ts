/** The system clipboard, for pages that have no permission of their own. */
import * as electron from 'electron';

/** Electron before 40 has pictures under another name; the development fallback is one of those. */
interface OldClipboard {
  writeImage(image: electron.NativeImage): void;
}
const isOld = (clipboard: object): clipboard is OldClipboard => 'writeImage' in clipboard;

export async function copyText(text: string): Promise<void> {
  await electron.clipboard.writeText(text);
}

/** @param dataUrl a PNG, as `data:image/png;base64,…` */
export async function copyImage(dataUrl: string): Promise<void> {
  const image = electron.nativeImage.createFromDataURL(dataUrl);
  if (isOld(electron.clipboard)) {
    electron.clipboard.writeImage(image);
    return;
  }
  const png = new Blob([new Uint8Array(image.toPNG())], { type: 'image/png' });
  await electron.clipboard.write([new electron.ClipboardItem({ 'image/png': png })]);
}
