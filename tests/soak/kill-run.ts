import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

export interface KillFigures {
  kills: number;
  alarms: number;
  /** Alarms no popup was shown for. */
  untold: string[];
  /** Popups shown again after a kill: the most for any one kill, and in all. */
  mostRepeatedByOneKill: number;
  repeated: number;
  finalExitCode: number | null;
}

/** Bundles the child, then starts and kills it `kills` times at random moments, and lets the last run finish. */
export async function killAtRandom(kills: number): Promise<KillFigures> {
  const dir = mkdtempSync(join(tmpdir(), 'nightdesk-kill-'));
  try {
    const script = await bundleChild(join(dir, 'bundle'));
    const start = Date.now();
    // More alarms than the killed runs can reach would make the last run wait; fewer would leave it nothing.
    const last = Math.ceil((kills * 330) / 7);
    let finalExitCode: number | null = null;
    for (let run = 0; run <= kills; run += 1) {
      const child = spawn(
        process.execPath,
        [script, dir, String(start), String(run), String(last)],
        {
          stdio: ['ignore', 'pipe', 'inherit'],
        },
      );
      const exit = once(child, 'exit');
      if (run < kills) killSometime(child, run);
      const overdue = setTimeout(() => child.kill('SIGKILL'), 120_000);
      const [code]: unknown[] = await exit;
      clearTimeout(overdue);
      finalExitCode = typeof code === 'number' ? code : null;
    }
    return { kills, alarms: last + 1, finalExitCode, ...readPopups(dir, last) };
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

/**
 * Every fourth run dies while it starts (replay, recovery, telling what was untold), the others while alarms
 * fire: counted from their start, which takes longer the longer the journal is and the busier the machine.
 */
function killSometime(child: ChildProcess, run: number): void {
  const kill = (): boolean => child.kill('SIGKILL');
  if (run % 4 === 0) setTimeout(kill, 60 + Math.random() * 340);
  else child.stdout?.once('data', () => setTimeout(kill, Math.random() * 300));
}

async function bundleChild(outDir: string): Promise<string> {
  await build({
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true },
    build: {
      ssr: fileURLToPath(new URL('./kill-child.ts', import.meta.url)),
      outDir,
      target: 'node20',
      rollupOptions: { output: { entryFileNames: 'kill-child.mjs' } },
    },
  });
  return join(outDir, 'kill-child.mjs');
}

function readPopups(
  dir: string,
  last: number,
): Pick<KillFigures, 'untold' | 'mostRepeatedByOneKill' | 'repeated'> {
  const lines = readFileSync(join(dir, 'popups.jsonl'), 'utf8').trim().split('\n');
  /** Alarm → the popup (line) that told it first. */
  const toldBy = new Map<string, number>();
  const repeatedByRun = new Map<number, Set<number>>();
  lines.forEach((line, index) => {
    const popup: { run: number; ids: string[] } = JSON.parse(line);
    for (const id of popup.ids) {
      const earlier = toldBy.get(id);
      if (earlier === undefined) toldBy.set(id, index);
      else repeatedByRun.set(popup.run, (repeatedByRun.get(popup.run) ?? new Set()).add(earlier));
    }
  });
  const counts = [...repeatedByRun.values()].map((popups) => popups.size);
  return {
    untold: Array.from({ length: last + 1 }, (_, n) => `ALARM-${n}`).filter(
      (id) => !toldBy.has(id),
    ),
    mostRepeatedByOneKill: Math.max(0, ...counts),
    repeated: counts.reduce((sum, count) => sum + count, 0),
  };
}
