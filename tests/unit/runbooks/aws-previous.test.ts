import { expect, test } from 'vitest';
import { previousOf } from '../../../src/main/runbooks/actions/aws/lambda-alias';

const versions = [1, 2, 5, 9, 10, 11];
const routed = (weights: Record<string, number>) => ({
  RoutingConfig: { AdditionalVersionWeights: weights },
});

test.each([
  ['the highest below', { FunctionVersion: '10' }, 9],
  ['as numbers, not as texts', { FunctionVersion: '9' }, 5],
  ['over a gap', { FunctionVersion: '5' }, 2],
  ['none before the first', { FunctionVersion: '1' }, null],
  ['the newest published, of what was never published', { FunctionVersion: '$LATEST' }, 11],
  ['the one that its description names', { FunctionVersion: '10', Description: 'previous: 5' }, 5],
  [
    'not one it names that is gone',
    { FunctionVersion: '10', Description: 'previous version 7' },
    9,
  ],
  ['the old one, while a new one is tried', { FunctionVersion: '9', ...routed({ '10': 0.1 }) }, 9],
  ['the old one, which has some left', { FunctionVersion: '11', ...routed({ '5': 0.2 }) }, 5],
])('%s', (_, alias, wanted) => {
  expect(previousOf(alias, versions)).toBe(wanted);
});
