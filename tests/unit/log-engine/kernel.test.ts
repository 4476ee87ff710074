import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { compileKernel } from '../../../scripts/kernel/build.mjs';

it('is what its source compiles to', async () => {
  const kept = await readFile('src/main/logs/engine/kernel-binary.ts', 'utf8');
  expect(await compileKernel()).toBe(kept);
}, 60_000);
