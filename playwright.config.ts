import { defineConfig } from '@playwright/test';
import { availableParallelism } from 'node:os';

/**
 * Real Electron. Each worker has a display, a session bus and a notification daemon of its own, and one console at a
 * time on them; a third worker would only wait for the other two on small machines.
 */
export default defineConfig({
  testDir: 'tests/e2e',
  testMatch: '**/*.spec.ts',
  workers: Math.min(2, availableParallelism()),
  fullyParallel: false,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  retries: 0,
  forbidOnly: Boolean(process.env.CI),
  outputDir: 'test-results',
});
