/**
 * Attributes of resources that follow from their physical ids, so that no further permission is needed.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-template-resource-type-ref.html
 */
export interface StackAccount {
  partition: string;
  region: string;
  accountId: string;
}

type Derive = (id: string, account: StackAccount) => Record<string, string>;

const arn =
  (service: string, path: (id: string) => string = (id) => id): Derive =>
  (id, { partition, region, accountId }) => ({
    Arn: `arn:${partition}:${service}:${region}:${accountId}:${path(id)}`,
  });
const lastPart = (id: string): string => id.split(/[:/]/).at(-1) ?? id;

const byType: Readonly<Record<string, Derive>> = {
  'AWS::Lambda::Function': arn('lambda', (id) => `function:${id}`),
  'AWS::Serverless::Function': arn('lambda', (id) => `function:${id}`),
  'AWS::DynamoDB::Table': arn('dynamodb', (id) => `table/${id}`),
  'AWS::CloudWatch::Alarm': arn('cloudwatch', (id) => `alarm:${id}`),
  'AWS::CloudWatch::CompositeAlarm': arn('cloudwatch', (id) => `alarm:${id}`),
  'AWS::ECS::Cluster': arn('ecs', (id) => `cluster/${id}`),
  'AWS::Logs::LogGroup': arn('logs', (id) => `log-group:${id}:*`),
  'AWS::Kinesis::Stream': arn('kinesis', (id) => `stream/${id}`),
  'AWS::S3::Bucket': (id, { partition }) => ({ Arn: `arn:${partition}:s3:::${id}` }),
  // A queue's physical id is its URL.
  'AWS::SQS::Queue': (id, account) => ({
    ...arn('sqs', lastPart)(id, account),
    QueueName: lastPart(id),
    QueueUrl: id,
  }),
  'AWS::SNS::Topic': (id) => ({ TopicArn: id, TopicName: lastPart(id) }),
  'AWS::StepFunctions::StateMachine': (id) => ({ Arn: id, Name: lastPart(id) }),
  'AWS::ECS::Service': (id) => ({ ServiceArn: id, Name: lastPart(id) }),
  'AWS::ElasticLoadBalancingV2::LoadBalancer': (id) => ({
    LoadBalancerArn: id,
    LoadBalancerFullName: id.split(':loadbalancer/').at(-1) ?? id,
    LoadBalancerName: id.split('/').at(-2) ?? id,
  }),
  'AWS::ElasticLoadBalancingV2::TargetGroup': (id) => ({
    TargetGroupArn: id,
    TargetGroupFullName: `targetgroup/${id.split(':targetgroup/').at(-1) ?? id}`,
    TargetGroupName: id.split('/').at(-2) ?? id,
  }),
  'AWS::RDS::DBInstance': (id, account) => ({
    ...arn('rds', (name) => `db:${name}`)(id, account),
    DBInstanceArn: arn('rds', (name) => `db:${name}`)(id, account)['Arn'] ?? '',
  }),
};

/** By attribute; empty for types whose attributes the physical id does not tell. */
export function derivedAttributes(
  resourceType: string,
  physicalId: string,
  account: StackAccount,
): Record<string, string> {
  const derive = Object.hasOwn(byType, resourceType) ? byType[resourceType] : undefined;
  return derive?.(physicalId, account) ?? {};
}
