/** Publishes a message to a topic. */
import type { RunbookReads } from '../../../aws/runbook-api';
import type { ChangeHandler } from '../../step-seams';
import { jsonOutput } from '../local/output';
import {
  messageText,
  notFound,
  orMissing,
  readsOf,
  refusedValue,
  shortName,
  tokenName,
} from './common';

const LIMIT_MS = 60_000;
const MAX_PAGES = 50;

export const snsPublish: ChangeHandler<'sns-publish'> = {
  kind: 'sns-publish',
  mode: 'changes',
  timeoutMs: LIMIT_MS,
  resource: ({ topic }) => shortName(topic),
  async effect({ topic, subject }, context) {
    checkSubject(subject);
    const reads = readsOf(context);
    const arn = await topicArn(topic, reads, context.signal);
    const { Attributes } = await orMissing(`topic ${shortName(arn)}`, reads, () =>
      reads.getTopic(arn, context.signal),
    );
    const count = Attributes?.['SubscriptionsConfirmed'] ?? '0';
    return count === '0'
      ? 'nobody is subscribed: the message goes to nobody'
      : `goes to ${count} ${count === '1' ? 'subscription' : 'subscriptions'}`;
  },
  async run(action, { reads, signal, token }, changes) {
    checkSubject(action.subject);
    const arn = await topicArn(action.topic, reads, signal);
    const ordered = arn.endsWith('.fifo')
      ? { MessageGroupId: 'nightdesk', MessageDeduplicationId: tokenName(token) }
      : {};
    const attributes = Object.entries(action.attributes ?? {});
    const { MessageId } = await changes.publish(
      {
        TopicArn: arn,
        Message: messageText(action.message),
        ...(action.subject === undefined ? {} : { Subject: action.subject }),
        ...(attributes.length === 0
          ? {}
          : {
              MessageAttributes: Object.fromEntries(
                attributes.map(([name, value]) => [
                  name,
                  { DataType: 'String', StringValue: value },
                ]),
              ),
            }),
        ...ordered,
      },
      signal,
    );
    return jsonOutput({ topic: arn, messageId: MessageId ?? null });
  },
};

/** https://docs.aws.amazon.com/sns/latest/api/API_Publish.html */
function checkSubject(subject: string | undefined): void {
  if (subject === undefined) return;
  if (/^[\x20-\x7e]{1,100}$/.test(subject) && !subject.startsWith(' ')) return;
  throw refusedValue('subject: up to 100 plain ASCII characters on one line are wanted.');
}

async function topicArn(topic: string, reads: RunbookReads, signal: AbortSignal): Promise<string> {
  if (topic.startsWith('arn:')) return topic;
  let token: string | undefined;
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const { Topics = [], NextToken } = await reads.listTopics(token, signal);
    const found = Topics.find(({ TopicArn }) => TopicArn?.endsWith(`:${topic}`) === true);
    if (found?.TopicArn !== undefined) return found.TopicArn;
    if (NextToken === undefined || NextToken === '') break;
    token = NextToken;
  }
  throw notFound(`topic ${topic}`, reads);
}
