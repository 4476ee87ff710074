import { z } from 'zod';
import { checkBody, type BodyRemark } from '../dashboards/check-body';
import { AwsError, invalidNextToken, invalidValue } from '../errors';
import type { Operation } from './operation';
import { decodeToken, encodeToken, indexAfter } from './paging';
import { parseInput } from './parse';

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_ListDashboards.html */
const PAGE = 1000;

const notFound = (name: string): AwsError =>
  new AwsError(
    'DashboardNotFoundError',
    `Dashboard ${name} does not exist`,
    404,
    'ResourceNotFound',
  );

const dashboardArn = (accountId: string, name: string): string =>
  `arn:aws:cloudwatch::${accountId}:dashboard/${name}`;

const listInput = z.object({
  DashboardNamePrefix: z.string().optional(),
  NextToken: z.string().optional(),
});

export const listDashboards: Operation = ({ world, caller }, body) => {
  const { NextToken, ...question } = parseInput(listInput, body);
  const prefix = question.DashboardNamePrefix ?? '';
  const found = world.dashboards
    .list(caller.accountId)
    .filter(({ name }) => name.startsWith(prefix));
  const from =
    NextToken === undefined
      ? 0
      : indexAfter(found, ({ name }) => name, decodeToken(question, NextToken, invalidNextToken));
  const page = found.slice(from, from + PAGE);
  const last = page.at(-1);
  return {
    DashboardEntries: page.map(({ name, body: text, modifiedAt }) => ({
      DashboardName: name,
      DashboardArn: dashboardArn(caller.accountId, name),
      LastModified: Math.floor(modifiedAt / 1000),
      Size: Buffer.byteLength(text),
    })),
    NextToken:
      last !== undefined && from + PAGE < found.length
        ? encodeToken(question, last.name)
        : undefined,
  };
};

const nameInput = z.object({ DashboardName: z.string() });

export const getDashboard: Operation = ({ world, caller }, body) => {
  const { DashboardName: name } = parseInput(nameInput, body);
  const found = world.dashboards.get(caller.accountId, name);
  if (found === undefined) throw notFound(name);
  return {
    DashboardArn: dashboardArn(caller.accountId, name),
    DashboardBody: found.body,
    DashboardName: name,
  };
};

const putInput = z.object({ DashboardName: z.string(), DashboardBody: z.string() });

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutDashboard.html */
export const putDashboard: Operation = ({ world, caller }, body) => {
  const { DashboardName: name, DashboardBody } = parseInput(putInput, body);
  if (!/^[A-Za-z0-9_-]+$/.test(name)) {
    throw invalidValue(
      'The value for field DashboardName contains invalid characters. It can only contain alphanumerics, dash (-) and underscore (_).\n',
    );
  }
  const verdict = checkBody(parseJson(DashboardBody));
  if (verdict === null) {
    const message = 'The field DashboardBody must be a valid JSON object';
    throw refused(message, [{ dataPath: '', message }]);
  }
  const { errors, warnings } = verdict;
  if (errors.length > 0) {
    const list = JSON.stringify(errors, null, 2);
    throw refused(
      `The dashboard body is invalid, there are ${errors.length} validation errors:\n${list}`,
      errors,
    );
  }
  world.dashboards.put(caller.accountId, { name, body: DashboardBody, modifiedAt: world.now() });
  return { DashboardValidationMessages: warnings.map(messageOf) };
};

const messageOf = ({ dataPath, message }: BodyRemark) => ({ DataPath: dataPath, Message: message });

const refused = (message: string, remarks: BodyRemark[]): AwsError =>
  new AwsError('DashboardInvalidInputError', message, 400, 'InvalidParameterInput', undefined, {
    dashboardValidationMessages: remarks.map(messageOf),
  });

/** Undefined where the text is no JSON. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const deleteInput = z.object({ DashboardNames: z.array(z.string()).min(1) });

/** One unknown name fails the whole call and deletes nothing. */
export const deleteDashboards: Operation = ({ world, caller }, body) => {
  const { DashboardNames } = parseInput(deleteInput, body);
  const unknown = DashboardNames.find(
    (name) => world.dashboards.get(caller.accountId, name) === undefined,
  );
  if (unknown !== undefined) throw notFound(unknown);
  for (const name of DashboardNames) world.dashboards.delete(caller.accountId, name);
  return {};
};
