/** Builds the bench's application into a folder, bundled as the console is. */
import react from '@vitejs/plugin-react';
import { writeFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import { build } from 'vite';
import { repository } from '../../support/electron-app';

const external = ['electron', ...builtinModules, ...builtinModules.map((name) => `node:${name}`)];

export async function buildDrawingApp(outDir: string): Promise<void> {
  const shared = { configFile: false as const, logLevel: 'error' as const };
  await build({
    ...shared,
    root: join(repository, 'tests/bench/drawing-app'),
    plugins: [react()],
    build: { outDir: join(outDir, 'page'), target: 'chrome130', minify: 'oxc' },
  });
  for (const [entry, file, format] of [
    ['tests/bench/drawing-app/main.ts', 'main.mjs', 'es'],
    ['src/preload/index.ts', 'preload.cjs', 'cjs'],
  ] as const) {
    await build({
      ...shared,
      build: {
        outDir,
        emptyOutDir: false,
        target: 'node20',
        lib: { entry: join(repository, entry), formats: [format], fileName: () => file },
        rollupOptions: { external },
      },
    });
  }
  const manifest = { name: 'drawing', version: '1.0.0', main: 'main.mjs' };
  writeFileSync(join(outDir, 'package.json'), JSON.stringify(manifest));
}
