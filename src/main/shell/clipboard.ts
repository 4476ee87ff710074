/** The system clipboard, for pages that have no permission of their own. */
import { clipboard, nativeImage } from 'electron';
import type { ClipboardItem as Item, NativeImage } from 'electron';

/** Electron before 40 has pictures under another name; the development fallback is one of those. */
interface OldClipboard {
  writeImage(image: NativeImage): void;
}
const isOld = (candidate: object): candidate is OldClipboard => 'writeImage' in candidate;

export async function copyText(text: string): Promise<void> {
  await clipboard.writeText(text);
}

/** @param dataUrl a PNG, as `data:image/png;base64,…` */
export async function copyImage(dataUrl: string): Promise<void> {
  const image = nativeImage.createFromDataURL(dataUrl);
  if (isOld(clipboard)) {
    clipboard.writeImage(image);
    return;
  }
  // Not a name of the old Electron: importing it at the top would keep the fallback from starting.
  const { ClipboardItem } = await import('electron');
  const png = new Blob([new Uint8Array(image.toPNG())], { type: 'image/png' });
  const item: Item = new ClipboardItem({ 'image/png': png });
  await clipboard.write([item]);
}
