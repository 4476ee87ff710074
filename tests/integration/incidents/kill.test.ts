import { expect, it } from 'vitest';
import { brokenPromises, killAtRandom } from '../../soak/kill-run';

it('tells every alarm, and at most one popup twice, through kill -9 at random points (R1, sample)', async () => {
  expect(brokenPromises(await killAtRandom(25))).toEqual([]);
}, 180_000);

it('notices when alarms are marked as told before they are told', async () => {
  const { untold } = await killAtRandom(20, 'mark-first');
  expect(untold.length).toBeGreaterThan(0);
}, 180_000);

it('notices when something is told that is not in the journal yet', async () => {
  const { mostRepeatedByOneKill } = await killAtRandom(20, 'unjournalled');
  expect(mostRepeatedByOneKill).toBeGreaterThan(1);
}, 180_000);
