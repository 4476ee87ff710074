/** Files of the runbook's folder that a script's command names: an approval is for what they hold as well. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import { isAbsolute, relative, resolve, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { ActionOf } from '../../../../shared/runbooks/step-kinds';
import type { ApprovedFile } from '../../step-seams';

/**
 * The program; where that belongs to the computer (`python3`), the file it is given to run. By path within the
 * runbook's folder. What a program of the folder is given further may be what it writes, so it is not looked at.
 * Rejects when a file cannot be read.
 */
export async function scriptFiles(
  { command, folder = '.' }: Pick<ActionOf<'script'>, 'command' | 'folder'>,
  runbookFolder: string,
  signal: AbortSignal,
): Promise<ApprovedFile[]> {
  const root = await realOf(runbookFolder);
  if (root === null) return [];
  const files: ApprovedFile[] = [];
  for (const [index, text] of command.entries()) {
    // The program is found from the runbook's folder, its arguments from where it runs.
    const from = index === 0 ? runbookFolder : resolve(runbookFolder, folder);
    const path = index === 0 && isBare(text) ? null : await fileWithin(root, resolve(from, text));
    if (path === null) continue;
    files.push({ path: path.name, sha256: await sha256OfFile(path.real, signal) });
    // Behind an option, it may be what the option wants: the program's file is still to come.
    if (!(command[index - 1] ?? '').startsWith('-')) break;
  }
  return files;
}

/** Looked for where the console looks for programs. */
const isBare = (program: string): boolean =>
  !isAbsolute(program) && !program.includes('/') && !program.includes(sep);

/** Links followed; null for no file, or one outside. */
async function fileWithin(
  root: string,
  path: string,
): Promise<{ name: string; real: string } | null> {
  const real = await realOf(path);
  if (real === null) return null;
  const way = relative(root, real);
  if (way === '' || way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way)) return null;
  return (await stat(real)).isFile() ? { name: way.split(sep).join('/'), real } : null;
}

async function realOf(path: string): Promise<string | null> {
  try {
    return await realpath(path);
  } catch {
    // An argument that is no path is no file.
    return null;
  }
}

async function sha256OfFile(path: string, signal: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash, { signal });
  return hash.digest('hex');
}
