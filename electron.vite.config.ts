import react from '@vitejs/plugin-react';
import { resolve } from 'node:path';
import { defineConfig } from 'electron-vite';

/**
 * Less to read from disk and parse at start. Names stay in what runs in Node: a log's stack trace is read
 * without source maps, which are not shipped.
 */
const readableMinify = { compress: true, mangle: false, codegen: { removeWhitespace: true } };

export default defineConfig({
  main: {
    build: {
      outDir: 'out/main',
      externalizeDeps: false,
      rollupOptions: {
        input: {
          index: resolve('src/main/index.ts'),
          // Runs as its own Node process, so that a hung daemon can be killed.
          'notify-child': resolve('src/main/notify/child/index.ts'),
          // So that computing the demo's metrics never holds up main.
          'demo-child': resolve('src/demo/child.ts'),
          // Stores and filters log events, so that neither main nor the window ever waits for a million lines.
          'log-engine': resolve('src/main/logs/engine/child.ts'),
        },
        output: { format: 'es', entryFileNames: '[name].js', minify: readableMinify },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      externalizeDeps: false,
      rollupOptions: {
        input: resolve('src/preload/index.ts'),
        // A sandboxed preload cannot load modules: one self-contained CommonJS file.
        output: { format: 'cjs', entryFileNames: 'index.cjs', minify: readableMinify },
      },
    },
  },
  renderer: {
    root: 'src/renderer',
    build: {
      outDir: 'out/renderer',
      minify: 'oxc',
      cssMinify: true,
      // The oldest Electron that it runs in carries Chromium 130; module preloading needs no stand-in there.
      target: 'chrome130',
      modulePreload: { polyfill: false },
      rollupOptions: { input: resolve('src/renderer/index.html') },
    },
    plugins: [react()],
  },
});
