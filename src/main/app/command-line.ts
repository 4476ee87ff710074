/** What may stand on the command line after the app's folder. */
export interface CommandLine {
  /** Only the demo: no connection of the user's is used or changed. */
  demo: boolean;
  userDataDir: string | null;
  screenshotFile: string | null;
  exitAfterSeconds: number | null;
}

const valueOf = (argv: readonly string[], name: string): string | null => {
  const prefix = `--${name}=`;
  const found = argv.findLast((argument) => argument.startsWith(prefix));
  return found === undefined ? null : found.slice(prefix.length);
};

/**
 * Reads Nightdesk's own options and leaves Chromium's alone.
 * @throws Error with a sentence for people when a value is unusable.
 */
export function parseCommandLine(argv: readonly string[]): CommandLine {
  const exitAfter = valueOf(argv, 'exit-after');
  const exitAfterSeconds = exitAfter === null ? null : Number(exitAfter);
  if (exitAfterSeconds !== null && !(exitAfterSeconds > 0 && exitAfterSeconds < 1e6)) {
    throw new Error(`--exit-after=${exitAfter}: give a number of seconds above 0.`);
  }
  const screenshotFile = valueOf(argv, 'screenshot');
  if (screenshotFile !== null && !screenshotFile.endsWith('.png')) {
    throw new Error(`--screenshot=${screenshotFile}: name a file that ends in .png.`);
  }
  const userDataDir = valueOf(argv, 'user-data-dir');
  if (userDataDir === '') throw new Error('--user-data-dir= needs a folder.');
  return { demo: argv.includes('--demo'), userDataDir, screenshotFile, exitAfterSeconds };
}
