/** A program and all that came of it, ended together: also what left its group, its session and its parent. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { listProcesses } from './process-list';
import type { Listed } from './process-list';
import { bearing } from './process-mark';

const run = promisify(execFile);

/** Between asking to end and ending by force, ms. */
const GRACE_MS = 1_500;
/** Then what is left is given up and named, ms. */
const LIMIT_MS = 4_500;
const LOOK_MS = 100;
/** Where processes bear no mark, this often is looked who belongs to whom, ms. */
const WATCH_MS = 250;

const key = ({ pid, born }: Listed): string => `${pid}@${born}`;
const later = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

export class ProcessTree {
  /** Seen as belonging to it, with their birth: also when their parents are gone. */
  private readonly seen = new Set<string>();
  private readonly groups: Set<number>;
  private watching: NodeJS.Timeout | null = null;

  /**
   * @param root the pid of the program, which leads a process group of its own (except on Windows)
   * @param mark what its family bears; null where nothing can be marked
   */
  constructor(
    private readonly platform: NodeJS.Platform,
    private readonly root: number,
    private readonly mark: string | null,
  ) {
    this.groups = new Set([root]);
    if (mark !== null || platform === 'win32') return;
    this.watching = setInterval(() => void this.living().catch(() => undefined), WATCH_MS);
    this.watching.unref();
  }

  /** It ended by itself: nobody is looked for any more. */
  release(): void {
    if (this.watching !== null) clearInterval(this.watching);
    this.watching = null;
  }

  /**
   * Ends all of it within 5 s.
   * @returns the pids of what could not be ended
   */
  async end(): Promise<number[]> {
    this.release();
    if (this.platform === 'win32') return this.endOnWindows();
    const started = Date.now();
    const asked = new Set<string>();
    for (;;) {
      const living = await this.living();
      const spent = Date.now() - started;
      if (living.length === 0) return [];
      if (spent > LIMIT_MS) return living.map(({ pid }) => pid);
      if (spent > GRACE_MS) send(living, 'SIGKILL');
      else {
        // Each is asked once: a second signal would cut short what it does at its end.
        send(
          living.filter((one) => !asked.has(key(one))),
          'SIGTERM',
        );
        for (const one of living) asked.add(key(one));
      }
      await later(LOOK_MS);
    }
  }

  private async living(): Promise<Listed[]> {
    const all = await listProcesses(this.platform);
    const marked = this.mark === null ? [] : await bearing(this.mark, all);
    const members = new Set(marked.map(({ pid }) => pid));
    // Children of members, to the last: parents may stand after their children in the list.
    for (let before = -1; before !== members.size;) {
      before = members.size;
      for (const one of all) {
        const belongs =
          one.pid === this.root ||
          members.has(one.parent) ||
          this.groups.has(one.group) ||
          this.seen.has(key(one));
        if (belongs) members.add(one.pid);
      }
    }
    const found = all.filter(({ pid }) => members.has(pid) && pid !== process.pid);
    for (const one of found) {
      this.seen.add(key(one));
      if (one.group === one.pid) this.groups.add(one.group);
    }
    return found.filter(({ dead }) => !dead);
  }

  private async endOnWindows(): Promise<number[]> {
    const taskkill = join(process.env['SystemRoot'] ?? 'C:\\Windows', 'System32', 'taskkill.exe');
    try {
      await run(taskkill, ['/PID', String(this.root), '/T', '/F'], { timeout: LIMIT_MS });
      return [];
    } catch (error) {
      // 128: there is no such process any more.
      const gone = error instanceof Error && 'code' in error && error.code === 128;
      return gone ? [] : [this.root];
    }
  }
}

function send(processes: readonly Listed[], signal: NodeJS.Signals): void {
  for (const { pid } of processes) {
    try {
      process.kill(pid, signal);
    } catch {
      // Gone meanwhile, or another user's: the next look tells.
    }
  }
}
