/**
 * What is known of resource types without an account: which property names the resource, what `Ref` gives,
 * and which metric dimension holds it. "Return values" of each type in
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-template-resource-type-ref.html
 */
import type { ChoiceSource } from '../read-result';

/** `name`: Ref is the name; `arn` and `id`: it is something else, of which the name may be a part. */
type RefGives = 'name' | 'arn' | 'url' | 'id';

interface ResourceType {
  /** Property that holds the physical name. */
  nameProperty: string;
  ref: RefGives;
  /** Attributes whose value is the name. */
  nameAttributes: readonly string[];
  /** Service and path of its ARN with `*` for the name; null: not derivable. */
  arn: string | null;
  /** Namespace and dimension where accounts publish this resource's metrics. */
  metric: readonly [namespace: string, dimension: string] | null;
  /** The service keeps the name in lower case. */
  lowerCase?: boolean;
}

const named = (
  nameProperty: string,
  arn: string | null = null,
  metric: ResourceType['metric'] = null,
  more: Partial<ResourceType> = {},
): ResourceType => ({ nameProperty, ref: 'name', nameAttributes: [], arn, metric, ...more });

const lambda = named('FunctionName', 'lambda:function:*', ['AWS/Lambda', 'FunctionName']);
const table = named('TableName', 'dynamodb:table/*', ['AWS/DynamoDB', 'TableName']);
const cluster = (namespace: string): ResourceType =>
  named('DBClusterIdentifier', 'rds:cluster:*', [namespace, 'DBClusterIdentifier'], {
    lowerCase: true,
  });
const database = (namespace: string): ResourceType =>
  named('DBInstanceIdentifier', 'rds:db:*', [namespace, 'DBInstanceIdentifier'], {
    lowerCase: true,
  });
const machine = named('StateMachineName', 'states:stateMachine:*', null, {
  ref: 'arn',
  nameAttributes: ['Name'],
});

