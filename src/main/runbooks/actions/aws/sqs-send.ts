/** Sends a message to a queue. */
import type { SendMessageRequest } from '@aws-sdk/client-sqs';
import type { ActionOf } from '../../../../shared/runbooks/step-kinds';
import type { ChangeHandler } from '../../step-seams';
import { jsonOutput } from '../local/output';
import { counted, messageText, readsOf, refusedValue, tokenName } from './common';
import { findQueue, queueName, queueUrl } from './queues';

type Action = ActionOf<'sqs-send'>;

const LIMIT_MS = 60_000;
const GROUP = 'nightdesk';

export const sqsSend: ChangeHandler<'sqs-send'> = {
  kind: 'sqs-send',
  mode: 'changes',
  timeoutMs: LIMIT_MS,
  resource: ({ queue }) => queueName(queue),
  async effect(action, context) {
    bodyOf(action);
    const { name, attributes } = await findQueue(readsOf(context), action.queue, context.signal);
    const waiting = Number(attributes['ApproximateNumberOfMessages'] ?? 0);
    return waiting === 0
      ? `goes to ${name}, where no message waits`
      : `goes to ${name}, where about ${counted(waiting, 'message')} ${waiting === 1 ? 'waits' : 'wait'}`;
  },
  async run(action, { reads, signal, token }, changes) {
    const body = bodyOf(action);
    const url = await queueUrl(reads, action.queue, signal);
    const answer = await changes.sendMessage(
      { QueueUrl: url, MessageBody: body, ...attributesOf(action), ...orderOf(action, url, token) },
      signal,
    );
    return jsonOutput({ queue: queueName(url), messageId: answer.MessageId ?? null });
  },
};

function bodyOf({ message }: Action): string {
  const body = messageText(message);
  if (body === '') throw refusedValue('message: SQS takes no empty message.');
  return body;
}

function attributesOf({ attributes = {} }: Action): Pick<SendMessageRequest, 'MessageAttributes'> {
  const all = Object.entries(attributes);
  if (all.length === 0) return {};
  return {
    MessageAttributes: Object.fromEntries(
      all.map(([name, value]) => [name, { DataType: 'String', StringValue: value }]),
    ),
  };
}

/** A queue that keeps its order takes a message of the same token once. */
function orderOf(
  { group }: Action,
  url: string,
  token: string,
): Pick<SendMessageRequest, 'MessageGroupId' | 'MessageDeduplicationId'> {
  if (url.endsWith('.fifo')) {
    return { MessageGroupId: group ?? GROUP, MessageDeduplicationId: tokenName(token) };
  }
  return group === undefined ? {} : { MessageGroupId: group };
}
