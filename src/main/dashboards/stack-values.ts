/** What a CloudFormation stack knows that its template leaves open. */
import type { Stack, StackResourceSummary } from '@aws-sdk/client-cloudformation';
import type { StackEntry } from '../../shared/dashboards/listing';
import type { RegionApi } from '../aws/aws-api';
import { pages } from '../aws/paging';
import { refusal } from './entry-ids';
import { derivedAttributes } from './stack-attributes';

export type StackApi = Pick<
  RegionApi,
  'connectionId' | 'region' | 'describeStacks' | 'listStackResources' | 'listExports'
>;

/** All stacks of a region that are not deleted, by name. Rejections are `AwsFailure`s. */
export async function listStacks(api: StackApi, signal: AbortSignal): Promise<StackEntry[]> {
  const found: StackEntry[] = [];
  const walk = pages((NextToken) => api.describeStacks({ NextToken }, signal), {
    operation: 'DescribeStacks',
    connectionId: api.connectionId,
  });
  for await (const page of walk) {
    for (const stack of page.Stacks ?? []) {
      if (stack.StackName === undefined) continue;
      const at = stack.LastUpdatedTime ?? stack.CreationTime;
      found.push({
        name: stack.StackName,
        status: stack.StackStatus ?? '',
        description: stack.Description ?? '',
        updatedAt: at?.getTime() ?? null,
      });
    }
  }
  return found.sort((a, b) => a.name.localeCompare(b.name, 'en'));
}

/**
 * By the ids of a template's inputs: parameters by name, `AWS::Region` and its like, `Ref:<LogicalId>`,
 * `GetAtt:<LogicalId>.<Attribute>` where the physical id tells it, and `ImportValue:<export>`.
 */
export async function readStackValues(
  api: StackApi,
  stackName: string,
  signal: AbortSignal,
): Promise<Record<string, string>> {
  const [stack, resources, exports] = await Promise.all([
    findStack(api, stackName, signal),
    listResources(api, stackName, signal),
    listExports(api, signal),
  ]);
  const account = accountOf(stack, api.region);
  const values = new Map<string, string>([
    ['AWS::Region', account.region],
    ['AWS::AccountId', account.accountId],
    ['AWS::Partition', account.partition],
    ['AWS::URLSuffix', account.partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com'],
    ['AWS::StackName', stack.StackName ?? stackName],
    ['AWS::StackId', stack.StackId ?? ''],
  ]);
  for (const parameter of stack.Parameters ?? []) {
    const { ParameterKey: key, ParameterValue, ResolvedValue } = parameter;
    const value = ResolvedValue ?? ParameterValue;
    // A NoEcho parameter answers asterisks in place of its value.
    if (key !== undefined && value !== undefined && !/^\*+$/.test(value)) values.set(key, value);
  }
  for (const { LogicalResourceId, PhysicalResourceId, ResourceType } of resources) {
    if (LogicalResourceId === undefined || PhysicalResourceId === undefined) continue;
    values.set(`Ref:${LogicalResourceId}`, PhysicalResourceId);
    const attributes = derivedAttributes(ResourceType ?? '', PhysicalResourceId, account);
    for (const [name, value] of Object.entries(attributes)) {
      values.set(`GetAtt:${LogicalResourceId}.${name}`, value);
    }
  }
  for (const [name, value] of exports) values.set(`ImportValue:${name}`, value);
  return Object.fromEntries(values);
}

async function findStack(api: StackApi, StackName: string, signal: AbortSignal): Promise<Stack> {
  const { Stacks } = await api.describeStacks({ StackName }, signal);
  const [stack] = Stacks ?? [];
  if (stack === undefined) {
    throw refusal(
      'not-found',
      'DescribeStacks',
      `There is no stack ${StackName} in ${api.region}.`,
      'It may have been deleted; list the stacks again.',
      api.connectionId,
    );
  }
  return stack;
}

async function listResources(
  api: StackApi,
  StackName: string,
  signal: AbortSignal,
): Promise<StackResourceSummary[]> {
  const found: StackResourceSummary[] = [];
  const walk = pages((NextToken) => api.listStackResources({ StackName, NextToken }, signal), {
    operation: 'ListStackResources',
    connectionId: api.connectionId,
  });
  for await (const page of walk) found.push(...(page.StackResourceSummaries ?? []));
  return found;
}

async function listExports(api: StackApi, signal: AbortSignal): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  const walk = pages((token) => api.listExports(token, signal), {
    operation: 'ListExports',
    connectionId: api.connectionId,
  });
  for await (const page of walk) {
    for (const { Name, Value } of page.Exports ?? []) {
      if (Name !== undefined && Value !== undefined) found.set(Name, Value);
    }
  }
  return found;
}

/** A stack's id is its ARN. */
function accountOf(stack: Stack, region: string) {
  const [, partition = 'aws', , of = region, accountId = ''] = (stack.StackId ?? '').split(':');
  return { partition, region: of === '' ? region : of, accountId };
}
