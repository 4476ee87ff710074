import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { stepKindSchema } from '../../../src/shared/runbooks/step-kinds';
import { script } from '../../../src/main/runbooks/actions/local/script';
import { shapedHandler } from '../../support/step-outputs';
import { stepContext, valueIn } from './local-rig';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'nightdesk-script-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const node = process.execPath;
const act = (command: string[], more: object = {}, told = stepContext({ folder })) =>
  shapedHandler(script(process.platform)).run(
    stepKindSchema.parse({ kind: 'script', command, ...more }),
    told.context,
    null,
  );
const put = (name: string, text: string, mode = 0o755): void => {
  writeFileSync(join(folder, name), text);
  chmodSync(join(folder, name), mode);
};
const failing = (text: string | RegExp) => ({
  failure: {
    message: typeof text === 'string' ? expect.stringContaining(text) : expect.stringMatching(text),
  },
});

const hostile = [
  '',
  ' ',
  '; touch pwned',
  '$(touch pwned)',
  '`touch pwned`',
  '| tee pwned',
  '&& touch pwned',
  '> pwned',
  '\n touch pwned',
  '"',
  "'",
  "'; touch pwned; '",
  '\\',
  '\\\\"',
  '%PATH%',
  '!PATH!',
  '${IFS}',
  '*',
  '~',
  '?',
  '[a-z]',
  '{a,b}',
  '-rf',
  '--',
  '--rttime=1:1',
  '\r\n',
  '\t',
  '\u001b[2J',
  '\u0007',
  '\u202e',
  '\ufeff',
  '\u0085',
  '\u2028',
  'é',
  'e\u0301',
  '𝕏',
  '😀',
  '\uffff',
];

describe('arguments of a script', () => {
  it('arrive byte-identical, 200 hostile ones and the environment with nothing more', async () => {
    const more = fc.sample(
      fc
        .string({ unit: 'binary', maxLength: 40 })
        .filter((text) => !text.includes('\0') && text.isWellFormed()),
      { numRuns: 200 - hostile.length, seed: 20 },
    );
    const values = [...hostile, ...more];
    expect(values).toHaveLength(200);
    // What the system itself holds of the process, not what a runtime makes of it.
    put(
      'show.cjs',
      `const fs = require('fs');
       const raw = (name) => fs.readFileSync('/proc/self/' + name).toString('hex');
       process.stdout.write(JSON.stringify({ args: raw('cmdline'), env: raw('environ'), cwd: process.cwd() }));`,
    );
    for (let at = 0; at < values.length; at += 100) {
      const some = values.slice(at, at + 100);
      const environment = { A: some[5] ?? '', EMPTY: '', LONG: 'é'.repeat(5_000) };
      const output = await act([node, join(folder, 'show.cjs'), ...some], { environment });
      const { exitCode, stdout } = Object(valueIn(output));
      expect(exitCode).toBe(0);
      const { args, env, cwd } = JSON.parse(stdout);
      const joined = [node, join(folder, 'show.cjs'), ...some].map((one) => `${one}\0`).join('');
      expect(args).toBe(Buffer.from(joined).toString('hex'));
      const given = Object.entries(environment).map(([name, value]) => `${name}=${value}\0`);
      expect(env).toBe(Buffer.from(given.join('')).toString('hex'));
      expect(cwd).toBe(folder);
    }
    expect(existsSync(join(folder, 'pwned'))).toBe(false);
  });

  it.each(['a\0b', 'half \ud800'])(
    'that no program could receive are refused: %j',
    async (text) => {
      await expect(act([node, '-e', '', text])).rejects.toMatchObject(failing('command[3]'));
    },
  );
});

