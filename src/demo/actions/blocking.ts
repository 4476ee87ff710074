import { BlockList, isIPv6 } from 'node:net';
import { SPRAYING } from '../logs/sources/crm-incidents';
import { metricKey } from '../metrics/metric-source';
import type { RegionStore } from '../region';
import type { World } from '../world';
import { dims } from '../systems/define';

const SCENARIO = 'password-spraying';
/** What the attempts show up in. */
const FELT: readonly string[] = [
  metricKey('CRM/Security', 'AuthenticationFailure', []),
  metricKey(
    'CRM/auth',
    'APICall',
    dims({ Endpoint: '/api/v1/login', Method: 'POST', StatusCode: '401' }),
  ),
];

/** Of the addresses the attempts come from, those that no IP set keeps out. */
export function stillOpen(region: RegionStore): string[] {
  const blocked = new BlockList();
  for (const { addresses } of region.resources.ipSets.values()) {
    for (const cidr of addresses) {
      const [address = '', bits = ''] = cidr.split('/');
      blocked.addSubnet(address, Number(bits), isIPv6(address) ? 'ipv6' : 'ipv4');
    }
  }
  return SPRAYING.filter((address) => !blocked.check(address));
}

/** An IP set has changed: fewer attempts come through, or as many again; with none left the spraying is over. */
export function reviewBlocks(world: World, region: RegionStore, at: number): void {
  const open = stillOpen(region).length;
  for (const key of FELT) region.resources.release(key, at);
  if (open === 0) world.releases.onRemedy(SCENARIO, at);
  else if (open < SPRAYING.length) {
    const factor = open / SPRAYING.length;
    for (const key of FELT) region.resources.hold(key, { kind: 'scale', factor }, at);
  }
}
