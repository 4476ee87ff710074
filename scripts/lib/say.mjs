/** Where progress goes: stderr, so that stdout stays the console's own lines and the test summary. */
const out = process.stderr;

/** @param {string} text */
export function say(text) {
  out.write(`nightdesk: ${text}\n`);
}

/** A failure whose message is enough: printed without a stack. */
export class Advice extends Error {}

/**
 * Progress of something long: rewritten in place on a terminal, one line each 10 % or 5 s elsewhere.
 * @param {string} label
 * @param {number} totalBytes
 */
export function progress(label, totalBytes) {
  let lastPercent = -10;
  let lastAt = 0;
  const line = (/** @type {number} */ bytes) => {
    const percent = Math.min(100, Math.floor((bytes / totalBytes) * 100));
    const mb = (/** @type {number} */ n) => (n / 1e6).toFixed(0);
    return { percent, text: `${label}: ${mb(bytes)} of ${mb(totalBytes)} MB (${percent} %)` };
  };
  return {
    /** @param {number} bytes so far */
    update(bytes) {
      const { percent, text } = line(Math.min(bytes, totalBytes));
      if (out.isTTY) out.write(`\r\x1b[Knightdesk: ${text}`);
      else if (
        percent >= lastPercent + 10 ||
        (Date.now() - lastAt > 5000 && percent > lastPercent)
      ) {
        lastPercent = percent;
        lastAt = Date.now();
        say(text);
      }
    },
    done() {
      if (out.isTTY) out.write('\r\x1b[K');
      say(line(totalBytes).text);
    },
    stop() {
      if (out.isTTY) out.write('\n');
    },
  };
}

/**
 * Runs a script's main function; its number becomes the exit status.
 * @param {() => Promise<number>} main
 */
export async function runMain(main) {
  try {
    process.exitCode = await main();
  } catch (error) {
    if (error instanceof Advice) say(error.message);
    else console.error(error);
    process.exitCode = 1;
  }
}
