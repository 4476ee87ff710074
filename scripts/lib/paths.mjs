import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { createHash } from 'node:crypto';

/** The clone this script belongs to. */
export const root = resolve(import.meta.dirname, '../..');

/** Per user, shared by all clones: the fallback runtime, what was learnt about this machine, locks. */
export function cacheDir() {
  const base =
    process.env.XDG_CACHE_HOME ||
    (process.platform === 'win32' && process.env.LOCALAPPDATA) ||
    (process.platform === 'darwin' ? join(homedir(), 'Library/Caches') : join(homedir(), '.cache'));
  return join(base, 'nightdesk');
}

/** A lock file's path for something done once per clone, outside the working tree. @param {string} what */
export function cloneLock(what) {
  const id = createHash('sha256').update(root).digest('hex').slice(0, 16);
  return join(cacheDir(), 'locks', `${what}-${id}.lock`);
}
