import { expect, it } from 'vitest';
import { brokenPromises, killAtRandom, popupFigures } from '../../soak/kill-run';

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

it('counts what a kill made the next run repeat, and what nobody told', () => {
  const [a, b, c] = ['ALARM-0', 'ALARM-1', 'ALARM-2'] as const;
  // Cut off twice: the second run repeats the first one's popup, the third the second one's.
  const cutTwice = [
    { run: 1, ids: [a] },
    { run: 2, ids: [a, b] },
    { run: 3, ids: [a, b, c] },
  ];
  expect(popupFigures(cutTwice, 2)).toEqual({ untold: [], mostRepeatedByOneKill: 1, repeated: 2 });
  const bothAgain = [
    { run: 1, ids: [a] },
    { run: 1, ids: [b] },
    { run: 2, ids: [a, b] },
  ];
  expect(popupFigures(bothAgain, 2)).toEqual({
    untold: [c],
    mostRepeatedByOneKill: 2,
    repeated: 2,
  });
});
