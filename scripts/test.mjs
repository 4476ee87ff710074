import { startVirtualDisplay } from './lib/display.mjs';
import { parse } from './lib/options.mjs';
import { Advice, runMain, say } from './lib/say.mjs';
import { setUp } from './lib/setup.mjs';
import { suites } from './lib/suites/suites.mjs';
import { exitStatus, failedTally, sum, summary } from './lib/suites/tally.mjs';

const help = `npm test [-- options]

Runs ${Object.keys(suites).join(', ')}, and ends with one line that counts them all.

  --only=SUITE,SUITE   only these
  --help               this text`;

/** `npm test`: the same set-up as \`npm start\`, then every suite. */
await runMain(async () => {
  const { values } = parse(process.argv.slice(2), {
    only: { type: 'string' },
    help: { type: 'boolean', short: 'h' },
  });
  if (values.help) {
    console.log(help);
    return 0;
  }
  const chosen = choose(values.only);
  const { executable } = await setUp({
    programs: process.platform === 'linux' ? ['Xvfb', 'dunst', 'dbus-daemon', 'dbus-monitor'] : [],
    build: false,
  });
  const display = await displayForTests();
  const env = { ...process.env, ...display.env, NIGHTDESK_ELECTRON: executable };
  const tallies = [];
  for (const [name, suite] of chosen) {
    say(`== ${name}`);
    const started = Date.now();
    const tally = await suite({ env }).catch((error) => {
      console.error(error);
      return failedTally(`${name} (${error.message})`);
    });
    tallies.push(tally);
    say(
      `   ${name}: ${tally.passed} passed, ${tally.failed} failed in ${((Date.now() - started) / 1000).toFixed(1)} s`,
    );
  }
  display.stop();
  const total = sum(tallies);
  console.log(summary(total));
  return exitStatus(total);
});

/** @param {unknown} only */
function choose(only) {
  const all = Object.entries(suites);
  if (typeof only !== 'string') return all;
  const names = only.split(',').map((name) => name.trim());
  const unknown = names.filter((name) => !(name in suites));
  if (unknown.length > 0) throw new Advice(`no such suite: ${unknown.join(', ')}\n\n${help}`);
  return all.filter(([name]) => names.includes(name));
}

/** Always a display of its own, so that tests neither see nor disturb the one in use. */
async function displayForTests() {
  if (process.platform !== 'linux') return { env: {}, stop() {} };
  try {
    const display = await startVirtualDisplay();
    return { ...display, env: { ...display.env, WAYLAND_DISPLAY: '' } };
  } catch (error) {
    // Everything but e2e can still be shown.
    say(error instanceof Error ? error.message : String(error));
    return { env: {}, stop() {} };
  }
}
