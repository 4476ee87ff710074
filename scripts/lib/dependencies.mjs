import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { withLock, codeOf } from './lock.mjs';
import { cloneLock, root } from './paths.mjs';
import { npm } from './run.mjs';
import { Advice, say } from './say.mjs';

const lockFile = join(root, 'package-lock.json');
const modules = join(root, 'node_modules');
/** npm writes this last, so a half-finished install has none. */
const installed = join(modules, '.package-lock.json');
const stampFile = join(modules, '.nightdesk-stamp');

/** Installs what the lock file names, unless exactly that is there already. */
export async function ensureDependencies() {
  if (await isStamped()) return;
  await withLock(cloneLock('install'), 'installing the dependencies', async () => {
    if ((await isStamped()) || (await matchesLock())) return stamp();
    say('installing the dependencies named in package-lock.json');
    const { code } = await npm(['ci', '--no-audit', '--no-fund'], { cwd: root });
    if (code !== 0) {
      throw new Advice(
        `npm ci failed with status ${code}; its message is above. Once the cause is gone, run the same command again.`,
      );
    }
    await stamp();
  });
}

async function isStamped() {
  const [have, want] = await Promise.all([readOrNull(stampFile), fingerprint()]);
  return have !== null && have === want;
}

/** Of the lock file and of what npm says it installed; null when nothing is installed. */
async function fingerprint() {
  const [lock, hidden] = await Promise.all([readOrNull(lockFile), readOrNull(installed)]);
  if (lock === null || hidden === null) return null;
  return createHash('sha256').update(lock).update('\0').update(hidden).digest('hex');
}

async function stamp() {
  const value = await fingerprint();
  if (value !== null) await writeFile(stampFile, value);
}

/**
 * True when an install by hand (`npm install`) left every package that the lock file names:
 * packages for other platforms are optional and may be absent.
 */
async function matchesLock() {
  const [lock, hidden] = await Promise.all([readOrNull(lockFile), readOrNull(installed)]);
  if (lock === null || hidden === null) return false;
  const wanted = packagesOf(lock);
  const have = packagesOf(hidden);
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === '') return true;
    const found = have[path];
    if (!found) return entry.optional === true;
    return found.version === entry.version && existsSync(join(root, path, 'package.json'));
  });
}

/**
 * @param {string} text
 * @returns {Record<string, { version?: string, optional?: boolean }>}
 */
function packagesOf(text) {
  return JSON.parse(text).packages ?? {};
}

/** @param {string} file */
async function readOrNull(file) {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw error;
  }
}
