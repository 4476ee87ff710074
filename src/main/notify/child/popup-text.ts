/** Makes AWS's texts harmless for notification daemons, which interpret markup in the body. */

const MAX_TITLE = 200;
const MAX_BODY = 1_000;

/** NUL ends a D-Bus string, other controls and bidi marks can disguise what is said. */
function plain(text: string, limit: number): string {
  const inert = text
    .replace(/[^\P{Cc}\n]/gu, ' ')
    .replace(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g, '')
    // Half a surrogate pair cannot be sent as UTF-8.
    .replace(/\p{Cs}/gu, '\ufffd');
  return inert.length <= limit ? inert : `${inert.slice(0, limit - 1).replace(/\p{Cs}/gu, '')}…`;
}

export const popupTitle = (text: string): string => plain(text, MAX_TITLE).replaceAll('\n', ' ');

/** @param markup whether the daemon reads markup in bodies: only then may it be escaped. */
export function popupBody(text: string, markup: boolean): string {
  const body = plain(text, MAX_BODY);
  if (!markup) return body;
  return body.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
