import { readdirSync, readFileSync } from 'node:fs';

/** A process and everything below it (Electron's helpers are children of its main process). */
function tree(root: number): number[] {
  const children = new Map<number, number[]>();
  for (const name of readdirSync('/proc')) {
    const parent = /^\d+$/.test(name) ? parentOf(Number(name)) : null;
    if (parent !== null) children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
  }
  const all: number[] = [];
  const visit = (pid: number) => {
    all.push(pid);
    for (const child of children.get(pid) ?? []) visit(child);
  };
  visit(root);
  return all;
}

/** Null for a process that is gone meanwhile. */
function fileOf(pid: number, name: string): string | null {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT' || code === 'ESRCH') return null;
    throw error;
  }
}

/** Fields after the command, which may itself hold spaces and brackets: see proc(5). */
function statOf(pid: number): string[] | null {
  const text = fileOf(pid, 'stat');
  return text === null ? null : text.slice(text.lastIndexOf(')') + 2).split(' ');
}

function parentOf(pid: number): number | null {
  const parent = statOf(pid)?.[1];
  return parent === undefined ? null : Number(parent);
}

/** Proportional set size: memory with shared pages divided among their users, bytes. */
export function treePssBytes(root: number): number {
  return tree(root).reduce((sum, pid) => {
    const kib = /^Pss:\s+(\d+) kB/m.exec(fileOf(pid, 'smaps_rollup') ?? '')?.[1];
    return sum + Number(kib ?? 0) * 1024;
  }, 0);
}

/** Clock ticks are hundredths of a second on every Linux that Electron runs on. */
const TICKS_PER_SECOND = 100;

/** User and system time used so far, s. */
export function treeCpuSeconds(root: number): number {
  return tree(root).reduce((sum, pid) => {
    const stat = statOf(pid);
    return sum + (Number(stat?.[11] ?? 0) + Number(stat?.[12] ?? 0)) / TICKS_PER_SECOND;
  }, 0);
}
