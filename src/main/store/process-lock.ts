import { open, readFile, rm } from 'node:fs/promises';
import { z } from 'zod';

const ownerSchema = z.object({ pid: z.number().int().positive(), started: z.string() });
type Owner = z.infer<typeof ownerSchema>;

/** Another living process holds the lock. */
export class LockedError extends Error {
  override name = 'LockedError';
}

/**
 * Takes a lock file that names its process. One left behind by a process that is gone (`kill -9`, power cut) is
 * taken over at once, so that a restart never waits for a lease to run out. On Linux a process id that was
 * given to another process since is recognised by its start time. Returns the release.
 */
export async function takeProcessLock(path: string): Promise<() => Promise<void>> {
  const me: Owner = { pid: process.pid, started: (await startTime(process.pid)) ?? '' };
  for (let attempt = 0; attempt < 5; attempt += 1) {
    if (await tryCreate(path, me)) return () => rm(path, { force: true });
    const owner = await readOwner(path);
    if (owner !== null && (await isAlive(owner))) {
      throw new LockedError(`Process ${owner.pid} is using ${path}.`);
    }
    await rm(path, { force: true });
  }
  throw new LockedError(`The lock ${path} could not be taken: several processes want it.`);
}

async function tryCreate(path: string, owner: Owner): Promise<boolean> {
  try {
    const file = await open(path, 'wx', 0o600);
    try {
      await file.writeFile(JSON.stringify(owner));
    } finally {
      await file.close();
    }
    return true;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    throw error;
  }
}

async function readOwner(path: string): Promise<Owner | null> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return null;
    throw error;
  }
  try {
    return ownerSchema.parse(JSON.parse(text));
  } catch {
    // Half-written by a process that was killed in between: nobody's.
    return null;
  }
}

async function isAlive(owner: Owner): Promise<boolean> {
  try {
    process.kill(owner.pid, 0);
  } catch (error) {
    return hasCode(error, 'EPERM');
  }
  const started = await startTime(owner.pid);
  return started === null || owner.started === '' || started === owner.started;
}

/** Field 22 of /proc/PID/stat (proc_pid_stat(5)); null where there is no such file. */
async function startTime(pid: number): Promise<string | null> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    // The command's name, in parentheses, may itself hold spaces.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  } catch (error) {
    if (hasCode(error, 'ENOENT') || hasCode(error, 'ESRCH')) return null;
    throw error;
  }
}

/** Whether an error is the system's with this code. */
export const hasCode = (error: unknown, code: string): boolean =>
  error instanceof Error && 'code' in error && error.code === code;
