import { spawn } from 'node:child_process';
import { connect } from 'node:net';
import { onPath } from './system-libraries.mjs';
import { Advice, say } from './say.mjs';

/**
 * @typedef {{ env: Record<string, string>, stop: () => void }} Display
 * What to add to the environment of what shall be shown, and how to end what was started for it.
 */

/** A display there is, or a virtual one. @returns {Promise<Display>} */
export async function ensureDisplay() {
  if (process.platform !== 'linux' || process.env.WAYLAND_DISPLAY) return nothing();
  const named = process.env.DISPLAY;
  if (named && (await answers(named))) return nothing();
  say(named ? `the display ${named} does not answer` : 'this machine has no display');
  const display = await startVirtualDisplay();
  say(`started a virtual display, ${display.env.DISPLAY}; nothing will be visible`);
  return display;
}

/** @returns {Display} */
function nothing() {
  return { env: {}, stop() {} };
}

/**
 * Xvfb on a number it finds free itself.
 * @returns {Promise<Display>}
 */
export async function startVirtualDisplay() {
  if (!onPath('Xvfb')) {
    throw new Advice(
      'There is no display and no Xvfb. On Debian or Ubuntu: sudo apt-get install -y xvfb',
    );
  }
  const child = spawn(
    'Xvfb',
    ['-displayfd', '3', '-screen', '0', '1600x1000x24', '-nolisten', 'tcp'],
    // Its own process group: Ctrl-C must end the console first and the display after it.
    // Its complaints go nowhere: a pipe closed by us would kill it when it next writes one.
    { stdio: ['ignore', 'ignore', 'ignore', 'pipe'], detached: true },
  );
  const stop = () => void child.kill('SIGTERM');
  process.once('exit', stop);
  const number = await readNumber(child);
  child.unref();
  return {
    env: { DISPLAY: `:${number}` },
    stop() {
      process.off('exit', stop);
      stop();
    },
  };
}

/**
 * A local display listens on a socket; a remote one (ssh -X) on a TCP port.
 * @param {string} display
 * @returns {Promise<boolean>}
 */
function answers(display) {
  const match = /^([^:]*):(\d+)/.exec(display);
  if (!match) return Promise.resolve(false);
  const [, host, number] = match;
  const target =
    host && host !== 'unix'
      ? { host, port: 6000 + Number(number) }
      : { path: `/tmp/.X11-unix/X${number}` };
  return new Promise((done) => {
    const socket = connect({ ...target, timeout: 2000 });
    const end = (/** @type {boolean} */ answer) => {
      socket.destroy();
      done(answer);
    };
    socket.on('connect', () => end(true));
    socket.on('error', () => end(false));
    socket.on('timeout', () => end(false));
  });
}

/**
 * Xvfb writes its number and a newline once it listens.
 * @param {import('node:child_process').ChildProcess} child
 * @returns {Promise<string>}
 */
function readNumber(child) {
  const pipe = child.stdio[3];
  return new Promise((done, fail) => {
    let text = '';
    pipe?.on('data', (chunk) => {
      text += chunk;
      if (!text.includes('\n')) return;
      pipe.destroy();
      done(text.trim());
    });
    child.on('error', fail);
    child.on('exit', (code) => fail(new Advice(`Xvfb ended with status ${code}`)));
  });
}
