/** Which file a script's command means, and where it runs. Nothing is asked of a shell. */
import { constants } from 'node:fs';
import { access, realpath, stat } from 'node:fs/promises';
import { delimiter, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { FailureError } from '../../../../shared/failure';
import { invalid } from '../../action-values';

const refuse = (message: string): FailureError => new FailureError(invalid(message));

/** As a program receives it, byte by byte. @throws FailureError for what no program could receive */
export function checkText(text: string, what: string): string {
  if (text.includes('\0')) throw refuse(`${what} holds a NUL, which no program can be given.`);
  if (!text.isWellFormed()) throw refuse(`${what} holds half a character (a lone surrogate).`);
  return text;
}

/** @throws FailureError for a folder that is not there or lies outside of the runbook's */
export async function scriptFolder(runbookFolder: string, folder: string): Promise<string> {
  const path = await inside(runbookFolder, folder, 'folder');
  const found = await statOf(path, 'folder');
  if (!found.isDirectory()) throw refuse(`folder: ${folder} is no folder.`);
  return path;
}

/**
 * An absolute path as it is; a path in the runbook's folder; or a bare name, looked for where the console itself looks
 * for programs.
 * @throws FailureError for a program that is not there, may not be run or lies outside of the runbook's folder
 */
export async function scriptProgram(
  runbookFolder: string,
  program: string,
  platform: NodeJS.Platform,
): Promise<string> {
  const path = await whereIs(runbookFolder, program, platform);
  if (platform === 'win32' && /\.(bat|cmd)$/i.test(path)) {
    throw refuse(`command: ${program} would need a shell to run: name the program it starts.`);
  }
  const found = await statOf(path, 'command');
  if (!found.isFile()) throw refuse(`command: ${program} is no program.`);
  if (!(await isRunnable(path))) throw refuse(`command: ${program} may not be run (see its mode).`);
  return path;
}

async function whereIs(
  runbookFolder: string,
  program: string,
  platform: NodeJS.Platform,
): Promise<string> {
  if (program === '') throw refuse('command: the program has no name.');
  if (isAbsolute(program)) return program;
  if (program.includes('/') || program.includes(sep)) {
    return inside(runbookFolder, program, 'command');
  }
  const names = platform === 'win32' ? [program, `${program}.exe`, `${program}.com`] : [program];
  for (const folder of (process.env['PATH'] ?? '').split(delimiter).filter(isAbsolute)) {
    for (const name of names) {
      const path = join(folder, name);
      if (await isRunnable(path)) return path;
    }
  }
  throw refuse(`command: there is no program ${program} on this computer.`);
}

/** Links followed: a link in the folder that leads out of it is outside. */
async function inside(runbookFolder: string, path: string, what: string): Promise<string> {
  const root = await realOf(runbookFolder, what);
  const real = await realOf(resolve(runbookFolder, path), what);
  const way = relative(root, real);
  if (way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way)) {
    throw refuse(`${what}: ${path} lies outside of the runbook’s folder.`);
  }
  return real;
}

async function realOf(path: string, what: string): Promise<string> {
  try {
    return await realpath(path);
  } catch {
    throw refuse(`${what}: ${path} is not there.`);
  }
}

async function statOf(path: string, what: string) {
  try {
    return await stat(path);
  } catch {
    throw refuse(`${what}: ${path} is not there.`);
  }
}

async function isRunnable(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}
