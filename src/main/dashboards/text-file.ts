/** Reads dashboard files that a person named, and nothing else. */
import { constants } from 'node:fs';
import { open, realpath, stat } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { basename, extname, isAbsolute } from 'node:path';
import type { FailureError } from '../../shared/failure';
import { hasCode } from '../store/process-lock';
import { MAX_CHARACTERS } from './account-bodies';
import { refusal } from './entry-ids';

export const DASHBOARD_EXTENSIONS = ['json', 'yaml', 'yml', 'template', 'tpl', 'tftpl'];
/** Four bytes a character at most; more cannot be under the limit of characters. */
const MAX_BYTES = 4 * MAX_CHARACTERS;

const refuse = (message: string, advice: string): FailureError =>
  refusal('invalid', 'dashboards.open', message, advice);

/**
 * The real path behind a name that a person gave.
 * @throws FailureError `not-found` or `invalid`, with a sentence that names the file only, not its folder.
 */
export async function resolveDashboardFile(path: string): Promise<string> {
  const name = basename(path);
  if (!isAbsolute(path) || path.includes('\0')) {
    throw refuse(`${name} is not the full path of a file.`, 'Open it with the dialog instead.');
  }
  const real = await orRefuse(name, () => realpath(path));
  const extension = extname(real).slice(1).toLowerCase();
  if (!DASHBOARD_EXTENSIONS.includes(extension)) {
    throw refuse(
      `${basename(real)} is not a dashboard or template by its name.`,
      `Files ending in ${DASHBOARD_EXTENSIONS.map((known) => `.${known}`).join(', ')} can be opened.`,
    );
  }
  const facts = await orRefuse(name, () => stat(real));
  if (!facts.isFile()) throw refuse(`${name} is not a file.`, 'Choose a file instead.');
  if (facts.size > MAX_BYTES) throw tooLong(name);
  return real;
}

export interface TextFile {
  text: string;
  /** ms. */
  modifiedAt: number;
  sizeBytes: number;
}

/** @param real what `resolveDashboardFile` gave. Throws FailureError with a sentence. */
export async function readTextFile(real: string): Promise<TextFile> {
  const name = basename(real);
  // Opening a pipe that has taken the file's place would wait for a writer for ever.
  const flags = constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW;
  const file = await orRefuse(name, () => open(real, flags));
  try {
    const facts = await file.stat();
    if (!facts.isFile()) throw refuse(`${name} is not a file.`, 'Choose a file instead.');
    if (facts.size > MAX_BYTES) throw tooLong(name);
    const bytes = await orRefuse(name, () => readAtMost(file, MAX_BYTES + 1));
    const text = decode(name, bytes);
    if (text.length > MAX_CHARACTERS) throw tooLong(name);
    return { text, modifiedAt: Math.round(facts.mtimeMs), sizeBytes: bytes.length };
  } finally {
    await file.close();
  }
}

const tooLong = (name: string): FailureError =>
  refuse(
    `${name} has more than 5 million characters, so it was not read.`,
    'A dashboard or template is far smaller: check that it is the right file.',
  );

/** A file may grow while it is read. */
async function readAtMost(file: FileHandle, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  while (size < limit) {
    const chunk = Buffer.alloc(Math.min(256 * 1024, limit - size));
    const { bytesRead } = await file.read(chunk, 0, chunk.length, null);
    if (bytesRead === 0) break;
    chunks.push(chunk.subarray(0, bytesRead));
    size += bytesRead;
  }
  return Buffer.concat(chunks);
}

/** UTF-8, or UTF-16 that says so in its first two bytes. */
function decode(name: string, bytes: Buffer): string {
  const [first, second] = bytes;
  const encoding =
    first === 0xff && second === 0xfe
      ? 'utf-16le'
      : first === 0xfe && second === 0xff
        ? 'utf-16be'
        : 'utf-8';
  const broken = refuse(
    `${name} is not a text file in UTF-8 or UTF-16.`,
    'Save it as UTF-8 in the editor it was made with.',
  );
  let text: string;
  try {
    text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) throw broken;
    throw error;
  }
  // No text has NUL in it; a UTF-16 file without its mark is half of them.
  if (text.includes('\0')) throw broken;
  return text;
}

async function orRefuse<T>(name: string, task: () => Promise<T>): Promise<T> {
  try {
    return await task();
  } catch (error) {
    if (hasCode(error, 'ENOENT') || hasCode(error, 'ENOTDIR')) {
      throw refusal(
        'not-found',
        'dashboards.open',
        `${name} is no longer where it was.`,
        'Put it back, open it from its new place, or take it off the list.',
      );
    }
    if (hasCode(error, 'EACCES') || hasCode(error, 'EPERM')) {
      throw refusal(
        'denied',
        'dashboards.open',
        `The operating system does not let you read ${name}.`,
        'Check the permissions of the file and of its folder.',
      );
    }
    if (error instanceof Error && 'code' in error) {
      throw refuse(`${name} cannot be read: ${error.message}.`, 'Check the disk it lies on.');
    }
    throw error;
  }
}
