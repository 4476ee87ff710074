/** CloudFormation stacks of the demo's accounts: what stands behind the templates that ship as starters. */
import { crm } from '../systems/crm';
import { realtechee, tableName } from '../systems/realtechee';
import type { SystemDefinition } from '../systems/define';

export interface DemoStack {
  accountId: string;
  region: string;
  name: string;
  /** The last part of its id. */
  uuid: string;
  status: string;
  description: string;
  /** Days before the demo's start. */
  createdDaysAgo: number;
  updatedDaysAgo: number | null;
  /** NoEcho ones answer asterisks. */
  parameters: { key: string; value: string; noEcho?: boolean }[];
  outputs: { key: string; value: string; exportName: string | null }[];
  resources: { logicalId: string; physicalId: string; type: string }[];
}

export const stackId = ({ accountId, region, name, uuid }: DemoStack): string =>
  `arn:aws:cloudformation:${region}:${accountId}:stack/${name}/${uuid}`;

const ALARM = 'AWS::CloudWatch::Alarm';
const TOPIC = 'AWS::SNS::Topic';
const camel = (name: string): string => name.replace(/[^A-Za-z0-9]/g, '');

const topics = ({ accountId, region }: SystemDefinition, names: Record<string, string>) =>
  Object.entries(names).map(([logicalId, name]) => ({
    logicalId,
    physicalId: `arn:aws:sns:${region}:${accountId}:${name}`,
    type: TOPIC,
  }));

/** The alarms of SYSTEMS.md, without the account's ordinary tail. */
const alarms = (system: SystemDefinition, count: number, prefix: string) =>
  system.alarms.slice(0, count).map(({ name }) => ({
    logicalId: `${camel(name.replace(prefix, ''))}Alarm`,
    physicalId: name,
    type: ALARM,
  }));

const crmPlace = { accountId: crm.accountId, region: crm.region };
const LOAD_BALANCER = 'app/crm-production-alb/50dc6c495c0c9188';
const loadBalancerArn = `arn:aws:elasticloadbalancing:${crm.region}:${crm.accountId}:loadbalancer/${LOAD_BALANCER}`;
const services = ['auth', 'core', 'social-media', 'analytics'];

const crmMonitoring: DemoStack = {
  ...crmPlace,
  name: 'crm-monitoring',
  uuid: '6f1b0c80-3d52-11f0-9c1e-0e4f2a7d9b31',
  status: 'UPDATE_COMPLETE',
  description: 'Alarms, topics and the operational dashboard of the CRM',
  createdDaysAgo: 210,
  updatedDaysAgo: 34,
  parameters: [
    { key: 'Environment', value: 'production' },
    { key: 'DatabaseInstance', value: 'crm-production' },
    { key: 'ClusterName', value: 'crm-production' },
    { key: 'AlertEmail', value: 'oncall@example.com' },
    { key: 'AlertPhone', value: '+10000000000', noEcho: true },
  ],
  outputs: [
    {
      key: 'CriticalTopicArn',
      value: `arn:aws:sns:${crm.region}:${crm.accountId}:crm-critical-alerts`,
      exportName: 'crm-monitoring-CriticalTopicArn',
    },
    { key: 'DashboardName', value: 'CRM-Operational-Dashboard', exportName: null },
  ],
  resources: [
    ...topics(crm, {
      CriticalAlertsTopic: 'crm-critical-alerts',
      WarningAlertsTopic: 'crm-warning-alerts',
      BusinessAlertsTopic: 'crm-business-alerts',
      SecurityAlertsTopic: 'crm-security-alerts',
    }),
    ...alarms(crm, 6, 'CRM-'),
    {
      logicalId: 'OperationalDashboard',
      physicalId: 'CRM-Operational-Dashboard',
      type: 'AWS::CloudWatch::Dashboard',
    },
  ],
};

const crmServices: DemoStack = {
  ...crmPlace,
  name: 'crm-services',
  uuid: '1c7a5e90-2b44-11f0-8f03-12a6b3c4d5e7',
  status: 'UPDATE_COMPLETE',
  description: 'Load balancer, cluster, services and database of the CRM',
  createdDaysAgo: 400,
  updatedDaysAgo: 2,
  parameters: [{ key: 'Environment', value: 'production' }],
  outputs: [
    {
      key: 'LoadBalancerFullName',
      value: LOAD_BALANCER,
      exportName: 'crm-services-LoadBalancerFullName',
    },
    { key: 'ClusterName', value: 'crm-production', exportName: 'crm-services-ClusterName' },
    { key: 'DatabaseInstance', value: 'crm-production', exportName: null },
  ],
  resources: [
    {
      logicalId: 'LoadBalancer',
      physicalId: loadBalancerArn,
      type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
    },
    { logicalId: 'Cluster', physicalId: 'crm-production', type: 'AWS::ECS::Cluster' },
    { logicalId: 'Database', physicalId: 'crm-production', type: 'AWS::RDS::DBInstance' },
    ...services.map((name) => ({
      logicalId: `${camel(name)}Service`,
      physicalId: `arn:aws:ecs:${crm.region}:${crm.accountId}:service/crm-production/crm-${name}-service`,
      type: 'AWS::ECS::Service',
    })),
  ],
};

const crmEdge: DemoStack = {
  ...crmPlace,
  name: 'crm-edge',
  uuid: 'b2f0aa70-1a20-11f0-a6c2-0aef5d7c1e29',
  status: 'CREATE_COMPLETE',
  description: 'Certificate and addresses of the CRM',
  createdDaysAgo: 400,
  updatedDaysAgo: null,
  parameters: [],
  outputs: [],
  resources: [
    {
      logicalId: 'Certificate',
      physicalId: `arn:aws:acm:${crm.region}:${crm.accountId}:certificate/crm`,
      type: 'AWS::CertificateManager::Certificate',
    },
  ],
};

const realtecheeMonitoring: DemoStack = {
  accountId: realtechee.accountId,
  region: realtechee.region,
  name: 'realtechee-monitoring',
  uuid: '90be4d10-5a77-11f0-b1d2-06c8e9f0a1b3',
  status: 'CREATE_COMPLETE',
  description: 'Alarms, topics and the production dashboard of RealTechee',
  createdDaysAgo: 120,
  updatedDaysAgo: null,
  parameters: [
    { key: 'Environment', value: 'production' },
    { key: 'ContactsTable', value: tableName('Contacts') },
  ],
  outputs: [
    {
      key: 'CriticalTopicArn',
      value: `arn:aws:sns:${realtechee.region}:${realtechee.accountId}:RealTechee-Critical-Alerts`,
      exportName: 'realtechee-monitoring-CriticalTopicArn',
    },
  ],
  resources: [
    ...topics(realtechee, {
      CriticalTopic: 'RealTechee-Critical-Alerts',
      WarningTopic: 'RealTechee-Warning-Alerts',
      InfoTopic: 'RealTechee-Info-Alerts',
    }),
    ...alarms(realtechee, 5, 'RealTechee-'),
    {
      logicalId: 'ProductionDashboard',
      physicalId: 'RealTechee-Production-Monitoring',
      type: 'AWS::CloudWatch::Dashboard',
    },
    {
      logicalId: 'NotificationProcessor',
      physicalId: 'RealTechee-notification-processor',
      type: 'AWS::Lambda::Function',
    },
  ],
};

export const demoStacks: readonly DemoStack[] = [
  crmEdge,
  crmMonitoring,
  crmServices,
  realtecheeMonitoring,
];
