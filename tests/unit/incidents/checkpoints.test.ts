import { expect, it } from 'vitest';
import { CHECKPOINT_EVERY_MS } from '../../../src/main/incidents/checkpoints';
import { openDesk, START } from './fixtures';
import type { Desk } from './fixtures';

const written = (desk: Desk): number[] =>
  desk.journal.entries.flatMap(({ event }) =>
    event.type === 'history-checkpoint' ? [event.at] : [],
  );

it('gives the newest checkpoint, and journals one a region in ten minutes and the last one', async () => {
  const desk = await openDesk();
  expect(desk.service.checkpoint('c', 'r')).toBeNull();
  for (let at = START; at <= START + CHECKPOINT_EVERY_MS; at += 30_000) {
    await desk.service.setCheckpoint('c', 'r', at);
    expect(desk.service.checkpoint('c', 'r')).toBe(at);
  }
  expect(written(desk)).toEqual([START, START + CHECKPOINT_EVERY_MS]);
  const last = START + CHECKPOINT_EVERY_MS + 30_000;
  await desk.service.setCheckpoint('c', 'r', last);
  await desk.service.setCheckpoint('c', 'another', START);
  await desk.service.stop();
  expect(written(desk).slice(2).sort()).toEqual([START, last]);
  const after = await openDesk({}, desk);
  expect(after.service.checkpoint('c', 'r')).toBe(last);
});

it('writes again at once when the clock was set back', async () => {
  const desk = await openDesk();
  await desk.service.setCheckpoint('c', 'r', START);
  await desk.service.setCheckpoint('c', 'r', START - 86_400_000);
  expect(written(desk)).toEqual([START, START - 86_400_000]);
});
