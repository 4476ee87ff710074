import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import asc from 'assemblyscript/asc';

const here = fileURLToPath(new URL('.', import.meta.url));
const target = fileURLToPath(
  new URL('../../src/main/logs/engine/kernel-binary.ts', import.meta.url),
);

/**
 * The log engine's kernel as a module of TypeScript. It is kept in the repository, so that neither start nor build
 * needs the compiler; a test compiles it again and compares.
 * @returns {Promise<string>}
 */
export async function compileKernel() {
  const folder = await mkdtemp(join(tmpdir(), 'nightdesk-kernel-'));
  try {
    const out = join(folder, 'kernel.wasm');
    const { error, stderr } = await asc.main([
      join(here, 'log-kernel.ts'),
      ...['--outFile', out, '-O3', '--runtime', 'stub', '--importMemory', '--noAssert'],
      // No host imports but the memory.
      ...['--enable', 'simd', '--use', 'abort='],
    ]);
    if (error) throw new Error(`${error.message}\n${stderr.toString()}`);
    const base64 = (await readFile(out)).toString('base64');
    const lines = base64.match(/.{1,90}/g) ?? [];
    return [
      '/** scripts/kernel/log-kernel.ts, compiled: `node scripts/kernel/build.mjs` writes it. */',
      'export const kernelBase64 =',
      lines.map((line) => `  '${line}'`).join(' +\n') + ';\n',
    ].join('\n');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await writeFile(target, await compileKernel());
}
