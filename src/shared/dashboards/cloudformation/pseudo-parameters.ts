import type { DashboardInput } from '../read-result';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/pseudo-parameter-reference.html */
const pseudo = new Map<string, Partial<DashboardInput>>(
  Object.entries({
    'AWS::Region': { label: 'Region', description: 'Region that the stack is in.' },
    'AWS::AccountId': { label: 'Account', description: 'Account that the stack is in, 12 digits.' },
    'AWS::StackName': {
      label: 'Stack name',
      description: 'Name of the stack made from this file.',
    },
    'AWS::StackId': { label: 'Stack id', description: 'ARN of the stack made from this file.' },
    'AWS::NotificationARNs': {
      label: 'Notification topics',
      description: 'Topics that the stack reports its own events to.',
      multiple: true,
    },
    'AWS::Partition': { label: 'Partition', defaultValue: 'aws', visible: false },
    'AWS::URLSuffix': { label: 'URL suffix', defaultValue: 'amazonaws.com', visible: false },
  }),
);

/** The question that a pseudo parameter leaves to people; null for any other name. */
export const pseudoParameter = (name: string): Partial<DashboardInput> | null =>
  pseudo.get(name) ?? null;
