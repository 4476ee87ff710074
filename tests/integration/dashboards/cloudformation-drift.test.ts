import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { startDemo } from '../../../src/demo';
import { driftOf } from '../../../src/shared/dashboards/cloudformation/drift';
import { readTemplate } from '../../../src/shared/dashboards/cloudformation/template';
import { demoConnection, watchAlarms } from '../../support/alarm-service';

/** What a person gets who picks the region and account of the stack, and nothing else. */
const place = { 'AWS::Region': 'us-east-1', 'AWS::AccountId': '111122223333' };

it('shows where the demo account has left the starter template', async () => {
  const demo = await startDemo({ evaluateEveryMs: Infinity, systems: ['crm'] });
  const connection = demoConnection(demo.endpoint, { regions: ['us-east-1'] });
  const watched = watchAlarms();
  try {
    watched.service.setConnections([connection]);
    await watched.service.refresh(null);
    const text = readFileSync('resources/dashboards/crm-monitoring.yaml', 'utf8');
    const result = readTemplate(text, 'crm-monitoring.yaml', {
      ...place,
      'ImportValue:crm-services-LoadBalancerFullName': 'app/crm-production-alb/50dc6c495c0c9188',
    });
    if (result.kind === 'failed') throw new Error(result.problem.message);
    const drift = driftOf(result.alarms, [...watched.service.alarms.values()]);
    const differing = drift.filter(({ state }) => state !== 'same');
    expect(
      differing.map(({ declared, state, differences }) => [declared.name, state, differences]),
    ).toEqual([
      ['CRM-Database-High-CPU', 'differs', [{ field: 'threshold', declared: '75', actual: '80' }]],
      [
        'CRM-High-Auth-Failures',
        'differs',
        [{ field: 'periods', declared: '2 of 2', actual: '1 of 1' }],
      ],
    ]);
    expect(drift).toHaveLength(6);
    expect(drift.every(({ open }) => open.length === 0)).toBe(true);
  } finally {
    await watched.stop();
    await demo.stop();
  }
});
