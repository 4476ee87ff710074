/** Sleep, wake and network return, as the alarm service wants to hear of them. */
import { net, powerMonitor } from 'electron';
import type { Clock } from '../../shared/clock';

export interface SystemEvents {
  suspend(): void;
  /** The machine woke, or the session was unlocked after it had slept. */
  resume(): void;
  online(): void;
  offline(): void;
}

/** Electron's main process has no event for the network, only a cheap question. */
const NETWORK_CHECK_MS = 2_000;

/** @returns stops listening. */
export function watchSystem(events: SystemEvents, clock: Clock): () => void {
  const onSuspend = (): void => events.suspend();
  const onResume = (): void => events.resume();
  powerMonitor.on('suspend', onSuspend);
  powerMonitor.on('resume', onResume);
  const stopNetwork = watchNetwork(() => net.isOnline(), events, clock);
  return () => {
    powerMonitor.off('suspend', onSuspend);
    powerMonitor.off('resume', onResume);
    stopNetwork();
  };
}

/** Tells each change of `isOnline` once; silent about the first answer. */
export function watchNetwork(
  isOnline: () => boolean,
  events: Pick<SystemEvents, 'online' | 'offline'>,
  clock: Clock,
): () => void {
  let was = isOnline();
  let cancel = (): void => undefined;
  const check = (): void => {
    const is = isOnline();
    if (is !== was) (is ? events.online : events.offline)();
    was = is;
    cancel = clock.after(NETWORK_CHECK_MS, check);
  };
  cancel = clock.after(NETWORK_CHECK_MS, check);
  return () => cancel();
}
