/** `nightdesk://alarm/<key>`: shows an alarm. A link only ever shows; it cannot act. */

export const DEEP_LINK_SCHEME = 'nightdesk';

export interface DeepLink {
  view: 'alarms';
  alarmKey: string;
}

/** @returns null for anything that is not exactly a link to an alarm. */
export function parseDeepLink(address: string): DeepLink | null {
  const match = /^nightdesk:\/\/alarm\/([^/?#\s]{1,6144})\/?$/i.exec(address);
  if (match?.[1] === undefined) return null;
  try {
    const alarmKey = decodeURIComponent(match[1]);
    const usable = alarmKey.length <= 2048 && !/\p{Cc}/u.test(alarmKey);
    return usable ? { view: 'alarms', alarmKey } : null;
  } catch (cause) {
    if (cause instanceof URIError) return null;
    throw cause;
  }
}

/** The link among a second instance's arguments: systems other than macOS hand links over that way. */
export function deepLinkIn(argv: readonly string[]): DeepLink | null {
  for (const argument of argv) {
    const link = parseDeepLink(argument);
    if (link !== null) return link;
  }
  return null;
}
