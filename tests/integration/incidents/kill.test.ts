import { expect, it } from 'vitest';
import { killAtRandom } from '../../soak/kill-run';

it('tells every alarm, and at most one popup twice, through kill -9 at random points (R1, sample)', async () => {
  const figures = await killAtRandom(25);
  expect(figures.untold).toEqual([]);
  expect(figures.mostRepeatedByOneKill).toBeLessThanOrEqual(1);
  expect(figures.finalExitCode).toBe(0);
}, 180_000);
