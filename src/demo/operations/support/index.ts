import { AwsError } from '../../errors';
import type { Operation } from '../operation';

/** The demo's accounts have the basic plan, as most have: the API is for the plans above it. */
const refuse: Operation = () => {
  throw new AwsError(
    'SubscriptionRequiredException',
    'Amazon Web Services Premium Support Subscription is required to use this service.',
    400,
    'SubscriptionRequiredException',
    'com.amazonaws.support',
  );
};

export const supportOperations = {
  CreateCase: refuse,
  DescribeCases: refuse,
  DescribeServices: refuse,
  DescribeSeverityLevels: refuse,
};
