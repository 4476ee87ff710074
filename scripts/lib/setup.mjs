import { ensureBuild } from './build.mjs';
import { ensureDependencies } from './dependencies.mjs';
import { say } from './say.mjs';
import { ensureSystem } from './system-libraries.mjs';

/**
 * Everything the commands need before they can show anything.
 * @param {{ programs: string[], build: boolean }} wanted
 * @returns {Promise<{ executable: string, missing: string[] }>}
 */
export async function setUp(wanted) {
  checkNode();
  await ensureDependencies();
  // Only now may modules be loaded that lean on dependencies.
  const { ensureRuntime } = await import('./runtime/runtime.mjs');
  const { executable, source } = await ensureRuntime();
  if (source === 'fallback' && wanted.programs.length > 0) {
    say('running on the fallback Electron, for development and tests only');
  }
  const missing = await ensureSystem(executable, wanted.programs);
  if (wanted.build) await ensureBuild();
  return { executable, missing };
}

/** Chromium's sandbox refuses to start as root. */
export function electronFlags() {
  return process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : [];
}

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const fits = (major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major > 22;
  if (!fits) say(`Node ${process.versions.node} is not supported; use 20.19, 22.12 or later`);
}
