import { z } from 'zod';
import { demoStacks, stackId, type DemoStack } from '../dashboards/stock-stacks';
import { validationError } from '../errors';
import type { Operation, OperationContext } from './operation';
import { decodeToken, encodeToken } from './paging';
import { parseInput } from './parse';

const DAY = 86_400_000;
/** AWS cuts by the megabyte; the demo's stacks are few, so that its pages turn at all. */
const STACKS_PAGE = 2;
const RESOURCES_PAGE = 100;
const EXPORTS_PAGE = 100;

const input = z.object({ StackName: z.string().optional(), NextToken: z.string().optional() });
const namedInput = input.extend({ StackName: z.string() });

const stacksOf = ({ region }: OperationContext): DemoStack[] =>
  demoStacks.filter((one) => one.accountId === region.accountId && one.region === region.name);

/** By name or id. */
function findStack(context: OperationContext, reference: string): DemoStack {
  const found = stacksOf(context).find(
    (stack) => stack.name === reference || stackId(stack) === reference,
  );
  if (found === undefined) throw validationError(`Stack with id ${reference} does not exist`);
  return found;
}

function pageOf<T>(list: T[], size: number, question: unknown, token: string | undefined) {
  const invalid = (): Error => validationError('The specified next token is invalid.');
  const from = token === undefined ? 0 : Number(decodeToken(question, token, invalid));
  const next = from + size;
  return {
    page: list.slice(from, next),
    NextToken: next < list.length ? encodeToken(question, String(next)) : undefined,
  };
}

const at = (context: OperationContext, daysAgo: number): string =>
  new Date(Math.floor((context.world.now() - daysAgo * DAY) / DAY) * DAY).toISOString();

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeStacks.html */
export const describeStacks: Operation = (context, body) => {
  const { StackName, NextToken } = parseInput(input, body);
  const found = StackName === undefined ? stacksOf(context) : [findStack(context, StackName)];
  const { page, NextToken: next } = pageOf(found, STACKS_PAGE, { StackName }, NextToken);
  return {
    Stacks: page.map((stack) => ({
      StackId: stackId(stack),
      StackName: stack.name,
      Description: stack.description,
      CreationTime: at(context, stack.createdDaysAgo),
      LastUpdatedTime:
        stack.updatedDaysAgo === null ? undefined : at(context, stack.updatedDaysAgo),
      StackStatus: stack.status,
      DisableRollback: false,
      Parameters: stack.parameters.map(({ key, value, noEcho }) => ({
        ParameterKey: key,
        ParameterValue: noEcho === true ? '****' : value,
      })),
      Outputs: stack.outputs.map(({ key, value, exportName }) => ({
        OutputKey: key,
        OutputValue: value,
        ExportName: exportName ?? undefined,
      })),
    })),
    NextToken: next,
  };
};

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ListStackResources.html */
export const listStackResources: Operation = (context, body) => {
  const { StackName, NextToken } = parseInput(namedInput, body);
  const stack = findStack(context, StackName);
  const { page, NextToken: next } = pageOf(
    stack.resources,
    RESOURCES_PAGE,
    { StackName },
    NextToken,
  );
  return {
    StackResourceSummaries: page.map(({ logicalId, physicalId, type }) => ({
      LogicalResourceId: logicalId,
      PhysicalResourceId: physicalId,
      ResourceType: type,
      LastUpdatedTimestamp: at(context, stack.updatedDaysAgo ?? stack.createdDaysAgo),
      ResourceStatus: 'CREATE_COMPLETE',
    })),
    NextToken: next,
  };
};

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ListExports.html */
export const listExports: Operation = (context, body) => {
  const { NextToken } = parseInput(input, body);
  const exports = stacksOf(context).flatMap((stack) =>
    stack.outputs.flatMap(({ value, exportName }) =>
      exportName === null
        ? []
        : [{ ExportingStackId: stackId(stack), Name: exportName, Value: value }],
    ),
  );
  const { page, NextToken: next } = pageOf(exports, EXPORTS_PAGE, 'exports', NextToken);
  return { Exports: page, NextToken: next };
};
