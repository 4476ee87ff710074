/**
 * A mark that a program passes on to whatever it starts, and that survives a new session, a parent's end and closed
 * files: a limit of its own on real-time CPU time, which only real-time processes would ever reach. The environment
 * stays what the step declares. Linux only, by `prlimit` of util-linux, which every distribution has.
 */
import { execFile } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { promisify } from 'node:util';
import { readGone } from './process-list';
import type { Listed } from './process-list';

export interface Marked {
  command: string;
  args: string[];
  /** Null where nothing can be marked here. */
  mark: string | null;
}

const run = promisify(execFile);
const PRLIMIT = '/usr/bin/prlimit';
/** Microseconds: from 12 days of uninterrupted real-time CPU on. */
const LEAST = 2 ** 40;

let known: Promise<boolean> | null = null;

const canMark = (): Promise<boolean> =>
  (known ??= run(PRLIMIT, [`--rttime=${LEAST}:`, '--', PRLIMIT, '--version'], {
    env: {},
    timeout: 2_000,
  }).then(
    () => true,
    () => false,
  ));

/** The same program and arguments, started so that its family can be told. */
export async function marked(
  platform: NodeJS.Platform,
  program: string,
  args: string[],
): Promise<Marked> {
  if (platform !== 'linux' || !(await canMark())) return { command: program, args, mark: null };
  const mark = String(LEAST + randomInt(2 ** 40));
  return { command: PRLIMIT, args: [`--rttime=${mark}:`, '--', program, ...args], mark };
}

/** What `prlimit` says of a program that it could not become. */
export const startProblem = (stderr: string): string | null =>
  /^prlimit: failed to execute [^\n]*: ([^:\n]+)\n?$/.exec(stderr)?.[1] ?? null;

/** Those of them that bear the mark. */
export async function bearing(mark: string, all: readonly Listed[]): Promise<Listed[]> {
  const bears = await Promise.all(
    all.map(async ({ pid }) => {
      const limits = await readGone(`/proc/${pid}/limits`);
      return limits !== null && /^Max realtime timeout\s+(\d+)/m.exec(limits)?.[1] === mark;
    }),
  );
  return all.filter((_, index) => bears[index]);
}
