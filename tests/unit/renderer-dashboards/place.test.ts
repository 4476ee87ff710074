import { describe, expect, it } from 'vitest';
import { guessPlace } from '../../../src/renderer/dashboards/use-place';
import type { ConnectionStatus } from '../../../src/shared/connections/connection';

const connection = (id: string, accountId: string | null, regions: string[]): ConnectionStatus => ({
  connection: {
    id,
    label: id,
    color: '#57c785',
    credentials: { kind: 'default-chain' },
    regions,
    roleArn: null,
    endpoint: null,
    readOnly: true,
    paused: false,
    pushQueueUrl: null,
  },
  accountId,
  identityArn: null,
  regions: [],
  callsPerHour: 0,
  throttlesPerHour: 0,
  estimatedCostPerHour: 0,
});

const list = [
  connection('web', '111122223333', ['us-west-1', 'eu-west-1']),
  connection('crm', '444455556666', ['us-east-1']),
];

describe('the place of a file', () => {
  it.each([
    ['names nothing', '{}', { connectionId: 'web', region: 'us-west-1' }],
    ['names a region', '{"region":"us-east-1"}', { connectionId: 'crm', region: 'us-east-1' }],
    [
      'names one region more often',
      '"us-east-1" "eu-west-1" "eu-west-1"',
      { connectionId: 'web', region: 'eu-west-1' },
    ],
    [
      'names an account, whatever its regions',
      'arn:aws:sns:us-west-1:444455556666:alerts',
      { connectionId: 'crm', region: 'us-east-1' },
    ],
    ['names a region nobody has', '"ap-southeast-2"', { connectionId: 'web', region: 'us-west-1' }],
  ])('that %s', (_name, text, place) => {
    expect(guessPlace(text, list)).toEqual(place);
  });

  it('is none without a connection', () => {
    expect(guessPlace('us-east-1', [])).toBeNull();
  });
});
