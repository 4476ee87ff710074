import { parseArgs } from 'node:util';
import { isAbsolute, resolve } from 'node:path';
import { Advice } from './say.mjs';

export const startHelp = `npm start [-- options]

Sets up what is missing, builds when the sources changed, opens the console.

  --demo                  only the demo: no AWS account is asked
  --user-data-dir=DIR     keep settings and journal in DIR
  --screenshot=FILE       write a picture of the window (PNG) to FILE
  --exit-after=SECONDS    quit by itself
  --help                  this text

Without a display a virtual one is started. NIGHTDESK_ELECTRON names an Electron executable to use.`;

/**
 * @typedef {{ help: boolean, app: string[] }} StartOptions `app`: what the application is given
 */

/** @param {string[]} argv @returns {StartOptions} */
export function parseStartOptions(argv) {
  const { values, positionals } = parse(argv, {
    demo: { type: 'boolean' },
    'user-data-dir': { type: 'string' },
    screenshot: { type: 'string' },
    'exit-after': { type: 'string' },
    help: { type: 'boolean', short: 'h' },
  });
  if (positionals.length > 0)
    throw new Advice(`unexpected: ${positionals.join(' ')}\n\n${startHelp}`);
  const app = [];
  if (values.demo) app.push('--demo');
  for (const name of ['user-data-dir', 'screenshot']) {
    const value = values[name];
    if (value === undefined) continue;
    if (typeof value !== 'string' || value === '') throw new Advice(`--${name} needs a path`);
    app.push(`--${name}=${isAbsolute(value) ? value : resolve(callerFolder(), value)}`);
  }
  const seconds = values['exit-after'];
  if (seconds !== undefined) {
    if (!(Number(seconds) > 0))
      throw new Advice(`--exit-after needs seconds above 0, not "${seconds}"`);
    app.push(`--exit-after=${Number(seconds)}`);
  }
  return { help: values.help === true, app };
}

/** npm runs scripts in the package's folder; paths are meant from where the user stands. */
export function callerFolder() {
  return process.env.INIT_CWD ?? process.cwd();
}

/**
 * parseArgs with its complaints as advice.
 * @param {string[]} argv
 * @param {import('node:util').ParseArgsOptionsConfig} options
 */
export function parse(argv, options) {
  try {
    return parseArgs({ args: argv, options, allowPositionals: true });
  } catch (error) {
    if (error instanceof TypeError) throw new Advice(`${error.message}\nSee --help.`);
    throw error;
  }
}
