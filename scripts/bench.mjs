import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { startVirtualDisplay } from './lib/display.mjs';
import { callerFolder, parse } from './lib/options.mjs';
import { root } from './lib/paths.mjs';
import { run } from './lib/run.mjs';
import { Advice, runMain } from './lib/say.mjs';
import { setUp } from './lib/setup.mjs';

const help = `npm run bench [-- options]

Prints each figure as: name  value  goal  ok|short. Every ratio is taken within this run.

  --json=FILE   also write the figures, with what they were made of
  --quick       three runs instead of ten: an impression, not a figure
  --only=TEXT   only benches whose name contains TEXT, e.g. F1
  --help        this text`;

/** @typedef {{ name: string, value: number, goal: number, unit: string, detail: string }} Figure */

/** `npm run bench`: the promises' figures (F), each beside its floor. Non-zero when a bench broke. */
await runMain(async () => {
  const { values } = parse(process.argv.slice(2), {
    json: { type: 'string' },
    quick: { type: 'boolean' },
    only: { type: 'string' },
    help: { type: 'boolean', short: 'h' },
  });
  if (values.help) {
    console.log(help);
    return 0;
  }
  const { executable } = await setUp({
    programs: process.platform === 'linux' ? ['Xvfb', 'dunst', 'dbus-daemon'] : [],
    build: true,
  });
  const display = process.platform === 'linux' ? await startVirtualDisplay() : null;
  const folder = await mkdtemp(join(tmpdir(), 'nightdesk-bench-'));
  const file = join(folder, 'figures.jsonl');
  const only = typeof values.only === 'string' ? ['--testNamePattern', values.only] : [];
  try {
    const { code } = await run(
      process.execPath,
      [join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--project', 'bench', ...only],
      {
        cwd: root,
        env: {
          ...process.env,
          ...display?.env,
          NIGHTDESK_ELECTRON: executable,
          NIGHTDESK_BENCH: file,
          NIGHTDESK_BENCH_QUICK: values.quick ? '1' : '0',
        },
      },
    );
    const figures = await readFigures(file);
    for (const figure of figures) console.log(lineOf(figure));
    if (typeof values.json === 'string') {
      const target = resolve(callerFolder(), values.json);
      await writeFile(
        target,
        `${JSON.stringify({ quick: values.quick === true, figures }, null, 2)}\n`,
      );
    }
    return code;
  } finally {
    display?.stop();
    await rm(folder, { recursive: true, force: true });
  }
});

/** @param {string} file @returns {Promise<Figure[]>} */
async function readFigures(file) {
  if (!existsSync(file)) throw new Advice('no bench gave a figure; its message is above');
  const text = await readFile(file, 'utf8');
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
    .sort((a, b) => a.name.localeCompare(b.name));
}

/** @param {Figure} figure */
function lineOf({ name, value, goal, unit }) {
  const verdict = value <= goal ? 'ok' : 'short';
  return `${name.padEnd(48)}  ${`${value} ${unit}`.padStart(12)}  ${`≤ ${goal} ${unit}`.padStart(12)}  ${verdict}`;
}
