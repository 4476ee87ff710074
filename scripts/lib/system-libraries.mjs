import { readFile, mkdir, stat, writeFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { accessSync, constants, readdirSync } from 'node:fs';
import { codeOf, withLock } from './lock.mjs';
import { cacheDir } from './paths.mjs';
import { run } from './run.mjs';
import { say } from './say.mjs';

/** Library → Debian package; the second name is the one after Debian's 64-bit time transition. */
const LIBRARIES = /** @type {Record<string, string[]>} */ ({
  'libgtk-3': ['libgtk-3-0', 'libgtk-3-0t64'],
  libnss3: ['libnss3'],
  libnssutil3: ['libnss3'],
  libsmime3: ['libnss3'],
  libnspr4: ['libnspr4'],
  libgbm: ['libgbm1'],
  libasound: ['libasound2', 'libasound2t64'],
  'libatk-1.0': ['libatk1.0-0', 'libatk1.0-0t64'],
  'libatk-bridge-2.0': ['libatk-bridge2.0-0', 'libatk-bridge2.0-0t64'],
  libatspi: ['libatspi2.0-0', 'libatspi2.0-0t64'],
  libcups: ['libcups2', 'libcups2t64'],
  'libdbus-1': ['libdbus-1-3'],
  libdrm: ['libdrm2'],
  'libglib-2.0': ['libglib2.0-0', 'libglib2.0-0t64'],
  'libgio-2.0': ['libglib2.0-0', 'libglib2.0-0t64'],
  'libgobject-2.0': ['libglib2.0-0', 'libglib2.0-0t64'],
  'libgmodule-2.0': ['libglib2.0-0', 'libglib2.0-0t64'],
  'libpango-1.0': ['libpango-1.0-0'],
  libcairo: ['libcairo2'],
  libexpat: ['libexpat1'],
  libudev: ['libudev1'],
  libxkbcommon: ['libxkbcommon0'],
  libX11: ['libx11-6'],
  'libX11-xcb': ['libx11-xcb1'],
  libxcb: ['libxcb1'],
  libXcomposite: ['libxcomposite1'],
  libXdamage: ['libxdamage1'],
  libXext: ['libxext6'],
  libXfixes: ['libxfixes3'],
  libXrandr: ['libxrandr2'],
});

/** Programs → package. A virtual display is needed without a screen; the others by tests of notifications. */
const PROGRAMS = /** @type {Record<string, string>} */ ({
  Xvfb: 'xvfb',
  dunst: 'dunst',
  'dbus-daemon': 'dbus',
  'dbus-monitor': 'dbus',
});

/** @param {string} program @returns {boolean} */
export function onPath(program) {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch (error) {
      if (['ENOENT', 'EACCES', 'ENOTDIR'].includes(String(codeOf(error)))) return false;
      throw error;
    }
  });
}

/**
 * Linux: makes sure that the executable finds its libraries and that the named programs exist;
 * installs them as root, prints the command otherwise.
 * @param {string} executable
 * @param {string[]} programs keys of PROGRAMS
 * @returns {Promise<string[]>} what is still missing
 */
export async function ensureSystem(executable, programs) {
  if (process.platform !== 'linux') return [];
  const missing = await findMissing(executable, programs);
  if (missing.length === 0) return [];
  return withLock(join(cacheDir(), 'locks', 'system.lock'), 'installing system libraries', () =>
    install(executable, programs, missing),
  );
}

/** @param {string} executable @param {string[]} programs @param {string[]} missing */
async function install(executable, programs, missing) {
  const packages = await packagesFor(missing);
  const isRoot = process.getuid?.() === 0;
  const command = `apt-get install -y --no-install-recommends ${packages.join(' ')}`;
  say(`missing on this machine: ${missing.join(', ')}`);
  if (!isRoot || !onPath('apt-get')) {
    say(`please install them, on Debian or Ubuntu with:\n  sudo ${command}`);
    return missing;
  }
  say(`installing: ${packages.join(' ')}`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const quiet = { env, quiet: true, timeoutMs: 10 * 60_000 };
  let ran = await run('apt-get', ['update', '-qq'], quiet);
  const exact = await packagesFor(missing);
  ran = await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...exact], quiet);
  const left = await findMissing(executable, programs);
  if (left.length > 0) {
    say(`apt-get left these missing: ${left.join(', ')} (status ${ran.code})\n${tail(ran.output)}`);
  }
  return left;
}

/** @param {string} text */
function tail(text) {
  return text.trim().split('\n').slice(-5).join('\n');
}

/** @param {string} executable @param {string[]} programs */
async function findMissing(executable, programs) {
  const libraries = (await areLibrariesKnown(executable)) ? [] : await missingLibraries(executable);
  return [...libraries, ...programs.filter((program) => !onPath(program))];
}

/** @param {string} executable */
async function missingLibraries(executable) {
  const { output, code } = await run('ldd', [executable], { quiet: true });
  // Without ldd (musl, NixOS) nothing can be said; Electron itself will name what it lacks.
  if (code === 127) return [];
  const folder = dirname(executable);
  const bundled = new Set(readdirSync(folder));
  const missing = [...output.matchAll(/^\s*(\S+) => not found$/gm)]
    .map((match) => match[1] ?? '')
    .filter((library) => !bundled.has(library));
  if (missing.length === 0) await rememberLibraries(executable);
  return missing;
}

/** @param {string[]} missing */
async function packagesFor(missing) {
  const wanted = missing.map((name) => PROGRAMS[name] ?? packageOfLibrary(name));
  const unique = [...new Set(wanted)].filter((names) => names !== null);
  const chosen = await Promise.all(
    unique.map(async (names) => {
      if (typeof names === 'string') return names;
      const [old = '', current] = names;
      return current && (await isInArchive(current)) ? current : old;
    }),
  );
  // A bare container has no font at all, and a window without one shows boxes.
  return [...new Set([...chosen, 'fonts-dejavu-core'])];
}

/** @param {string} library such as libgtk-3.so.0 */
function packageOfLibrary(library) {
  return LIBRARIES[library.split('.so')[0] ?? ''] ?? null;
}

/** @param {string} name */
async function isInArchive(name) {
  const { output } = await run('apt-cache', ['policy', name], { quiet: true });
  return /Candidate: (?!\(none\))/.test(output);
}

const knownFile = () => join(cacheDir(), 'libraries.json');

/** ldd takes longer than everything else of a second start, so its verdict is kept per executable. @param {string} executable */
async function areLibrariesKnown(executable) {
  try {
    const known = JSON.parse(await readFile(knownFile(), 'utf8'));
    return known[executable] === (await stat(executable)).mtimeMs;
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || error instanceof SyntaxError) return false;
    throw error;
  }
}

/** @param {string} executable */
async function rememberLibraries(executable) {
  await mkdir(cacheDir(), { recursive: true });
  const mtime = (await stat(executable)).mtimeMs;
  await writeFile(knownFile(), JSON.stringify({ [executable]: mtime }));
}
