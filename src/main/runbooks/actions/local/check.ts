/** An expression that must hold. The runner evaluates it itself: it needs what the steps before have given. */
import { bare } from '../../action-values';
import type { ReadHandler } from '../../step-seams';

const LIMIT_MS = 10_000;

export const check: ReadHandler<'check'> = {
  kind: 'check',
  mode: 'reads',
  timeoutMs: LIMIT_MS,
  resource: () => null,
  effect: async ({ that }) => `goes on only if ${bare(that).trim()}`,
  run: async () => {
    throw new TypeError('The runner evaluates checks.');
  },
};
