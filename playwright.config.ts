import { defineConfig } from '@playwright/test';

/** Real Electron, one at a time: each test watches one session bus and one screen. */
export default defineConfig({
  testDir: 'tests/e2e',
  testMatch: '**/*.spec.ts',
  workers: 1,
  fullyParallel: false,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  retries: 0,
  forbidOnly: Boolean(process.env.CI),
  outputDir: 'test-results',
});
