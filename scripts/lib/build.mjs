import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { codeOf, withLock } from './lock.mjs';
import { cloneLock, root } from './paths.mjs';
import { run } from './run.mjs';
import { Advice, say } from './say.mjs';

const stampFile = join(root, 'out', '.sources');
const products = ['out/main/index.js', 'out/preload/index.cjs', 'out/renderer/index.html'];
const inputs = ['electron.vite.config.ts', 'tsconfig.json', 'package.json', 'package-lock.json'];

/** Builds when anything that goes into the build differs from what the last build was made of. */
export async function ensureBuild() {
  if (await isCurrent()) return;
  await withLock(cloneLock('build'), 'building', async () => {
    const sources = await fingerprint();
    if (await isCurrent(sources)) return;
    say('building');
    await rm(stampFile, { force: true });
    const vite = join(root, 'node_modules/electron-vite/bin/electron-vite.js');
    const { code, output } = await run(process.execPath, [vite, 'build'], {
      cwd: root,
      quiet: true,
    });
    if (code !== 0) throw new Advice(`the build failed:\n${output.trim()}`);
    await mkdir(join(root, 'out'), { recursive: true });
    await writeFile(stampFile, sources);
  });
}

/** @param {string} [sources] fingerprint, when known */
async function isCurrent(sources) {
  if (!products.every((file) => existsSync(join(root, file)))) return false;
  try {
    const built = await readFile(stampFile, 'utf8');
    return built === (sources ?? (await fingerprint()));
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return false;
    throw error;
  }
}

async function fingerprint() {
  const hash = createHash('sha256');
  const files = [...inputs, ...(await below('src')), ...(await below('resources'))].sort();
  for (const file of files) {
    hash
      .update(file)
      .update('\0')
      .update(await readFile(join(root, file)))
      .update('\0');
  }
  return hash.digest('hex');
}

/** @param {string} folder @returns {Promise<string[]>} */
async function below(folder) {
  if (!existsSync(join(root, folder))) return [];
  const entries = await readdir(join(root, folder), { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1));
}
