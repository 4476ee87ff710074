/** Writes files where a person chose to have them. */
import { realpath } from 'node:fs/promises';
import { basename } from 'node:path';
import { hasCode } from '../store/process-lock';
import { refusal } from './entry-ids';
import { writeWhole } from './kept-files';

export type FileKind = 'csv' | 'json';

/** Names that Windows keeps for devices, whatever follows a dot. */
const DEVICE = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;
const MAX_NAME = 120;

/**
 * A name to suggest in the save dialog, with the right ending.
 * @throws FailureError `invalid` for a name that could leave the folder, hide or stand for a device.
 */
export function suggestedFileName(name: string, kind: FileKind): string {
  const trimmed = name.trim();
  const silly =
    trimmed === '' ||
    trimmed.startsWith('.') ||
    /[\\/:*?"<>|\u0000-\u001f\u007f\u202a-\u202e\u2066-\u2069]/.test(trimmed) ||
    DEVICE.test(trimmed);
  if (silly) {
    throw refusal(
      'invalid',
      'files.save',
      'This is not a usable name for a file.',
      'Use letters, digits, spaces, dots and dashes, and do not begin with a dot.',
    );
  }
  const ending = `.${kind}`;
  const bare = trimmed.toLowerCase().endsWith(ending) ? trimmed.slice(0, -ending.length) : trimmed;
  return `${bare.slice(0, MAX_NAME)}${ending}`;
}

/** Writes atomically; through a link, what it points to. Throws FailureError with a sentence. */
export async function writeChosenFile(path: string, text: string): Promise<string> {
  try {
    const target = await realOrSame(path);
    await writeWhole(target, text, 0o644);
    return target;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    throw refusal(
      hasCode(error, 'EACCES') || hasCode(error, 'EPERM') ? 'denied' : 'unknown',
      'files.save',
      `${basename(path)} could not be written: ${error.message}.`,
      'Choose another folder, or make room on the disk.',
    );
  }
}

async function realOrSame(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return path;
    throw error;
  }
}
