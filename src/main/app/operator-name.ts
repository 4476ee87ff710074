import { userInfo } from 'node:os';

/** The operating system's name of who is at the console, until the settings say another; empty where it has none. */
export function operatorName(log: { warn(line: string): void }): string {
  try {
    return userInfo().username;
  } catch (cause) {
    // A user without an entry in the password database (as in some containers).
    log.warn(`The operating system names no user: ${String(cause)}`);
    return '';
  }
}
