import type { RegionStore } from '../region';
import type { SsmDocument, SsmParameter } from './ssm-model';

const parameter = (
  name: string,
  type: SsmParameter['type'],
  description: string,
  rest: Partial<SsmParameter> = {},
): SsmParameter => ({ name, type, description, defaultValue: null, ...rest });

const ROLE = parameter('AutomationAssumeRole', 'String', 'Role the automation acts with', {
  defaultValue: '',
  allowedPattern: '^arn:aws[a-z-]*:iam::\\d{12}:role/[\\w+=,.@/-]+$|^$',
});

const documents: readonly SsmDocument[] = [
  {
    name: 'AWS-RestartEC2Instance',
    type: 'Automation',
    description: 'Restarts EC2 instances',
    owner: 'Amazon',
    parameters: [
      parameter('InstanceId', 'StringList', 'Instances to restart', {
        allowedPattern: '^i-[0-9a-f]{8}(?:[0-9a-f]{9})?$',
      }),
      ROLE,
    ],
    steps: [
      { name: 'stopInstances', action: 'aws:changeInstanceState', seconds: 20, goes: 'well' },
      { name: 'startInstances', action: 'aws:changeInstanceState', seconds: 15, goes: 'well' },
    ],
  },
  {
    name: 'Demo-DrainConnections',
    type: 'Automation',
    description: 'Ends the idle connections to a database',
    owner: '111122223333',
    parameters: [
      parameter('Database', 'String', 'Its identifier', {
        allowedPattern: '^[a-z][a-z0-9-]{0,62}$',
      }),
      parameter('IdleMinutes', 'Integer', 'Ends those idle for longer', { defaultValue: '10' }),
      parameter('Mode', 'String', 'How', {
        defaultValue: 'gentle',
        allowedValues: ['gentle', 'hard'],
      }),
      parameter('Notify', 'Boolean', 'Tells the topic of warnings', { defaultValue: 'true' }),
      parameter('Tags', 'StringMap', 'Tags of the run', { defaultValue: '{}' }),
      parameter('Targets', 'MapList', 'Further databases', { defaultValue: '[]' }),
    ],
    steps: [
      {
        name: 'countConnections',
        action: 'aws:executeScript',
        seconds: 5,
        goes: 'well',
        outputs: { Idle: ['61'] },
      },
      { name: 'endConnections', action: 'aws:executeScript', seconds: 12, goes: 'well' },
      { name: 'verify', action: 'aws:assertAwsResourceProperty', seconds: 6, goes: 'well' },
    ],
  },
  {
    name: 'Demo-ApproveFailover',
    type: 'Automation',
    description: 'Fails a database over once somebody has approved it',
    owner: '111122223333',
    parameters: [
      parameter('Database', 'String', 'Its identifier', {
        allowedPattern: '^[a-z][a-z0-9-]{0,62}$',
      }),
    ],
    steps: [
      { name: 'checkReplica', action: 'aws:assertAwsResourceProperty', seconds: 4, goes: 'well' },
      { name: 'approve', action: 'aws:approve', seconds: 0, goes: 'waits-for-approval' },
      { name: 'failOver', action: 'aws:executeAwsApi', seconds: 15, goes: 'well' },
    ],
  },
  {
    name: 'Demo-RebuildSearchIndex',
    type: 'Automation',
    description: 'Rebuilds the index of searches; its second step fails',
    owner: '111122223333',
    parameters: [],
    steps: [
      { name: 'lockIndex', action: 'aws:executeAwsApi', seconds: 4, goes: 'well' },
      {
        name: 'rebuild',
        action: 'aws:executeScript',
        seconds: 6,
        goes: 'fails',
        failure:
          'Step fails when it is Executing. Failure Stage: Invocation. Error Message: the index crm-contacts is locked by another task.',
      },
      { name: 'unlockIndex', action: 'aws:executeAwsApi', seconds: 2, goes: 'well' },
    ],
  },
  {
    name: 'AWS-RunShellScript',
    type: 'Command',
    description: 'Runs a shell script',
    owner: 'Amazon',
    parameters: [
      parameter('commands', 'StringList', 'The lines of the script'),
      parameter('workingDirectory', 'String', 'Where it runs', { defaultValue: '' }),
      parameter('executionTimeout', 'String', 'Seconds', {
        defaultValue: '3600',
        allowedPattern:
          '([1-9][0-9]{0,4})|(1[0-6][0-9]{4})|(17[0-1][0-9]{3})|(172[0-7][0-9]{2})|(172800)',
      }),
    ],
    steps: [],
  },
];

/** The documents an account has: those of AWS, and its own. */
export function stockDocuments(region: RegionStore, system: 'crm' | 'realtechee'): void {
  for (const document of documents) {
    if (document.owner !== 'Amazon' && system !== 'crm') continue;
    region.resources.documents.set(document.name, document);
  }
}
