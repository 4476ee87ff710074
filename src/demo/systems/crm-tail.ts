import { count, dims, gauge } from './define';
import { buildTail, type Ordinary, type Tail } from './tail';

const ECS = 'AWS/ECS';
const RDS = 'AWS/RDS';
const services = ['auth', 'core', 'social-media', 'analytics', 'gateway', 'scheduler'];
const queues = [
  'lead-import',
  'mail-out',
  'social-sync',
  'report-build',
  'webhook-in',
  'audit-trail',
];
const functions = [
  'lead-scorer',
  'mail-render',
  'social-fetch',
  'kpi-rollup',
  'thumbnailer',
  'export',
];
const DLQ = { QueueName: 'crm-report-build-dlq' };

function ordinary(): Ordinary[] {
  const list: Ordinary[] = [];
  for (const service of services) {
    const on = { ClusterName: 'crm-production', ServiceName: `crm-${service}-service` };
    const named = `crm-${service}-service`;
    list.push(
      {
        name: `${named}-cpu`,
        spec: gauge(ECS, 'CPUUtilization', on, 31, { unit: 'Percent', max: 100 }),
        stat: 'Average',
        threshold: 85,
      },
      {
        name: `${named}-memory`,
        spec: gauge(ECS, 'MemoryUtilization', on, 52, {
          unit: 'Percent',
          max: 100,
          daily: 0.05,
          noise: 0.02,
        }),
        stat: 'Average',
        threshold: 90,
      },
      {
        name: `${named}-running-tasks`,
        spec: gauge('ECS/ContainerInsights', 'RunningTaskCount', on, 3, {
          unit: 'Count',
          daily: 0,
          noise: 0,
        }),
        stat: 'Minimum',
        threshold: 2,
        comparison: 'LessThanThreshold',
        missing: 'breaching',
        level: 'critical',
      },
    );
  }
  for (const queue of queues) {
    const on = { QueueName: `crm-${queue}` };
    list.push({
      name: `crm-${queue}-queue-age`,
      spec: gauge('AWS/SQS', 'ApproximateAgeOfOldestMessage', on, 22, {
        unit: 'Seconds',
        noise: 0.3,
      }),
      stat: 'Maximum',
      threshold: 900,
    });
    const dlq = { QueueName: `crm-${queue}-dlq` };
    list.push({
      name: `crm-${queue}-dlq-not-empty`,
      spec: gauge('AWS/SQS', 'ApproximateNumberOfMessagesVisible', dlq, 0, {
        unit: 'Count',
        daily: 0,
        noise: 0,
        everyMinutes: 5,
      }),
      stat: 'Maximum',
      threshold: 0,
      periods: 1,
      missing: 'notBreaching',
    });
  }
  for (const name of functions) {
    const on = { FunctionName: `crm-${name}` };
    list.push(
      {
        name: `crm-${name}-errors`,
        spec: count('AWS/Lambda', 'Errors', on, 0.02),
        stat: 'Sum',
        threshold: 5,
        periods: 1,
        missing: 'notBreaching',
      },
      {
        name: `crm-${name}-throttles`,
        spec: count('AWS/Lambda', 'Throttles', on, 0),
        stat: 'Sum',
        threshold: 0,
        periods: 1,
        missing: 'notBreaching',
        level: 'info',
      },
    );
  }
  for (const node of ['001', '002']) {
    const on = { CacheClusterId: `crm-redis-${node}` };
    list.push(
      {
        name: `crm-redis-${node}-engine-cpu`,
        spec: gauge('AWS/ElastiCache', 'EngineCPUUtilization', on, 12, {
          unit: 'Percent',
          max: 100,
        }),
        stat: 'Average',
        threshold: 80,
      },
      {
        name: `crm-redis-${node}-memory`,
        spec: gauge('AWS/ElastiCache', 'DatabaseMemoryUsagePercentage', on, 44, {
          unit: 'Percent',
          max: 100,
          daily: 0.05,
          noise: 0.01,
        }),
        stat: 'Average',
        threshold: 85,
      },
      {
        name: `crm-redis-${node}-evictions`,
        spec: count('AWS/ElastiCache', 'Evictions', on, 0),
        stat: 'Sum',
        threshold: 100,
        level: 'info',
      },
    );
  }
  const db = { DBInstanceIdentifier: 'crm-production' };
  list.push(
    {
      name: 'crm-rds-free-storage',
      spec: gauge(RDS, 'FreeStorageSpace', db, 210e9, { unit: 'Bytes', daily: 0, noise: 0.002 }),
      stat: 'Average',
      threshold: 20e9,
      comparison: 'LessThanThreshold',
      level: 'critical',
    },
    {
      name: 'crm-rds-freeable-memory',
      spec: gauge(RDS, 'FreeableMemory', db, 9.4e9, { unit: 'Bytes', daily: 0.05, noise: 0.02 }),
      stat: 'Average',
      threshold: 1e9,
      comparison: 'LessThanThreshold',
    },
    {
      name: 'crm-rds-replica-lag',
      spec: gauge(RDS, 'ReplicaLag', { DBInstanceIdentifier: 'crm-production-replica' }, 0.6, {
        unit: 'Seconds',
        noise: 0.3,
      }),
      stat: 'Average',
      threshold: 30,
    },
    {
      name: 'crm-rds-disk-queue',
      spec: gauge(RDS, 'DiskQueueDepth', db, 1.4, { unit: 'Count', noise: 0.3 }),
      stat: 'Average',
      threshold: 32,
    },
    {
      name: 'crm-alb-unhealthy-hosts',
      spec: gauge(
        'AWS/ApplicationELB',
        'UnHealthyHostCount',
        { LoadBalancer: 'app/crm-production-alb/50dc6c495c0c9188' },
        0,
        { unit: 'Count', daily: 0, noise: 0 },
      ),
      stat: 'Maximum',
      threshold: 0,
      comparison: 'GreaterThanThreshold',
      level: 'critical',
    },
    {
      name: 'crm-nat-port-allocation',
      spec: count(
        'AWS/NATGateway',
        'ErrorPortAllocation',
        { NatGatewayId: 'nat-0a1b2c3d4e5f60718' },
        0,
      ),
      stat: 'Sum',
      threshold: 0,
      level: 'info',
    },
    {
      name: 'crm-maintenance-window',
      spec: gauge('CRM/Operations', 'MaintenanceWindow', {}, 0, {
        daily: 0,
        noise: 0,
        everyMinutes: 5,
      }),
      stat: 'Maximum',
      threshold: 0,
      periods: 1,
      missing: 'notBreaching',
      level: 'info',
    },
    {
      name: 'crm-certificate-expiry',
      spec: gauge(
        'AWS/CertificateManager',
        'DaysToExpiry',
        { CertificateArn: 'arn:aws:acm:us-east-1:111122223333:certificate/crm' },
        190,
        { daily: 0, noise: 0, everyMinutes: 60 },
      ),
      stat: 'Minimum',
      threshold: 30,
      comparison: 'LessThanThreshold',
      period: 3600,
      periods: 1,
    },
    {
      name: 'crm-nightly-export-heartbeat',
      spec: count('CRM/Operations', 'NightlyExportRows', {}, 9200, { everyMinutes: 60 }),
      stat: 'Sum',
      threshold: 1,
      comparison: 'LessThanThreshold',
      period: 3600,
      periods: 1,
      missing: 'missing',
    },
    {
      name: 'crm-legacy-batch-host-status',
      spec: gauge('AWS/EC2', 'StatusCheckFailed', { InstanceId: 'i-0317828c84edbe100' }, 0, {
        daily: 0,
        noise: 0,
      }),
      stat: 'Maximum',
      threshold: 0,
      level: 'info',
    },
  );
  return list;
}

/** Healthy alarms of an ordinary account, and the one dead-letter queue nobody has emptied since this morning. */
export function crmTail(accountId: string, region: string): Tail {
  const built = buildTail(accountId, region, ordinary(), (level) => `crm-${level}-alerts`, {
    Environment: 'production',
    System: 'CRM',
  });
  return {
    ...built,
    past: [
      {
        metric: {
          namespace: 'AWS/SQS',
          metricName: 'ApproximateNumberOfMessagesVisible',
          dimensions: dims(DLQ),
        },
        fromMinutes: 205,
        toMinutes: null,
        value: 7,
      },
    ],
  };
}
