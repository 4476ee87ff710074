import type { Clock } from '../../shared/clock';

export interface NetworkEvents {
  online(): void;
  offline(): void;
}

/** Electron's main process has no event for the network, only a cheap question. */
const NETWORK_CHECK_MS = 2_000;

/** Tells each change of `isOnline` once; silent about the first answer. */
export function watchNetwork(
  isOnline: () => boolean,
  events: NetworkEvents,
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
