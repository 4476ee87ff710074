/** What may leave for the system browser: https addresses, as they are written, and nothing else. */
import { AwsFailure } from '../aws/aws-api';

/**
 * @returns the normalised address, or null for anything but plain https with a host.
 * Credentials in an address are refused: they disguise the host.
 */
export function safeExternalUrl(address: string): string | null {
  if (!/^https:\/\/[^\s\\/][^\s\\]*$/i.test(address) || /\p{Cc}/u.test(address)) return null;
  if (!URL.canParse(address)) return null;
  const url = new URL(address);
  if (url.protocol !== 'https:' || url.username !== '' || url.password !== '') return null;
  return url.hostname === '' ? null : url.href;
}

/**
 * Opens an https address in the system browser.
 * @throws AwsFailure of kind `invalid` when the address may not leave.
 */
export async function openExternalSafely(
  address: string,
  open: (url: string) => Promise<void>,
): Promise<void> {
  const url = safeExternalUrl(address);
  if (url === null) {
    throw new AwsFailure({
      kind: 'invalid',
      connectionId: null,
      operation: 'app.openExternal',
      message: 'Only https links can be opened outside Nightdesk.',
      advice: 'Copy the address if you want to look at it elsewhere.',
    });
  }
  await open(url);
}
