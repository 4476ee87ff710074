import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureBuild } from '../build.mjs';
import { codeOf } from '../lock.mjs';
import { root } from '../paths.mjs';
import { run } from '../run.mjs';
import { say } from '../say.mjs';
import { emptyTally, failedTally } from './tally.mjs';

/**
 * @typedef {import('./tally.mjs').Tally} Tally
 * @typedef {{ env: NodeJS.ProcessEnv }} Surroundings
 * @typedef {(surroundings: Surroundings) => Promise<Tally>} Suite
 */

const bin = (/** @type {string} */ path) => join(root, 'node_modules', path);

/** @type {Suite} */
const build = () =>
  ensureBuild().then(
    () => ({ ...emptyTally(), passed: 1 }),
    (error) => {
      say(error.message);
      return failedTally('build');
    },
  );

/** All suites, in the order in which they run: what is quick to fail comes first. */
export const suites = /** @type {Record<string, Suite>} */ ({
  types: check('types', [bin('typescript/bin/tsc'), '-p', '.']),
  lint: check('lint', [bin('oxlint/bin/oxlint'), '--deny-warnings']),
  unit: vitest('unit'),
  integration: vitest('integration'),
  peer: vitest('peer'),
  soak: vitest('soak'),
  build,
  e2e: (surroundings) =>
    counted('e2e', surroundings, [
      bin('@playwright/test/cli.js'),
      'test',
      '--pass-with-no-tests',
      `--reporter=list,${join(root, 'scripts/lib/suites/playwright-tally.mjs')}`,
    ]),
});

/** A check that passes or fails as one. @param {string} name @param {string[]} args @returns {Suite} */
function check(name, args) {
  return async ({ env }) => {
    const { code } = await run(process.execPath, args, { cwd: root, env });
    return code === 0 ? { ...emptyTally(), passed: 1 } : failedTally(name);
  };
}

/** @param {string} project of vitest.config.ts @returns {Suite} */
export function vitest(project) {
  return (surroundings) =>
    counted(project, surroundings, [
      bin('vitest/vitest.mjs'),
      'run',
      '--passWithNoTests',
      '--project',
      project,
      '--reporter',
      'default',
      '--reporter',
      join(root, 'scripts/lib/suites/vitest-tally.mjs'),
    ]);
}

/**
 * Runs a test runner that leaves its tally; one that ends badly without saying why counts as a failure.
 * @param {string} name
 * @param {Surroundings} surroundings
 * @param {string[]} args
 * @returns {Promise<Tally>}
 */
async function counted(name, { env }, args) {
  const folder = await mkdtemp(join(tmpdir(), 'nightdesk-tally-'));
  const file = join(folder, 'tally.json');
  try {
    const { code } = await run(process.execPath, args, {
      cwd: root,
      env: { ...env, NIGHTDESK_TALLY: file },
    });
    const tally = await readTally(file);
    if (tally === null) return code === 0 ? emptyTally() : failedTally(`${name} (did not run)`);
    if (code !== 0 && tally.failed === 0) return failedTally(`${name} (status ${code})`);
    return tally;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** @param {string} file @returns {Promise<Tally | null>} */
async function readTally(file) {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw error;
  }
}
