import { z } from 'zod';
import { AwsError, validationError } from '../errors';
import type { Operation } from './operation';
import { parseInput } from './parse';

/** https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html */
export const getCallerIdentity: Operation = ({ caller }) => ({
  Arn: caller.arn,
  UserId: caller.userId,
  Account: caller.accountId,
});

const assumeRoleInput = z.object({
  RoleArn: z.string(),
  RoleSessionName: z.string(),
  DurationSeconds: z.coerce.number().optional(),
  SerialNumber: z.string().optional(),
  TokenCode: z.string().optional(),
});

/** The code of the demo's MFA device; another one is refused. */
export const DEMO_MFA_CODE = '123456';

/** https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
export const assumeRole: Operation = ({ world, caller }, body) => {
  const input = parseInput(assumeRoleInput, body);
  const match = /^arn:aws[a-z-]*:iam::(\d{12}):role\/(?:.*\/)?([^/]+)$/.exec(input.RoleArn);
  if (match === null) throw validationError(`${input.RoleArn} is invalid`);
  if (!/^[\w+=,.@-]*$/.test(input.RoleSessionName)) {
    throw validationError(
      `1 validation error detected: Value '${input.RoleSessionName}' at 'roleSessionName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w+=,.@-]*`,
    );
  }
  const refused = new AwsError(
    'AccessDenied',
    input.TokenCode === undefined
      ? `User: ${caller.arn} is not authorized to perform: sts:AssumeRole on resource: ${input.RoleArn}`
      : 'MultiFactorAuthentication failed with invalid MFA one time pass code. ',
    403,
  );
  if (input.TokenCode !== undefined && input.TokenCode !== DEMO_MFA_CODE) throw refused;
  const [, accountId = '', roleName = ''] = match;
  // A role whose name says so can be assumed with MFA only; one that says so, never.
  if (roleName.startsWith('denied')) throw refused;
  if (roleName.startsWith('mfa') && input.TokenCode === undefined) throw refused;
  const session = world.assumeRole(
    input.RoleArn,
    accountId,
    roleName,
    input.RoleSessionName,
    input.DurationSeconds ?? 3600,
  );
  return {
    Credentials: {
      AccessKeyId: session.accessKeyId,
      SecretAccessKey: session.secretAccessKey,
      SessionToken: `demo-session-${session.accessKeyId}`,
      Expiration: new Date(session.expiresAt).toISOString(),
    },
    AssumedRoleUser: { AssumedRoleId: session.userId, Arn: session.arn },
    PackedPolicySize: 0,
  };
};
