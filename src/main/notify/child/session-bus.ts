import { existsSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The session bus's address: the environment's, else the one systemd keeps in the runtime folder.
 * @returns null when there is no session bus, as on a bare console.
 */
export function sessionBusAddress(env: NodeJS.ProcessEnv): string | null {
  const named = env['DBUS_SESSION_BUS_ADDRESS'];
  if (named !== undefined && /^(?:unix|tcp):/.test(named)) return named;
  const socket = join(env['XDG_RUNTIME_DIR'] ?? '/nonexistent', 'bus');
  return existsSync(socket) ? `unix:path=${socket}` : null;
}
