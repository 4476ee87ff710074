import { runMain } from './lib/say.mjs';
import { ensureRuntime } from './lib/runtime/runtime.mjs';

/** Prints the Electron executable in use, fetching it if need be: for test helpers run by themselves. */
await runMain(async () => {
  console.log((await ensureRuntime()).executable);
  return 0;
});
