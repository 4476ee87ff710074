import { ensureBuild } from './lib/build.mjs';
import { runMain } from './lib/say.mjs';
import { setUp } from './lib/setup.mjs';
import { vitest } from './lib/suites/suites.mjs';
import { exitStatus, summary } from './lib/suites/tally.mjs';

/** `npm run soak`: the long figures, of which `npm test` runs a short sample each. */
await runMain(async () => {
  const { executable } = await setUp({ programs: [], build: false });
  await ensureBuild();
  const env = { ...process.env, NIGHTDESK_ELECTRON: executable, NIGHTDESK_SOAK: 'full' };
  const tally = await vitest('soak')({ env });
  console.log(summary(tally));
  return exitStatus(tally);
});
