import { createWriteStream } from 'node:fs';
import { mkdir, symlink } from 'node:fs/promises';
import { dirname, join, resolve, sep } from 'node:path';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';

const FILE_TYPE = 0o170000;
const SYMLINK = 0o120000;

/**
 * Unpacks part of a zip, keeping modes and links.
 * @param {string} file
 * @param {string} target folder
 * @param {(name: string) => string | null} place where an entry goes below `target`; null leaves it out
 */
export async function unzip(file, target, place) {
  const { default: yauzl } = await import('yauzl');
  const open = promisify(
    /** @type {(file: string, options: import('yauzl').Options, done: (error: Error | null, zip: import('yauzl').ZipFile) => void) => void} */ (
      yauzl.open
    ),
  );
  const zip = await open(file, { lazyEntries: true, autoClose: true });
  /** @param {import('yauzl').Entry} entry @returns {Promise<import('node:stream').Readable>} */
  const read = (entry) =>
    new Promise((done, fail) =>
      zip.openReadStream(entry, (error, stream) => (error ? fail(error) : done(stream))),
    );
  await new Promise((done, fail) => {
    zip.on('error', fail);
    zip.on('end', done);
    zip.on('entry', (entry) => {
      const name = place(entry.fileName);
      const work = name === null ? Promise.resolve() : write(entry, inside(target, name), read);
      work.then(() => zip.readEntry(), fail);
    });
    zip.readEntry();
  });
}

/** @param {string} target @param {string} name */
function inside(target, name) {
  const path = resolve(target, name);
  if (!path.startsWith(resolve(target) + sep))
    throw new Error(`${name} would land outside ${target}`);
  return path;
}

/**
 * @param {import('yauzl').Entry} entry
 * @param {string} path
 * @param {(entry: import('yauzl').Entry) => Promise<import('node:stream').Readable>} read
 */
async function write(entry, path, read) {
  if (entry.fileName.endsWith('/')) {
    await mkdir(path, { recursive: true });
    return;
  }
  await mkdir(dirname(path), { recursive: true });
  const mode = entry.externalFileAttributes >>> 16;
  if ((mode & FILE_TYPE) === SYMLINK) {
    await symlink(await text(await read(entry)), join(path));
    return;
  }
  await pipeline(await read(entry), createWriteStream(path, { mode: mode & 0o777 || 0o644 }));
}