const types = new Map<string, ResourceType>(
  Object.entries({
    'AWS::CloudWatch::Alarm': named('AlarmName', 'cloudwatch:alarm:*'),
    'AWS::CloudWatch::CompositeAlarm': named('AlarmName', 'cloudwatch:alarm:*'),
    'AWS::CloudWatch::Dashboard': named('DashboardName'),
    'AWS::Lambda::Function': lambda,
    'AWS::Serverless::Function': lambda,
    'AWS::DynamoDB::Table': table,
    'AWS::DynamoDB::GlobalTable': table,
    'AWS::Serverless::SimpleTable': table,
    'AWS::RDS::DBInstance': database('AWS/RDS'),
    'AWS::RDS::DBCluster': cluster('AWS/RDS'),
    'AWS::Neptune::DBInstance': database('AWS/Neptune'),
    'AWS::Neptune::DBCluster': cluster('AWS/Neptune'),
    'AWS::DocDB::DBInstance': database('AWS/DocDB'),
    'AWS::DocDB::DBCluster': cluster('AWS/DocDB'),
    'AWS::SQS::Queue': named('QueueName', 'sqs:*', ['AWS/SQS', 'QueueName'], {
      ref: 'url',
      nameAttributes: ['QueueName'],
    }),
    'AWS::SNS::Topic': named('TopicName', 'sns:*', ['AWS/SNS', 'TopicName'], {
      ref: 'arn',
      nameAttributes: ['TopicName'],
    }),
    'AWS::Logs::LogGroup': named('LogGroupName', null, ['AWS/Logs', 'LogGroupName']),
    'AWS::S3::Bucket': named('BucketName', null, ['AWS/S3', 'BucketName']),
    'AWS::ECS::Cluster': named('ClusterName', 'ecs:cluster/*', ['AWS/ECS', 'ClusterName']),
    'AWS::ECS::Service': named('ServiceName', null, ['AWS/ECS', 'ServiceName'], {
      ref: 'arn',
      nameAttributes: ['Name'],
    }),
    'AWS::AutoScaling::AutoScalingGroup': named('AutoScalingGroupName', null, [
      'AWS/AutoScaling',
      'AutoScalingGroupName',
    ]),
    'AWS::Kinesis::Stream': named('Name', 'kinesis:stream/*', ['AWS/Kinesis', 'StreamName']),
    'AWS::KinesisFirehose::DeliveryStream': named(
      'DeliveryStreamName',
      'firehose:deliverystream/*',
      ['AWS/Firehose', 'DeliveryStreamName'],
    ),
    'AWS::Events::Rule': named('Name', 'events:rule/*', ['AWS/Events', 'RuleName']),
    'AWS::StepFunctions::StateMachine': machine,
    'AWS::Serverless::StateMachine': machine,
    'AWS::ElastiCache::CacheCluster': named(
      'ClusterName',
      null,
      ['AWS/ElastiCache', 'CacheClusterId'],
      { lowerCase: true },
    ),
    'AWS::ElastiCache::ReplicationGroup': named('ReplicationGroupId', null, [
      'AWS/ElastiCache',
      'ReplicationGroupId',
    ]),
    'AWS::Redshift::Cluster': named('ClusterIdentifier', null, [
      'AWS/Redshift',
      'ClusterIdentifier',
    ]),
    'AWS::Elasticsearch::Domain': named('DomainName', null, ['AWS/ES', 'DomainName']),
    'AWS::OpenSearchService::Domain': named('DomainName', null, ['AWS/ES', 'DomainName']),
    'AWS::IAM::Role': named('RoleName'),
    'AWS::ApiGateway::RestApi': named('Name', null, ['AWS/ApiGateway', 'ApiName'], { ref: 'id' }),
    'AWS::Serverless::Api': named('Name', null, ['AWS/ApiGateway', 'ApiName'], { ref: 'id' }),
    'AWS::ApiGatewayV2::Api': named('Name', null, ['AWS/ApiGateway', 'ApiId'], { ref: 'id' }),
    'AWS::Serverless::HttpApi': named('Name', null, ['AWS/ApiGateway', 'ApiId'], { ref: 'id' }),
    'AWS::ElasticLoadBalancing::LoadBalancer': named('LoadBalancerName', null, [
      'AWS/ELB',
      'LoadBalancerName',
    ]),
    'AWS::ElasticLoadBalancingV2::LoadBalancer': named(
      'Name',
      null,
      ['AWS/ApplicationELB', 'LoadBalancer'],
      { ref: 'arn', nameAttributes: ['LoadBalancerName'] },
    ),
    'AWS::ElasticLoadBalancingV2::TargetGroup': named(
      'Name',
      null,
      ['AWS/ApplicationELB', 'TargetGroup'],
      { ref: 'arn', nameAttributes: ['TargetGroupName'] },
    ),
    'AWS::EC2::Instance': named('', null, ['AWS/EC2', 'InstanceId'], { ref: 'id' }),
    'AWS::EFS::FileSystem': named('', null, ['AWS/EFS', 'FileSystemId'], { ref: 'id' }),
    'AWS::CloudFront::Distribution': named('', null, ['AWS/CloudFront', 'DistributionId'], {
      ref: 'id',
    }),
  }),
);

export const resourceType = (type: string): ResourceType | null => types.get(type) ?? null;

/** Where an account can offer values for a reference to a resource of this type. */
export function choicesFor(type: string): ChoiceSource | null {
  const metric = types.get(type)?.metric ?? null;
  return metric === null ? null : source(metric[0], metric[1]);
}

/** Where an account can offer values for a parameter of this type. */
export function parameterChoices(type: string): ChoiceSource | null {
  return /^(?:List<)?AWS::EC2::Instance::Id>?$/.test(type) ? source('AWS/EC2', 'InstanceId') : null;
}

const source = (namespace: string, dimension: string): ChoiceSource => ({
  namespace,
  metricName: null,
  dimension,
  filters: [],
  region: null,
});

/** What an attribute is, told from the value that `Ref` gives of the same resource; null: cannot be told. */
export function attributeFromRef(attribute: string, ref: string): string | null {
  const after = (mark: string): string | null => {
    const at = ref.lastIndexOf(mark);
    return at === -1 ? null : ref.slice(at + mark.length);
  };
  switch (attribute) {
    case 'Arn':
      return ref.startsWith('arn:') ? ref : null;
    case 'QueueName':
      return after('/');
    case 'TopicName':
      return after(':');
    case 'LoadBalancerFullName':
      return after(':loadbalancer/');
    case 'TargetGroupFullName':
      return ref.startsWith('arn:') ? after(':') : null;
    case 'Name':
      return ref.startsWith('arn:') ? (after('/') ?? after(':')) : null;
    default:
      return null;
  }
}
