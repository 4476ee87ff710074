import { z } from 'zod';
import { AwsError } from '../../errors';
import type { Operation } from '../operation';
import { parseInput } from '../parse';

const listUserPools: Operation = ({ region }) => ({
  UserPools: [...region.resources.userPools].map(([Id, Name]) => ({ Id, Name })),
});

const describeUserPool: Operation = ({ region }, body) => {
  const { UserPoolId } = parseInput(z.object({ UserPoolId: z.string() }), body);
  const name = region.resources.userPools.get(UserPoolId);
  if (name === undefined) {
    throw new AwsError(
      'ResourceNotFoundException',
      `User pool ${UserPoolId} does not exist.`,
      400,
      'ResourceNotFoundException',
      'com.amazonaws.cognito.identity.idp.model',
    );
  }
  return {
    UserPool: {
      Id: UserPoolId,
      Name: name,
      Arn: `arn:aws:cognito-idp:${region.name}:${region.accountId}:userpool/${UserPoolId}`,
      MfaConfiguration: 'OPTIONAL',
      EstimatedNumberOfUsers: 1_842,
      CreationDate: 1_690_000_000,
      LastModifiedDate: 1_760_000_000,
    },
  };
};

export const cognitoOperations = {
  ListUserPools: listUserPools,
  DescribeUserPool: describeUserPool,
};
