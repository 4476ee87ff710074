import { hashText } from '../random';
import type { RegionStore } from '../region';
import { CRM_ACCOUNT, REALTECHEE_ACCOUNT } from '../world';
import { stockSince } from './log-group';
import type { LogSource } from './source';
import { CrmPlan } from './sources/crm-plan';
import { CrmService } from './sources/crm-service';
import { LambdaSource } from './sources/lambda';
import { ImporterSource, PostgresSource } from './sources/plain';
import { RealTecheePlan } from './sources/realtechee-plan';
import { type RealTecheeKind, RealTecheeSource } from './sources/realtechee';

const DAY = 86_400_000;
/** Records a minute of the CRM's four services when nothing else is asked: close to three million a day. */
export const LOGS_PER_MINUTE = 2000;

/** Puts a system's log groups into its region. `logsPerMinute` is the CRM's; the others follow in proportion. */
export function stockLogs(
  region: RegionStore,
  seed: number,
  startAt: number,
  logsPerMinute = LOGS_PER_MINUTE,
): void {
  if (region.accountId === CRM_ACCOUNT) stockCrm(region, seed, startAt, logsPerMinute);
  if (region.accountId === REALTECHEE_ACCOUNT)
    stockRealTechee(region, seed, startAt, logsPerMinute);
}

function adder(region: RegionStore, startAt: number, system: string) {
  return (name: string, retentionInDays: number | null, source: LogSource | null): void => {
    region.logs.add({
      name,
      createdAt: stockSince(startAt) - (60 + (hashText(name, 5) % 400)) * DAY,
      retentionInDays,
      source,
      since: stockSince(startAt),
      tags: { Environment: 'production', System: system },
    });
  };
}

function stockCrm(region: RegionStore, seed: number, startAt: number, perMinute: number): void {
  const add = adder(region, startAt, 'CRM');
  const services = [
    ['auth', 90, 0.22],
    ['crm-core', 30, 0.5],
    ['social-media', null, 0.12],
    ['analytics', 14, 0.16],
  ] as const;
  const plan = new CrmPlan(region.metrics, hashText('crm-requests', seed), perMinute);
  for (const [name, days, part] of services) {
    add(`/ecs/crm/${name}`, days, new CrmService(name, plan, seed, perMinute * part));
  }
  add('/ecs/crm/scheduler', null, new ImporterSource(seed));
  add('/aws/rds/instance/crm-production/postgresql', 30, new PostgresSource(region.metrics, seed));
  for (const name of [
    'lead-scorer',
    'mail-render',
    'social-fetch',
    'kpi-rollup',
    'thumbnailer',
    'export',
  ]) {
    const source = new LambdaSource(
      {
        functionName: `crm-${name}`,
        memoryMb: 512,
        perMinute: 6,
        says: [
          `${name}: # items done`,
          `${name}: nothing to do`,
          `${name}: batch # taken from the queue`,
        ],
        throws: {
          name: 'TimeoutError',
          message: `${name} gave up after 3 tries`,
          stack: [
            'at retry (/var/task/lib/retry.js:31:13)',
            'at async handler (/var/task/index.js:18:5)',
          ],
        },
      },
      region.metrics,
      seed,
      perMinute / LOGS_PER_MINUTE,
    );
    add(`/aws/lambda/crm-${name}`, null, source);
  }
  add('/aws/codebuild/crm-release', null, null);
}

/** Retention as it has grown over the years: some right, some too short, some for ever. */
const REALTECHEE_GROUPS: readonly (readonly [RealTecheeKind, string, number | null])[] = [
  ['application', '/aws/amplify/RealTechee-Gen2', 30],
  ['errors', '/aws/amplify/RealTechee-Gen2/errors', 90],
  ['access', '/aws/amplify/RealTechee-Gen2/access', null],
  ['audit', '/aws/amplify/RealTechee-Gen2/audit', 90],
  ['business', '/aws/amplify/RealTechee-Gen2/business', 365],
];

function stockRealTechee(
  region: RegionStore,
  seed: number,
  startAt: number,
  perMinute: number,
): void {
  const add = adder(region, startAt, 'RealTechee');
  const scale = perMinute / LOGS_PER_MINUTE;
  const plan = new RealTecheePlan(region.metrics, seed, scale);
  for (const [kind, name, days] of REALTECHEE_GROUPS) {
    add(name, days, new RealTecheeSource(kind, plan, scale));
  }
  const functions = [
    [
      'notification-processor',
      [
        'Sent # notifications',
        'Template request-received rendered',
        'SMS skipped: no number on file',
      ],
      0,
    ],
    ['user-admin', ['Listed # users', 'Group of user # changed to agent'], 0],
    [
      'status-processor',
      ['Request # moved to In progress', 'Quote # expired', 'Nothing to expire'],
      0.5,
    ],
  ] as const;
  for (const [name, says, part] of functions) {
    const source = new LambdaSource(
      {
        functionName: `RealTechee-${name}`,
        memoryMb: 256,
        says,
        throws: {
          name: 'TimeoutError',
          message: 'DynamoDB did not answer within 3000 ms',
          stack: [
            `at async updateStatus (/var/task/${name}/update.js:64:9)`,
            'at async Runtime.handler (/var/task/index.js:22:3)',
          ],
        },
        // It runs on what the application writes, so the application's trouble is its own.
        troubles: (minute, now) => plan.serverErrors(minute, now) * part,
      },
      region.metrics,
      seed,
      scale,
    );
    add(`/aws/lambda/RealTechee-${name}`, null, source);
  }
}
