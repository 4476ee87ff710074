/** `nightdesk://alarm/<key>` and `nightdesk://runbook/<id>`. A link only ever shows; it cannot act. */

export const DEEP_LINK_SCHEME = 'nightdesk';

export type DeepLink =
  { view: 'alarms'; alarmKey: string } | { view: 'runbooks'; alarmKey: null; runbookId: string };

/** @returns null for anything that is not exactly a link to an alarm or a runbook. */
export function parseDeepLink(address: string): DeepLink | null {
  const match = /^nightdesk:\/\/(alarm|runbook)\/([^/?#\s]{1,6144})\/?$/i.exec(address);
  const [, what, name] = match ?? [];
  if (what === undefined || name === undefined) return null;
  try {
    const named = decodeURIComponent(name);
    if (named.length > 2048 || /\p{Cc}/u.test(named)) return null;
    return what.toLowerCase() === 'alarm'
      ? { view: 'alarms', alarmKey: named }
      : { view: 'runbooks', alarmKey: null, runbookId: named };
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
