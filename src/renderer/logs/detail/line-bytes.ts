/** Lines that are no text. */

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Bytes that are no UTF-8, or hold NUL or other controls that no text has (colours of terminals aside). */
export function isBinary(raw: Uint8Array): boolean {
  let controls = 0;
  for (const byte of raw) {
    if (byte === 0) return true;
    if (byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d && byte !== 0x1b) {
      controls += 1;
    }
  }
  if (controls * 10 > raw.length) return true;
  try {
    utf8.decode(raw);
    return false;
  } catch {
    // The decoder says so by throwing.
    return true;
  }
}

/** Printable ASCII as it is, every other byte as `\xNN`; a line end stays one. */
export function escapedBytes(raw: Uint8Array): string {
  const parts: string[] = [];
  for (const byte of raw) {
    if (byte === 0x0a) parts.push('\\n\n');
    else if (byte === 0x5c) parts.push('\\\\');
    else if (byte >= 0x20 && byte < 0x7f) parts.push(String.fromCharCode(byte));
    else parts.push(`\\x${byte.toString(16).padStart(2, '0')}`);
  }
  return parts.join('');
}
