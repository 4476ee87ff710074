import { spawn } from 'node:child_process';
import { constants } from 'node:os';

/**
 * @typedef {{ code: number, signal: NodeJS.Signals | null, output: string, timedOut: boolean }} Ran
 * @typedef {{ cwd?: string, env?: NodeJS.ProcessEnv, quiet?: boolean, timeoutMs?: number,
 *   shell?: boolean, signal?: AbortSignal }} RunOptions
 */

/** The status a shell would report. @param {number | null} code @param {NodeJS.Signals | null} signal */
export function statusOf(code, signal) {
  return code ?? 128 + (signal ? constants.signals[signal] : 1);
}

/**
 * Runs a command to its end with stdin closed. `quiet` collects output instead of showing it
 * (on stderr: stdout is kept for what the caller itself reports). Never rejects for a non-zero status;
 * a command that cannot be started has status 127.
 * @param {string} command
 * @param {string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<Ran>}
 */
export function run(command, args, options = {}) {
  return new Promise((done) => {
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: options.env ?? process.env,
      shell: options.shell ?? false,
      stdio: ['ignore', options.quiet ? 'pipe' : 2, options.quiet ? 'pipe' : 2],
      signal: options.signal,
    });
    let output = '';
    let timedOut = false;
    child.stdout?.on('data', (chunk) => (output += chunk));
    child.stderr?.on('data', (chunk) => (output += chunk));
    const timer = options.timeoutMs
      ? setTimeout(() => {
          timedOut = true;
          child.kill('SIGKILL');
        }, options.timeoutMs)
      : undefined;
    const finish = (/** @type {number} */ code, /** @type {NodeJS.Signals | null} */ signal) => {
      clearTimeout(timer);
      done({ code, signal, output, timedOut });
    };
    child.on('error', (error) => {
      output += error.message;
      finish(127, null);
    });
    child.on('close', (code, signal) => finish(statusOf(code, signal), signal));
  });
}

/**
 * Runs the npm that started this script, or the one on the path.
 * @param {string[]} args
 * @param {RunOptions} [options]
 */
export function npm(args, options) {
  const cli = process.env.npm_execpath;
  if (cli && /npm-cli\.c?js$/.test(cli)) return run(process.execPath, [cli, ...args], options);
  return run('npm', args, { ...options, shell: process.platform === 'win32' });
}

/**
 * Runs in the foreground: its output is ours, our signals are its own, and its status is the result.
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, stdio?: import('node:child_process').StdioOptions,
 *   onLine?: (line: string) => boolean }} [options]
 *   `onLine` sees each line of stderr; false hides it.
 * @returns {Promise<number>}
 */
export function foreground(command, args, options = {}) {
  return new Promise((done, fail) => {
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: options.env ?? process.env,
      stdio: options.stdio ?? ['inherit', 'inherit', options.onLine ? 'pipe' : 'inherit'],
    });
    if (options.onLine && child.stderr) forwardLines(child.stderr, options.onLine);
    /** @type {NodeJS.Signals[]} */
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
    const forward = (/** @type {NodeJS.Signals} */ signal) => void child.kill(signal);
    for (const signal of signals) process.on(signal, forward);
    const release = () => {
      for (const signal of signals) process.off(signal, forward);
    };
    child.on('error', (error) => {
      release();
      fail(error);
    });
    child.on('close', (code, signal) => {
      release();
      done(statusOf(code, signal));
    });
  });
}

/** @param {NodeJS.ReadableStream} stream @param {(line: string) => boolean} keep */
function forwardLines(stream, keep) {
  let rest = '';
  stream.setEncoding('utf8');
  stream.on('data', (chunk) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (keep(line)) process.stderr.write(`${line}\n`);
  });
  stream.on('end', () => {
    if (rest && keep(rest)) process.stderr.write(rest);
  });
}
