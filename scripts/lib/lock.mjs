import { mkdir, open, readFile, rename, rm, stat, utimes } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { say } from './say.mjs';

/** Needed before `npm ci` has run, so it may lean on nothing but Node. */
const HEARTBEAT_MS = 5_000;
/** A holder that has not touched its lock for this long is gone, whatever its process id says. */
const STALE_MS = 60_000;

/**
 * Runs `work` while no other process holds `file`. Waits for as long as the holder lives; the lock
 * of a dead holder is taken over.
 * @template T
 * @param {string} file
 * @param {string} what said while waiting
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(file, what, work) {
  await mkdir(dirname(file), { recursive: true });
  let told = false;
  while (!(await take(file))) {
    if (await isAbandoned(file)) await breakLock(file);
    else if (!told) {
      told = true;
      say(`another command is ${what}; waiting for it`);
    }
    await sleep(200);
  }
  const beat = setInterval(() => {
    const now = new Date();
    utimes(file, now, now).catch((error) => say(`lost the lock ${file}: ${error.message}`));
  }, HEARTBEAT_MS);
  try {
    return await work();
  } finally {
    clearInterval(beat);
    await rm(file, { force: true });
  }
}

/** @param {string} file */
async function take(file) {
  try {
    const handle = await open(file, 'wx');
    await handle.writeFile(JSON.stringify({ pid: process.pid, host: hostname() }));
    await handle.close();
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

/** @param {string} file */
async function isAbandoned(file) {
  try {
    const age = Date.now() - (await stat(file)).mtimeMs;
    if (age > STALE_MS) return true;
    const { pid, host } = JSON.parse(await readFile(file, 'utf8'));
    return host === hostname() && !isAlive(pid);
  } catch (error) {
    // Gone meanwhile, or its holder is between creating and writing it: look again.
    if (codeOf(error) === 'ENOENT' || error instanceof SyntaxError) return false;
    throw error;
  }
}

/** Renaming first makes sure that of several waiters only one removes this very lock. @param {string} file */
async function breakLock(file) {
  const aside = `${file}.${process.pid}`;
  try {
    await rename(file, aside);
    await rm(aside, { force: true });
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
  }
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}

/** @param {unknown} error */
export function codeOf(error) {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
