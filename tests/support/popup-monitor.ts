import { Message, sessionBus } from '@jellybrick/dbus-next';

/** A call of org.freedesktop.Notifications.Notify as it crossed the bus. */
export interface SeenPopup {
  /** Wall clock at which the monitor saw it, ms. */
  at: number;
  appName: string;
  replacesId: number;
  summary: string;
  body: string;
  /** Action keys with their labels. */
  actions: { key: string; label: string }[];
  /** 0 low, 1 normal, 2 critical; null when not said. */
  urgency: number | null;
}

export interface PopupMonitor {
  readonly popups: readonly SeenPopup[];
  /**
   * The first popup that fits, seen before or from now on.
   * @throws after `timeoutMs` (10 s), naming what was seen instead
   */
  waitFor(fits: (popup: SeenPopup) => boolean, timeoutMs?: number): Promise<SeenPopup>;
  clear(): void;
  close(): void;
}

const RULE = "type='method_call',interface='org.freedesktop.Notifications',member='Notify'";

/** Watches a session bus for popups, as `dbus-monitor` does: nothing of the traffic is changed. */
export async function monitorPopups(busAddress: string): Promise<PopupMonitor> {
  const bus = sessionBus({ busAddress });
  const popups: SeenPopup[] = [];
  const waiting = new Set<(popup: SeenPopup) => void>();
  // Answering (the library refuses calls it does not know) would have the bus drop this monitor.
  bus.addMethodHandler(() => true);
  // Method handlers do not see what is addressed to others by their unique names; this event does.
  bus.on('message', (message) => {
    if (message.member !== 'Notify') return;
    const popup = readNotify(message.body);
    popups.push(popup);
    for (const look of waiting) look(popup);
  });
  await bus.call(
    new Message({
      destination: 'org.freedesktop.DBus',
      path: '/org/freedesktop/DBus',
      interface: 'org.freedesktop.DBus.Monitoring',
      member: 'BecomeMonitor',
      signature: 'asu',
      body: [[RULE], 0],
    }),
  );
  return {
    popups,
    waitFor: (fits, timeoutMs = 10_000) => waitFor(popups, waiting, fits, timeoutMs),
    clear: () => void popups.splice(0),
    close: () => bus.disconnect(),
  };
}

function waitFor(
  popups: readonly SeenPopup[],
  waiting: Set<(popup: SeenPopup) => void>,
  fits: (popup: SeenPopup) => boolean,
  timeoutMs: number,
): Promise<SeenPopup> {
  const seen = popups.find(fits);
  if (seen) return Promise.resolve(seen);
  return new Promise((done, fail) => {
    const look = (popup: SeenPopup) => {
      if (!fits(popup)) return;
      clearTimeout(timer);
      waiting.delete(look);
      done(popup);
    };
    const timer = setTimeout(() => {
      waiting.delete(look);
      const others = popups.map(({ summary }) => summary).join('; ') || 'none';
      fail(new Error(`no such popup within ${timeoutMs} ms; seen: ${others}`));
    }, timeoutMs);
    waiting.add(look);
  });
}

/** Arguments: https://specifications.freedesktop.org/notification-spec/latest/protocol.html */
function readNotify(body: readonly unknown[]): SeenPopup {
  const [appName, replacesId, , summary, text, actions, hints] = body;
  const keys = Array.isArray(actions) ? actions.map(String) : [];
  return {
    at: Date.now(),
    appName: String(appName),
    replacesId: Number(replacesId),
    summary: String(summary),
    body: String(text),
    actions: keys.flatMap((key, at) => (at % 2 === 0 ? [{ key, label: keys[at + 1] ?? '' }] : [])),
    urgency: urgencyOf(hints),
  };
}

function urgencyOf(hints: unknown): number | null {
  if (typeof hints !== 'object' || hints === null || !('urgency' in hints)) return null;
  const { urgency } = hints;
  if (typeof urgency !== 'object' || urgency === null || !('value' in urgency)) return null;
  return Number(urgency.value);
}
