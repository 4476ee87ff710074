import react from '@vitejs/plugin-react';
import { resolve } from 'node:path';
import { defineConfig } from 'vite';

const root = resolve(import.meta.dirname, '../../..');

/** `npx vite --config tests/support/renderer-preview/vite.config.ts`, then open the printed address. */
export default defineConfig({
  root: import.meta.dirname,
  cacheDir: resolve(root, 'node_modules/.vite-preview'),
  plugins: [react()],
  build: { outDir: resolve(root, 'out/renderer-preview'), emptyOutDir: true, target: 'esnext' },
  server: { fs: { allow: [root] } },
});
