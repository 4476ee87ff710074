import { z } from 'zod';
import { AwsError } from '../../errors';
import type { RegionStore } from '../../region';
import type { Operation } from '../operation';
import { parseInput } from '../parse';
import { NamedList } from '../raw';

const MAX_MESSAGE = 262_144;

const snsError = (code: string, message: string, status = 400): AwsError =>
  new AwsError(code, message, status, code);
const invalid = (message: string): AwsError =>
  snsError('InvalidParameter', `Invalid parameter: ${message}`);

const topicArn = (region: RegionStore, name: string): string =>
  `arn:aws:sns:${region.name}:${region.accountId}:${name}`;

function findTopic(region: RegionStore, arn: string): string {
  const match = /^arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:([\w-]+)$/.exec(arn);
  if (match === null) throw invalid('TopicArn Reason: An ARN must have at least 6 elements, not 1');
  const [, name = ''] = match;
  if (arn !== topicArn(region, name) || !region.resources.topics.has(name)) {
    throw snsError('NotFound', 'Topic does not exist', 404);
  }
  return name;
}

const listTopics: Operation = ({ region }) => ({
  Topics: [...region.resources.topics].map((name) => ({ TopicArn: topicArn(region, name) })),
});

/** A map, as the query protocol writes one. https://docs.aws.amazon.com/sns/latest/api/API_GetTopicAttributes.html */
const getTopicAttributes: Operation = ({ region }, body) => {
  const { TopicArn } = parseInput(z.object({ TopicArn: z.string() }), body);
  const attributes = {
    TopicArn: topicArn(region, findTopic(region, TopicArn)),
    Owner: region.accountId,
    DisplayName: '',
    SubscriptionsConfirmed: '2',
    SubscriptionsPending: '0',
    SubscriptionsDeleted: '0',
  };
  const entries = Object.entries(attributes).map(([key, value]) => ({ key, value }));
  return { Attributes: new NamedList('entry', entries) };
};

const publishInput = z.object({
  TopicArn: z.string(),
  Message: z.string().optional(),
  Subject: z.string().optional(),
});

/** https://docs.aws.amazon.com/sns/latest/api/API_Publish.html */
const publish: Operation = ({ region, world }, body) => {
  const input = parseInput(publishInput, body);
  const topic = findTopic(region, input.TopicArn);
  const message = input.Message ?? '';
  if (message === '') throw invalid('Empty message');
  if (Buffer.byteLength(message) > MAX_MESSAGE) throw invalid('Message too long');
  const { Subject } = input;
  if (Subject !== undefined && !/^[\x20-\x7e]{1,100}$/.test(Subject)) throw invalid('Subject');
  region.resources.published.push({ topic, subject: Subject ?? null, message, at: world.now() });
  return { MessageId: region.resources.uuid() };
};

export const snsOperations = {
  ListTopics: listTopics,
  GetTopicAttributes: getTopicAttributes,
  Publish: publish,
};
