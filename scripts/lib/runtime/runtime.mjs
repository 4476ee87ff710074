import { readFile, writeFile, mkdir, rm } from 'node:fs/promises';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { codeOf, withLock } from '../lock.mjs';
import { cacheDir, cloneLock, root } from '../paths.mjs';
import { run } from '../run.mjs';
import { Advice, say } from '../say.mjs';
import { ensureFallback, fallbackExists, findFallback } from './fallback.mjs';

/** @typedef {{ executable: string, source: 'electron' | 'fallback' | 'override' }} Runtime */

const electronPackage = join(root, 'node_modules/electron');
/** Electron's download neither ended nor could its host be reached by then. */
const BLOCKED_AFTER_MS = 20_000;
const DOWNLOAD_TIMEOUT_MS = 15 * 60_000;

/** The runtime that is there already, without touching the network; null when there is none. @returns {Promise<Runtime | null>} */
export async function findRuntime() {
  const override = process.env.NIGHTDESK_ELECTRON;
  if (override) {
    if (!existsSync(override))
      throw new Advice(`NIGHTDESK_ELECTRON names ${override}, which is not there`);
    return { executable: override, source: 'override' };
  }
  const own = findOwn();
  if (own) return { executable: own, source: 'electron' };
  if (!(await isKnownBlocked())) return null;
  const executable = await findFallback();
  return executable ? { executable, source: 'fallback' } : null;
}

/**
 * Electron's own download where it works; else the fallback. What was found to work is remembered,
 * so the next start asks nobody.
 * @returns {Promise<Runtime>}
 */
export async function ensureRuntime() {
  const found = await findRuntime();
  if (found) return found;
  return withLock(cloneLock('runtime'), 'fetching Electron', async () => {
    const meanwhile = await findRuntime();
    if (meanwhile) return meanwhile;
    const problem = (await isKnownBlocked()) ? 'its download was blocked before' : await download();
    if (problem === null) {
      await rm(stateFile(), { force: true });
      const own = findOwn();
      if (own) return { executable: own, source: 'electron' };
      throw new Advice(`Electron was downloaded, but its executable is not in ${electronPackage}`);
    }
    if (!fallbackExists()) throw new Advice(downloadAdvice(problem));
    say(`Electron ${wantedVersion()} cannot be downloaded here (${problem}); using the fallback`);
    const executable = await ensureFallback();
    await remember();
    return { executable, source: 'fallback' };
  });
}

/** As electron's own installer judges it: version and path agree and the file is there. */
function findOwn() {
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  const dist = override ?? join(electronPackage, 'dist');
  try {
    const executable = join(dist, readFileSync(join(electronPackage, 'path.txt'), 'utf8'));
    const version = readFileSync(join(dist, 'version'), 'utf8').trim().replace(/^v/, '');
    return version === wantedVersion() && existsSync(executable) ? executable : null;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw error;
  }
}

/** @returns {string} */
function wantedVersion() {
  return JSON.parse(readFileSync(join(electronPackage, 'package.json'), 'utf8')).version;
}

/** Null when it worked, else why not. */
async function download() {
  if (process.env.ELECTRON_SKIP_BINARY_DOWNLOAD) return 'ELECTRON_SKIP_BINARY_DOWNLOAD is set';
  say(`fetching Electron ${wantedVersion()}`);
  const stop = new AbortController();
  const unreachable = giveUpWhenUnreachable(stop);
  const ran = await run(process.execPath, [join(electronPackage, 'install.js')], {
    cwd: root,
    quiet: true,
    timeoutMs: DOWNLOAD_TIMEOUT_MS,
    signal: stop.signal,
  });
  unreachable.cancel();
  if (ran.code === 0 && findOwn()) return null;
  if (stop.signal.aborted) return 'its host does not answer';
  if (ran.timedOut) return 'it did not arrive within 15 minutes';
  const lines = ran.output.trim().split('\n');
  return lines.find((line) => /error/i.test(line))?.trim() ?? `status ${ran.code}`;
}

/**
 * A blocked host often swallows packets instead of refusing: when it has not answered a plain request
 * by the deadline, and the installer has not ended either, it is not going to.
 * @param {AbortController} stop
 */
function giveUpWhenUnreachable(stop) {
  const mirror = process.env.ELECTRON_MIRROR ?? process.env.npm_config_electron_mirror;
  let answered = false;
  const probe = new AbortController();
  fetch(mirror ?? 'https://github.com/electron/electron/releases/', {
    method: 'HEAD',
    signal: probe.signal,
  }).then(
    () => (answered = true),
    () => (answered = false),
  );
  const timer = setTimeout(() => {
    // Behind a proxy the plain request says nothing about the installer's.
    if (!answered && !process.env.HTTPS_PROXY && !process.env.https_proxy) stop.abort();
  }, BLOCKED_AFTER_MS);
  return {
    cancel() {
      clearTimeout(timer);
      probe.abort();
    },
  };
}

const stateFile = () => join(cacheDir(), 'electron-download.json');

/** Remembered per Electron version: another one may come from elsewhere, so it is tried again. */
async function isKnownBlocked() {
  try {
    const state = JSON.parse(await readFile(stateFile(), 'utf8'));
    return state.blockedVersion === wantedVersion();
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || error instanceof SyntaxError) return false;
    throw error;
  }
}

async function remember() {
  await mkdir(dirname(stateFile()), { recursive: true });
  await writeFile(stateFile(), JSON.stringify({ blockedVersion: wantedVersion() }));
}

/** @param {string} problem */
function downloadAdvice(problem) {
  return (
    `Electron ${wantedVersion()} could not be downloaded (${problem}).\n` +
    'If a mirror is allowed, set ELECTRON_MIRROR to its address; behind a proxy set HTTPS_PROXY and ' +
    'ELECTRON_GET_USE_PROXY=1. Or unpack an Electron by hand and name its executable in NIGHTDESK_ELECTRON.'
  );
}
