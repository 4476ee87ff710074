import { expect, it } from 'vitest';
import { brokenPromises, killAtRandom } from './kill-run';

const kills = process.env['NIGHTDESK_SOAK'] === 'full' ? 1_000 : 25;

it(
  `tells every alarm through ${kills} kills (R1)`,
  async () => {
    const figures = await killAtRandom(kills);
    console.log(
      `R1: ${figures.kills} kills, ${figures.alarms} alarms, ${figures.untold.length} untold, ` +
        `${figures.repeated} popups repeated, at most ${figures.mostRepeatedByOneKill} by one kill`,
    );
    expect(brokenPromises(figures)).toEqual([]);
  },
  kills * 5_000,
);
