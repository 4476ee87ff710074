/** The processes of this computer, as far as they can be seen. */
import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

export interface Listed {
  pid: number;
  parent: number;
  group: number;
  /** With the pid it names a process even when the number is given out again. */
  born: string;
  /** It has ended and only its entry is left. */
  dead: boolean;
}

const run = promisify(execFile);

export const listProcesses = (platform: NodeJS.Platform): Promise<Listed[]> =>
  platform === 'linux' ? fromProc() : fromPs();

async function fromProc(): Promise<Listed[]> {
  const names = await readdir('/proc');
  const pids = names.filter((name) => /^\d+$/.test(name));
  const all = await Promise.all(pids.map(readStat));
  return all.filter((one) => one !== null);
}

async function readStat(pid: string): Promise<Listed | null> {
  const text = await readGone(`/proc/${pid}/stat`);
  if (text === null) return null;
  // The program's name stands in brackets and may hold brackets and spaces itself.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const [state = '', parent = '0', group = '0'] = fields;
  return {
    pid: Number(pid),
    parent: Number(parent),
    group: Number(group),
    born: fields[19] ?? '',
    dead: state === 'Z' || state === 'X',
  };
}

/** Null for a process that ended meanwhile, or that is another user's. */
export async function readGone(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch {
    // Every cause means the same: nothing to see of this process.
    return null;
  }
}

async function fromPs(): Promise<Listed[]> {
  const columns = 'pid=,ppid=,pgid=,state=,lstart=';
  const { stdout } = await run('/bin/ps', ['-axo', columns], {
    env: { LC_ALL: 'C' },
    timeout: 2_000,
    maxBuffer: 8_388_608,
  });
  return parsePs(stdout);
}

export function parsePs(text: string): Listed[] {
  return text.split('\n').flatMap((line) => {
    const match = /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(\S+)\s+(.+?)\s*$/.exec(line);
    if (match === null) return [];
    const [, pid, parent, group, state = '', born = ''] = match;
    return [
      {
        pid: Number(pid),
        parent: Number(parent),
        group: Number(group),
        born,
        dead: state.startsWith('Z'),
      },
    ];
  });
}
