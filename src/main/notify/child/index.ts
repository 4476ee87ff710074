/**
 * The notification child: everything that can hang on the desktop's daemon happens here, where main
 * can kill it. Runs as Electron's utility process, or as a plain forked Node process in tests.
 */
import type { EventEmitter } from 'node:events';
import { sessionBus } from '@jellybrick/dbus-next';
import { DbusNotifier } from './dbus-notifier';
import { toChildSchema } from './messages';
import type { FromChild } from './messages';
import { sessionBusAddress } from './session-bus';

function tell(message: FromChild): void {
  if (process.parentPort) process.parentPort.postMessage(message);
  else process.send?.(message);
}

function listen(receive: (message: unknown) => void): void {
  if (process.parentPort) process.parentPort.on('message', ({ data }) => receive(data));
  else process.on('message', receive);
  // A forked child outlives its parent otherwise.
  process.on('disconnect', () => process.exit(0));
}

function start(): void {
  const busAddress = sessionBusAddress(process.env);
  if (busAddress === null) {
    const reason = 'There is no session bus, so this desktop cannot show notifications.';
    tell({ type: 'absent', reason });
    listen((message) => {
      const parsed = toChildSchema.parse(message);
      if (parsed.type === 'show') tell({ type: 'failed', ticket: parsed.ticket, reason });
    });
    return;
  }
  const bus = sessionBus({ busAddress });
  // Main notices the exit and starts a fresh child; there is nothing to save here.
  const events: EventEmitter = bus;
  events.on('error', () => process.exit(1));
  const notifier = new DbusNotifier(bus, process.argv[2] ?? '', tell);
  listen((message) => void notifier.handle(toChildSchema.parse(message)));
  notifier.start().catch(() => process.exit(1));
}

start();
