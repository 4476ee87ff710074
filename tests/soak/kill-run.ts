import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { ALARM_EVERY_MS } from './kill-pace';
import type { Sabotage } from './sabotage';

export interface KillFigures {
  kills: number;
  alarms: number;
  /** Alarms no popup was shown for. */
  untold: string[];
  /** Popups shown again after a kill: the most for any one kill, and in all. */
  mostRepeatedByOneKill: number;
  repeated: number;
  /** How the runs that were let finish ended; all 0 when well. */
  exitCodes: (number | null)[];
}

/** Kills on one journal; then the next journal begins, so that the replay stays as short as in real life. */
const KILLS_PER_JOURNAL = 100;
/** A run that was not killed and still has not finished by then (ms). */
const OVERDUE_MS = 120_000;

/** Bundles the child, then starts and kills it `kills` times at random moments, in series that may each finish. */
export async function killAtRandom(
  kills: number,
  sabotage: Sabotage = 'none',
): Promise<KillFigures> {
  const dir = mkdtempSync(join(tmpdir(), 'nightdesk-kill-'));
  try {
    const script = await bundleChild(join(dir, 'bundle'));
    const series: KillFigures[] = [];
    for (let done = 0; done < kills; done += KILLS_PER_JOURNAL) {
      const folder = join(dir, `series-${done}`);
      mkdirSync(folder);
      const count = Math.min(KILLS_PER_JOURNAL, kills - done);
      series.push(await killSeries(script, folder, count, sabotage));
    }
    return together(series);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

/** What was promised and not kept, as sentences; nothing when all is well (R1). */
export function brokenPromises(figures: KillFigures): string[] {
  const broken: string[] = [];
  if (figures.untold.length > 0) broken.push(`${figures.untold.length} alarms untold`);
  if (figures.mostRepeatedByOneKill > 1) {
    broken.push(`${figures.mostRepeatedByOneKill} popups repeated after one kill`);
  }
  if (figures.exitCodes.some((code) => code !== 0)) {
    broken.push(`the last runs ended with ${figures.exitCodes.join(', ')}`);
  }
  return broken;
}

async function killSeries(
  script: string,
  folder: string,
  kills: number,
  sabotage: Sabotage,
): Promise<KillFigures> {
  const start = Date.now();
  const runOnce = async (run: number, last: string): Promise<number | null> => {
    const args = [script, folder, String(start), String(run), last, sabotage];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    const exit = once(child, 'exit');
    if (run < kills) killSometime(child, run);
    const overdue = setTimeout(() => child.kill('SIGKILL'), OVERDUE_MS);
    const [code]: unknown[] = await exit;
    clearTimeout(overdue);
    return typeof code === 'number' ? code : null;
  };
  for (let run = 0; run < kills; run += 1) await runOnce(run, '');
  // The last run has some alarms of its own, and then an end.
  const last = Math.ceil((Date.now() - start) / ALARM_EVERY_MS) + 20;
  const exitCodes = [await runOnce(kills, String(last))];
  return { kills, alarms: last + 1, exitCodes, ...readPopups(folder, last) };
}

const together = (series: KillFigures[]): KillFigures => ({
  kills: series.reduce((sum, one) => sum + one.kills, 0),
  alarms: series.reduce((sum, one) => sum + one.alarms, 0),
  untold: series.flatMap((one) => one.untold),
  repeated: series.reduce((sum, one) => sum + one.repeated, 0),
  mostRepeatedByOneKill: Math.max(...series.map((one) => one.mostRepeatedByOneKill)),
  exitCodes: series.flatMap((one) => one.exitCodes),
});

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

/** One popup: the run that showed it, and the transitions it was about. */
export interface PopupLine {
  run: number;
  ids: string[];
}

function readPopups(dir: string, last: number): PopupFigures {
  const path = join(dir, 'popups.jsonl');
  const lines = existsSync(path) ? readFileSync(path, 'utf8').trim().split('\n') : [];
  return popupFigures(
    lines.map((line): PopupLine => JSON.parse(line)),
    last,
  );
}

type PopupFigures = Pick<KillFigures, 'untold' | 'mostRepeatedByOneKill' | 'repeated'>;

/**
 * What the popups, in the order they were shown, amount to. A run repeats a popup when it shows an alarm whose
 * newest popup was another: one that was cut off twice has been repeated once by each of the two kills.
 */
export function popupFigures(popups: PopupLine[], last: number): PopupFigures {
  /** Alarm → the newest popup (its place in the list) that told it. */
  const toldBy = new Map<string, number>();
  const repeatedByRun = new Map<number, Set<number>>();
  popups.forEach(({ run, ids }, index) => {
    for (const id of ids) {
      const earlier = toldBy.get(id);
      if (earlier !== undefined) {
        repeatedByRun.set(run, (repeatedByRun.get(run) ?? new Set()).add(earlier));
      }
      toldBy.set(id, index);
    }
  });
  const counts = [...repeatedByRun.values()].map((repeated) => repeated.size);
  return {
    untold: Array.from({ length: last + 1 }, (_, n) => `ALARM-${n}`).filter(
      (id) => !toldBy.has(id),
    ),
    mostRepeatedByOneKill: Math.max(0, ...counts),
    repeated: counts.reduce((sum, count) => sum + count, 0),
  };
}
