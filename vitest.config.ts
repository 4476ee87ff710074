import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // One less would be a single one on small machines, idle while a test waits for what it started.
    maxWorkers: availableParallelism(),
    projects: [
      { test: { name: 'unit', include: ['tests/unit/**/*.test.{ts,tsx}'] } },
      {
        test: {
          name: 'integration',
          include: ['tests/integration/**/*.test.ts'],
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'bench',
          include: ['tests/bench/**/*.bench.ts'],
          testTimeout: 3_600_000,
          hookTimeout: 60_000,
          fileParallelism: false,
          // Alone on the machine, after all others.
          sequence: { groupOrder: 1 },
        },
      },
      { test: { name: 'peer', include: ['tests/peer/**/*.test.ts'], testTimeout: 120_000 } },
      // NIGHTDESK_SOAK=full (npm run soak) asks for the long figures, else for a short sample.
      { test: { name: 'soak', include: ['tests/soak/**/*.test.ts'], testTimeout: 6 * 3_600_000 } },
    ],
  },
});
