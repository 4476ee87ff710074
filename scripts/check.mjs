import { join } from 'node:path';
import { ensureDependencies } from './lib/dependencies.mjs';
import { root } from './lib/paths.mjs';
import { run } from './lib/run.mjs';
import { runMain, say } from './lib/say.mjs';
import { suites } from './lib/suites/suites.mjs';
import { exitStatus, failedTally, emptyTally, sum, summary } from './lib/suites/tally.mjs';

/** `npm run check`: types, lint and format, without running anything. */
await runMain(async () => {
  await ensureDependencies();
  const tallies = [];
  for (const name of ['types', 'lint']) {
    const suite = suites[name];
    if (suite) tallies.push(await suite({ env: process.env }));
  }
  const prettier = join(root, 'node_modules/prettier/bin/prettier.cjs');
  const { code } = await run(process.execPath, [prettier, '--check', '--log-level', 'warn', '.'], {
    cwd: root,
  });
  if (code !== 0) say('npm run format puts this right');
  tallies.push(code === 0 ? { ...emptyTally(), passed: 1 } : failedTally('format'));
  const total = sum(tallies);
  console.log(summary(total));
  return exitStatus(total);
});