describe('a script', () => {
  it('is read from and written to, and its status tells', async () => {
    put(
      'echo.cjs',
      "process.stdin.on('data', (d) => process.stdout.write(d)); console.error('noted')",
    );
    const output = await act([node, 'echo.cjs'], { stdin: 'a\u0000é' });
    expect(valueIn(output)).toEqual({ exitCode: 0, stdout: 'a\u0000é', stderr: 'noted\n' });
    await expect(
      act([node, '-e', "console.error('the queue is gone'); process.exit(3)"]),
    ).rejects.toMatchObject(failing('ended with status 3: the queue is gone'));
  });

  it('is shown while it goes on and kept to 1 MB', async () => {
    const told = stepContext({ folder });
    const more =
      "process.stdout.write('x'.repeat(3e6) + '\\u001b'.repeat(10), () => setTimeout(() => {}, 600))";
    const output = await act([node, '-e', more], {}, told);
    expect(told.shown.length).toBeGreaterThan(0);
    expect(told.shown.every(({ json }) => json.length < 50_000)).toBe(true);
    expect(output.json.length).toBeLessThan(1_048_576);
    expect(valueIn(output)).toMatchObject({ cut: expect.stringContaining('cut at 1 MB; 1951434') });
  });

  it('lies in the folder of its runbook and runs there', async () => {
    put('run.sh', '#!/bin/sh\nprintf %s "$PWD"');
    expect(valueIn(await act(['./run.sh']))).toMatchObject({ stdout: folder });
    symlinkSync('/bin/sh', join(folder, 'out'));
    await expect(act(['./out'])).rejects.toMatchObject(failing('outside'));
    await expect(act(['../../bin/sh'])).rejects.toMatchObject(failing(/outside|not there/));
    await expect(act([node], { folder: '..' })).rejects.toMatchObject(failing('outside'));
    await expect(act([node], { folder: '/' })).rejects.toMatchObject(failing('outside'));
    await expect(act(['no-such-program'])).rejects.toMatchObject(failing('no program'));
    put('plain.sh', '#!/bin/sh', 0o644);
    await expect(act(['./plain.sh'])).rejects.toMatchObject(failing('may not be run'));
    put('broken.sh', '#!/no/such/interpreter\n');
    await expect(act(['./broken.sh'])).rejects.toMatchObject(failing('could not be started'));
  });

  it('is over when it ended, though something it started holds its output', async () => {
    const holding = `require('child_process').spawn(process.execPath, ['-e', 'setTimeout(() => {}, 4000)'], { detached: true, stdio: 'inherit' }).unref()`;
    const began = Date.now();
    await act([node, '-e', holding]);
    expect(Date.now() - began).toBeLessThan(3_000);
  });
});

const alive = (pid: number): boolean => {
  try {
    return !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'latin1'));
  } catch {
    return false;
  }
};

describe.runIf(process.platform === 'linux')('a script that is told to stop', () => {
  it('ends with all that came of it, also what left its session and will not listen', async () => {
    // Each says its pid; the last has another session, no open file of the script and its parent is gone.
    const own = `process.on('SIGTERM', () => {}); require('fs').appendFileSync('pids', process.pid + '\\n'); setInterval(() => {}, 1000);`;
    const start = (code: string, then = '') =>
      `require('child_process').spawn(process.execPath, ['-e', ${JSON.stringify(code)}], { detached: true, stdio: 'ignore' }).unref(); ${then}`;
    put('main.cjs', `${own} ${start(start(own))} ${start(own)}`);
    const told = stepContext({ folder });
    const going = act([node, 'main.cjs'], {}, told);
    going.catch(() => undefined);
    const pids = (): number[] =>
      existsSync(join(folder, 'pids'))
        ? readFileSync(join(folder, 'pids'), 'utf8').trim().split('\n').map(Number)
        : [];
    await expect.poll(() => pids().length, { timeout: 10_000 }).toBe(3);
    expect(pids().every(alive)).toBe(true);
    const began = Date.now();
    told.abort.abort();
    await expect(going).rejects.toMatchObject({
      failure: { kind: 'cancelled', message: expect.stringContaining('were ended') },
    });
    expect(Date.now() - began).toBeLessThan(5_000);
    expect(pids().filter(alive)).toEqual([]);
  }, 20_000);

  it('may end by itself first', async () => {
    const told = stepContext({ folder });
    const clean = `process.on('SIGTERM', () => { require('fs').writeFileSync('clean', ''); process.exit() }); console.log('up'); setInterval(() => {}, 1000)`;
    const going = act([node, '-e', clean], {}, told);
    going.catch(() => undefined);
    await expect.poll(() => told.shown.length, { timeout: 10_000 }).toBeGreaterThan(0);
    told.abort.abort();
    await expect(going).rejects.toMatchObject({ failure: { kind: 'cancelled' } });
    expect(existsSync(join(folder, 'clean'))).toBe(true);
  }, 20_000);
});
