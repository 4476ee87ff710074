/** A text for the person who runs it. */
import type { ReadHandler } from '../../step-seams';
import { textOutput } from './output';

export const note: ReadHandler<'note'> = {
  kind: 'note',
  mode: 'reads',
  timeoutMs: 10_000,
  run: async ({ text }) => textOutput(text),
};
