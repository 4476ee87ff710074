import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { startDemo } from '../../../src/demo';
import { driftOf } from '../../../src/shared/dashboards/cloudformation/drift';
import { readDashboardFile } from '../../../src/shared/dashboards/read-dashboard';
import { demoConnection, watchAlarms } from '../../support/alarm-service';
import { never, openLibrary, starterDir } from './library';

it('the starter template, filled from its stack, differs from the account in two alarms', async () => {
  const demo = await startDemo({ evaluateEveryMs: Infinity });
  const connection = demoConnection(demo.endpoint, { id: 'crm', regions: ['us-east-1'] });
  const open = await openLibrary([connection]);
  const watched = watchAlarms();
  try {
    watched.service.setConnections([connection]);
    await watched.service.refresh(null);
    const text = await readFile(join(starterDir, 'crm-monitoring.yaml'), 'utf8');
    const empty = readDashboardFile(text, 'crm-monitoring.yaml', {});
    if (empty.kind !== 'read') throw new Error(empty.problem.message);
    expect(empty.inputs.filter(({ value }) => value === null).map(({ id }) => id)).toContain(
      'ImportValue:crm-services-LoadBalancerFullName',
    );
    const values = await open.library.stackValues('crm', 'us-east-1', 'crm-monitoring', never());
    const read = readDashboardFile(text, 'crm-monitoring.yaml', values);
    if (read.kind !== 'read') throw new Error(read.problem.message);
    const left = read.inputs.filter(({ value }) => value === null).map(({ id }) => id);
    expect(left.filter((id) => id !== 'AlertPhone')).toEqual([]);
    expect(read.dashboards.map(({ name }) => name)).toEqual(['CRM-Operational-Dashboard']);
    const drift = driftOf(read.alarms, [...watched.service.alarms.values()]);
    expect(drift).toHaveLength(6);
    const differing = drift.filter(({ state }) => state !== 'same');
    expect(differing.map(({ declared, state }) => `${declared.name} ${state}`)).toEqual([
      'CRM-Database-High-CPU differs',
      'CRM-High-Auth-Failures differs',
    ]);
  } finally {
    await watched.stop();
    await open.stop();
    await demo.stop();
  }
});
