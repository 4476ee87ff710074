/** `kill -9` of a process that runs a runbook, over the journal on disk and scripts that leave traces. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { RunState } from '../../../src/shared/runbooks/run';

let built: string;
let dir: string;
let folder: string;
let effects: string;
beforeAll(async () => {
  built = mkdtempSync(join(tmpdir(), 'nightdesk-crash-'));
  await build({
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true },
    build: {
      ssr: fileURLToPath(new URL('./crash-child.ts', import.meta.url)),
      outDir: built,
      target: 'node20',
      rollupOptions: { output: { entryFileNames: 'child.mjs' } },
    },
  });
}, 120_000);
afterAll(() => rmSync(built, { recursive: true }));
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'nightdesk-crash-journal-'));
  folder = mkdtempSync(join(tmpdir(), 'nightdesk-crash-team-'));
  effects = join(folder, 'effects.txt');
  writeFileSync(
    join(folder, 'effect.mjs'),
    `import { appendFileSync } from 'node:fs';
appendFileSync(${JSON.stringify(effects)}, process.argv[2] + '\\n');
setTimeout(() => undefined, Number(process.argv[3] ?? 0));
`,
  );
});
afterEach(() => {
  rmSync(dir, { recursive: true });
  rmSync(folder, { recursive: true });
});

const step = (id: string, sleepMs = 0): string =>
  `  - { id: ${id}, do: { kind: script, command: [${JSON.stringify(process.execPath)}, effect.mjs, ${id}, '${sleepMs}'] } }\n`;
const put = (steps: string[]): void =>
  writeFileSync(
    join(folder, 'a.yaml'),
    `nightdesk: runbook/1\nname: Test\nsteps:\n${steps.join('')}`,
  );
const done = (): string[] =>
  existsSync(effects) ? readFileSync(effects, 'utf8').split('\n').filter(Boolean) : [];

const console = (...args: string[]): ChildProcess =>
  spawn(process.execPath, [join(built, 'child.mjs'), dir, folder, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });

async function said(...args: string[]): Promise<string[]> {
  const child = console(...args);
  let text = '';
  child.stdout?.on('data', (chunk: Buffer) => (text += chunk.toString('utf8')));
  const [code]: unknown[] = await once(child, 'close');
  expect(code).toBe(0);
  return text.split('\n').filter(Boolean);
}

async function look(): Promise<RunState> {
  const [line = 'null'] = await said('look');
  const state: RunState = JSON.parse(line);
  return state;
}
const act = async (action: object): Promise<RunState & { refused?: string }> =>
  JSON.parse((await said('act', JSON.stringify(action))).at(-1) ?? 'null');

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 10));
}

async function kill(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}

const journalFile = (): string => {
  const [name = ''] = readdirSync(dir).filter((one) => /\.jsonl$/.test(one));
  return join(dir, name);
};

describe('after kill -9', () => {
  beforeEach(async () => {
    put([step('a'), step('b', 1_000), step('c')]);
    const child = console('run');
    await until(() => done().includes('b'));
    await kill(child);
  });

  it('the run is shown with what is known, and nothing goes on by itself', async () => {
    const state = await look();
    expect(state.status).toBe('interrupted');
    expect(state.steps.map(({ id, status }) => [id, status])).toEqual([
      ['a', 'done'],
      ['b', 'unknown'],
      ['c', 'waiting'],
    ]);
    expect(state.steps[0]?.output?.json).toContain('"exitCode":0');
    expect(state.steps[1]?.note).toMatch(/look whether it took effect/);
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect((await look()).status).toBe('interrupted');
    expect(done()).toEqual(['a', 'b']);
  });

  it('goes on behind the step that a person says is done', async () => {
    const { runId } = await look();
    expect((await act({ action: 'resume', runId })).refused).toMatch(/Decide about .* first/);
    const state = await act({ action: 'skip', runId, stepId: 'b', reason: 'It is done.' });
    expect(state.status).toBe('done');
    expect(done()).toEqual(['a', 'b', 'c']);
    expect((await look()).status).toBe('done');
    expect((await act({ action: 'resume', runId })).refused).toMatch(/has ended/);
  });

  it('does the step again where a person says so, and none of those before it', async () => {
    const { runId } = await look();
    const state = await act({ action: 'retry', runId, stepId: 'b' });
    expect(state.status).toBe('done');
    expect(done()).toEqual(['a', 'b', 'b', 'c']);
  });

  it('is closed by a person, and never goes on then', async () => {
    const { runId } = await look();
    await said('act', JSON.stringify({ action: 'cancel', runId }));
    expect((await look()).status).toBe('cancelled');
    expect((await act({ action: 'retry', runId, stepId: 'b' })).refused).toMatch(/has ended/);
    expect(done()).toEqual(['a', 'b']);
  });

  it('does not go on when its file or its script has changed', async () => {
    const { runId } = await look();
    const script = readFileSync(join(folder, 'effect.mjs'), 'utf8');
    writeFileSync(join(folder, 'effect.mjs'), `${script}//`);
    expect((await act({ action: 'retry', runId, stepId: 'b' })).refused).toMatch(/has changed/);
    writeFileSync(join(folder, 'effect.mjs'), script);
    put([step('a'), step('b', 1_000), step('c'), step('d')]);
    expect((await act({ action: 'retry', runId, stepId: 'b' })).refused).toMatch(/has changed/);
    expect(done()).toEqual(['a', 'b']);
  });

  it('one changed byte of its record is found, told, and read from the copy', async () => {
    const path = journalFile();
    const text = readFileSync(path, 'utf8');
    const at = text.indexOf('"phase":"done"');
    expect(at).toBeGreaterThan(0);
    writeFileSync(path, `${text.slice(0, at + 9)}D${text.slice(at + 10)}`);
    const { openJournal } = await import('../../../src/main/store/journal');
    const { systemClock } = await import('../../../src/shared/clock');
    const journal = await openJournal({ dir, clock: systemClock });
    let entries = 0;
    for await (const entry of journal.read()) entries += entry.seq > 0 ? 1 : 0;
    expect(journal.problem).toMatch(/damaged/);
    expect(entries).toBe(text.trim().split('\n').length);
    await journal.close();
  });
});

it('whatever moment it is killed at, nothing was done that is not on record', async () => {
  const ids = ['a', 'b', 'c', 'd', 'e', 'f'];
  put(ids.map((id) => step(id)));
  let cut = 0;
  for (let round = 0; round < 8; round += 1) {
    rmSync(effects, { force: true });
    rmSync(dir, { recursive: true });
    const child = console('run');
    await Promise.race([once(child, 'exit'), until(() => done().length >= 1 + (round % 5))]);
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 60));
    if (child.exitCode === null) await kill(child);
    // What the killed one had started may still be writing.
    await new Promise((resolve) => setTimeout(resolve, 200));
    const traces = done();
    const lines = readFileSync(journalFile(), 'utf8');
    for (const id of traces) {
      expect(lines).toMatch(new RegExp(`"stepId":"${id}"[^\\n]*"phase":"started"`));
    }
    const state = await look();
    expect(new Set(traces).size).toBe(traces.length);
    for (const { id, status } of state.steps) {
      if (status === 'done') expect(traces).toContain(id);
      if (status === 'waiting') expect(traces).not.toContain(id);
    }
    if (state.status === 'interrupted') cut += 1;
  }
  expect(cut).toBeGreaterThan(0);
}, 120_000);
