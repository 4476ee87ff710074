import { join } from 'node:path';
import { ensureDisplay } from './lib/display.mjs';
import { parseStartOptions, startHelp } from './lib/options.mjs';
import { root } from './lib/paths.mjs';
import { foreground } from './lib/run.mjs';
import { runMain } from './lib/say.mjs';
import { electronFlags, setUp } from './lib/setup.mjs';

/** `npm run dev`: the console with reload on every change; takes the options of `npm start`. */
await runMain(async () => {
  const options = parseStartOptions(process.argv.slice(2));
  if (options.help) {
    console.log(startHelp.replace('npm start', 'npm run dev'));
    return 0;
  }
  const { executable } = await setUp({ programs: [], build: false });
  const display = await ensureDisplay();
  const vite = join(root, 'node_modules/electron-vite/bin/electron-vite.js');
  const noSandbox = electronFlags().length > 0 ? ['--noSandbox'] : [];
  try {
    return await foreground(
      process.execPath,
      [vite, 'dev', '--watch', ...noSandbox, '--', ...options.app],
      {
        cwd: root,
        env: { ...process.env, ...display.env, ELECTRON_EXEC_PATH: executable },
      },
    );
  } finally {
    display.stop();
  }
});
