import { ensureDisplay } from './lib/display.mjs';
import { parseStartOptions, startHelp } from './lib/options.mjs';
import { root } from './lib/paths.mjs';
import { foreground } from './lib/run.mjs';
import { runMain, say } from './lib/say.mjs';
import { electronFlags, setUp } from './lib/setup.mjs';

/** `npm start`: sets up what is missing, builds what changed, opens the console. */
await runMain(async () => {
  const options = parseStartOptions(process.argv.slice(2));
  if (options.help) {
    console.log(startHelp);
    return 0;
  }
  const hasDisplay =
    process.platform !== 'linux' || process.env.DISPLAY || process.env.WAYLAND_DISPLAY;
  const { executable } = await setUp({ programs: hasDisplay ? [] : ['Xvfb'], build: true });
  const display = await ensureDisplay();
  try {
    const code = await foreground(executable, [...electronFlags(), root, ...options.app], {
      env: { ...process.env, ...display.env },
      onLine: keepLine,
    });
    if (code === 127) say('Electron lacks a system library; its message is above');
    return code;
  } finally {
    display.stop();
  }
});

/**
 * Chromium complains on stderr about what a machine without a screen, a GPU or a system bus lacks;
 * none of it is the console's, and it would bury the lines that are.
 * @param {string} line
 */
function keepLine(line) {
  return !/^\[\d+:\d+\/[\d.]+:(ERROR|WARNING|INFO):(?!CONSOLE)|^\[\d+:\d{4}\/\d+\.\d+:ERROR:/.test(
    line,
  );
}
