import { MessageQueue } from '../queue';
import type { RegionStore } from '../region';
import { tableName } from '../systems/realtechee';
import { place, serviceKey } from './deploy';
import type { BehaviourName } from './behaviours';
import { LIVE } from './releases';
import { stockDocuments } from './stock-documents';

const DAY = 86_400_000;

/** Puts a system's resources into its region. `at`: demo ms of the start. */
export function stockResources(
  region: RegionStore,
  system: 'crm' | 'realtechee',
  at: number,
): void {
  if (system === 'crm') stockCrm(region, at);
  else stockRealTechee(region, at);
  stockDocuments(region, system);
}

function addFunction(
  region: RegionStore,
  name: string,
  behaviour: BehaviourName,
  description: string,
  at: number,
): void {
  const versions = [1, 2, 3, 4];
  const live = { name: LIVE, version: '4', description: '', revisionId: region.resources.uuid() };
  region.resources.functions.set(name, {
    name,
    description,
    behaviour,
    versions,
    aliases: new Map([[LIVE, live]]),
    environment: behaviour === 'read-only' ? { READ_ONLY: 'false' } : { STAGE: 'production' },
    modifiedAt: at - 12 * DAY,
  });
}

function addService(
  region: RegionStore,
  cluster: string,
  name: string,
  revision: number,
  at: number,
): void {
  const family = name;
  const revisions = Array.from({ length: 5 }, (_, index) => revision - 4 + index);
  region.resources.taskDefinitions.set(family, revisions);
  const service = {
    cluster,
    name,
    family,
    desired: 3,
    deployments: [],
    events: [],
    createdAt: at - 400 * DAY,
  };
  place(region, service, `${family}:${revision}`, at - 6 * DAY);
  region.resources.services.set(serviceKey(cluster, name), service);
}

function stockCrm(region: RegionStore, at: number): void {
  const { resources } = region;
  for (const name of [
    'lead-scorer',
    'mail-render',
    'social-fetch',
    'kpi-rollup',
    'thumbnailer',
    'export',
  ]) {
    addFunction(region, `crm-${name}`, 'worker', `CRM: ${name}`, at);
  }
  addFunction(region, 'crm-read-only-mode', 'read-only', 'Switches the CRM’s read-only mode', at);
  const services = ['auth', 'core', 'social-media', 'analytics', 'gateway', 'scheduler'];
  services.forEach((name, index) =>
    addService(region, 'crm-production', `crm-${name}-service`, 41 + 7 * index, at),
  );
  const database = {
    engine: 'postgres',
    instanceClass: 'db.r6g.xlarge',
    status: 'available',
  } as const;
  resources.instances.set('crm-production', {
    ...database,
    id: 'crm-production',
    multiAz: true,
    zone: 'us-east-1a',
    standbyZone: 'us-east-1b',
    replicaOf: null,
  });
  resources.instances.set('crm-production-replica', {
    ...database,
    id: 'crm-production-replica',
    multiAz: false,
    zone: 'us-east-1c',
    standbyZone: null,
    replicaOf: 'crm-production',
  });
  for (const name of ['critical', 'warning', 'business', 'security']) {
    resources.topics.add(`crm-${name}-alerts`);
  }
  for (const name of [
    'lead-import',
    'mail-out',
    'social-sync',
    'report-build',
    'webhook-in',
    'audit-trail',
  ]) {
    resources.queues.set(`crm-${name}`, new MessageQueue());
    resources.queues.set(`crm-${name}-dlq`, new MessageQueue());
  }
  addIpSet(region, 'crm-blocked-addresses', ['198.51.100.0/28']);
  resources.buckets.set('crm-production-files', ['exports/2026-11.csv', 'imports/leads.csv']);
  resources.machines.set('crm-lead-reimport', {
    name: 'crm-lead-reimport',
    states: [
      { name: 'ReadFile', seconds: 6 },
      { name: 'ImportLeads', seconds: 18 },
      { name: 'ScoreLeads', seconds: 10 },
    ],
  });
  resources.machines.set('crm-report-rebuild', {
    name: 'crm-report-rebuild',
    states: [
      { name: 'CollectFigures', seconds: 8 },
      {
        name: 'RenderReport',
        seconds: 5,
        fails: { error: 'States.TaskFailed', cause: 'the template weekly-v3 was not found' },
      },
    ],
  });
  const instances = [
    ['i-0317828c84edbe100', 'crm-worker-1', true],
    ['i-0a4c5e1d2b3f60718', 'crm-worker-2', true],
    ['i-0b7d9e8f1a2c34560', 'crm-worker-3', false],
  ] as const;
  for (const [id, name, online] of instances) resources.managed.set(id, { id, name, online });
}

function stockRealTechee(region: RegionStore, at: number): void {
  const { resources } = region;
  const workers = ['notification-processor', 'user-admin', 'status-processor'];
  for (const name of [...workers, 'image-resize', 'quote-pdf', 'geo-lookup', 'contact-sync']) {
    addFunction(region, `RealTechee-${name}`, 'worker', `RealTechee: ${name}`, at);
  }
  addFunction(region, 'RealTechee-Auto-Rollback', 'roll-back', 'Takes the last release back', at);
  addFunction(region, 'RealTechee-Read-Only-Mode', 'read-only', 'Switches read-only mode', at);
  addFunction(region, 'RealTechee-Incident-Response', 'report', 'Collects first facts', at);
  addFunction(region, 'RealTechee-Investigation', 'report', 'Collects slow requests', at);
  addFunction(region, 'RealTechee-Capacity-Evaluation', 'report', 'Compares use and capacity', at);
  addService(region, 'realtechee-production', 'realtechee-web', 212, at);
  for (const name of ['Contacts', 'Properties', 'Requests', 'Projects', 'Quotes']) {
    resources.tables.set(tableName(name), {
      name: tableName(name),
      read: 100,
      write: 50,
      status: 'ACTIVE',
      createdAt: at - 380 * DAY,
      changedAt: null,
    });
  }
  for (const name of ['Critical', 'Warning', 'Info']) {
    resources.topics.add(`RealTechee-${name}-Alerts`);
  }
  addIpSet(region, 'realtechee-blocked-addresses', []);
  resources.buckets.set('realtechee-files-prod', ['quotes/1042.pdf', 'photos/kitchen-1.jpg']);
  resources.userPools.set('us-west-1_DemoPool', 'realtechee-users-prod');
  resources.queues.set('realtechee-notifications', new MessageQueue());
  resources.machines.set('realtechee-quote-refresh', {
    name: 'realtechee-quote-refresh',
    states: [
      { name: 'ListQuotes', seconds: 4 },
      { name: 'RefreshQuotes', seconds: 16 },
    ],
  });
}

function addIpSet(region: RegionStore, name: string, addresses: string[]): void {
  const id = region.resources.uuid();
  region.resources.ipSets.set(name, { id, name, scope: 'REGIONAL', addresses, updates: 0 });
}
