/** Sleep, wake and network return, as the alarm service wants to hear of them. */
import { net, powerMonitor } from 'electron';
import type { Clock } from '../../shared/clock';
import { watchNetwork } from './network-watch';
import type { NetworkEvents } from './network-watch';

export interface SystemEvents extends NetworkEvents {
  suspend(): void;
  /** The machine woke, or the session was unlocked after it had slept. */
  resume(): void;
}

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
