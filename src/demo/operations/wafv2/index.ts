import { isIP, isIPv6 } from 'node:net';
import { z } from 'zod';
import { reviewBlocks } from '../../actions/blocking';
import type { DemoIpSet } from '../../actions/resources';
import { AwsError } from '../../errors';
import type { RegionStore } from '../../region';
import type { Operation } from '../operation';
import { parseInput } from '../parse';

const wafError = (code: string, message: string): AwsError =>
  new AwsError(code, message, 400, code, 'com.amazonaws.wafv2');
const invalid = (field: string, value: string, why: string): AwsError =>
  wafError(
    'WAFInvalidParameterException',
    `Error reason: ${why}, field: ${field}, parameter: ${value}`,
  );

const scope = z.enum(['REGIONAL', 'CLOUDFRONT']);
const lockToken = ({ id, updates }: DemoIpSet): string =>
  `${id.slice(0, 24)}${updates.toString(16).padStart(12, '0')}`;

const summary = (region: RegionStore, set: DemoIpSet): Record<string, unknown> => ({
  Name: set.name,
  Id: set.id,
  ARN: `arn:aws:wafv2:${region.name}:${region.accountId}:regional/ipset/${set.name}/${set.id}`,
  Description: '',
});

const listIpSets: Operation = ({ region }, body) => {
  const input = parseInput(z.object({ Scope: scope }), body);
  return {
    IPSets: [...region.resources.ipSets.values()]
      .filter((set) => set.scope === input.Scope)
      .map((set) => ({ ...summary(region, set), LockToken: lockToken(set) })),
  };
};

const named = z.object({ Name: z.string(), Id: z.string(), Scope: scope });

function find(region: RegionStore, { Name, Id, Scope }: z.infer<typeof named>): DemoIpSet {
  const set = region.resources.ipSets.get(Name);
  if (set === undefined || set.id !== Id || set.scope !== Scope) {
    throw wafError(
      'WAFNonexistentItemException',
      'AWS WAF couldn’t perform the operation because your resource doesn’t exist.',
    );
  }
  return set;
}

const getIpSet: Operation = ({ region }, body) => {
  const set = find(region, parseInput(named, body));
  return {
    IPSet: { ...summary(region, set), IPAddressVersion: 'IPV4', Addresses: set.addresses },
    LockToken: lockToken(set),
  };
};

const updateInput = named.extend({ Addresses: z.array(z.string()), LockToken: z.string() });

/** The whole list is replaced, if nobody else has since. https://docs.aws.amazon.com/waf/latest/APIReference/API_UpdateIPSet.html */
const updateIpSet: Operation = ({ region, world }, body) => {
  const input = parseInput(updateInput, body);
  const set = find(region, input);
  if (input.LockToken !== lockToken(set)) {
    throw wafError(
      'WAFOptimisticLockException',
      'AWS WAF couldn’t save your changes because someone changed the resource after you started to edit it. Reapply your changes.',
    );
  }
  for (const cidr of input.Addresses) {
    const [address = '', bits = ''] = cidr.split('/');
    const most = isIPv6(address) ? 128 : 32;
    const fits = /^\d{1,3}$/.test(bits) && Number(bits) >= 1 && Number(bits) <= most;
    if (isIP(address) === 0 || !fits) {
      throw invalid('IP_ADDRESS', cidr, 'The parameter contains formatting that is not valid.');
    }
    if (isIPv6(address)) {
      throw invalid('IP_ADDRESS', cidr, 'The address is not of the IP set’s version IPV4.');
    }
  }
  set.addresses = [...new Set(input.Addresses)];
  set.updates += 1;
  reviewBlocks(world, region, world.now());
  return { NextLockToken: lockToken(set) };
};

export const wafOperations = {
  ListIPSets: listIpSets,
  GetIPSet: getIpSet,
  UpdateIPSet: updateIpSet,
};
