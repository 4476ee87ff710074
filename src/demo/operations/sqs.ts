import { createHash } from 'node:crypto';
import { z } from 'zod';
import { AwsError } from '../errors';
import type { MessageQueue } from '../queue';
import type { Operation, OperationContext } from './operation';
import { parseInput } from './parse';

const noQueue = (): AwsError =>
  new AwsError(
    'QueueDoesNotExist',
    'The specified queue does not exist.',
    400,
    'AWS.SimpleQueueService.NonExistentQueue',
    'com.amazonaws.sqs',
  );

function queueOf({ world, region }: OperationContext, url: string): MessageQueue {
  const [accountId = '', name = ''] = new URL(url, 'http://localhost').pathname
    .split('/')
    .slice(-2);
  const place = world.region(accountId, region.name);
  const queue = place.queues.get(name) ?? place.resources.queues.get(name);
  if (queue === undefined) throw noQueue();
  return queue;
}

export const getQueueUrl: Operation = ({ region, endpoint }, body) => {
  const { QueueName } = parseInput(z.object({ QueueName: z.string() }), body);
  if (!region.queues.has(QueueName) && !region.resources.queues.has(QueueName)) throw noQueue();
  return { QueueUrl: `${endpoint}/${region.accountId}/${QueueName}` };
};

const receiveInput = z.object({
  QueueUrl: z.string(),
  MaxNumberOfMessages: z.number().int().optional(),
  WaitTimeSeconds: z.number().int().min(0).max(20).optional(),
  VisibilityTimeout: z.number().int().min(0).max(43_200).optional(),
});

/** Long poll of up to 20 s. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ReceiveMessage.html */
export const receiveMessage: Operation = async (context, body) => {
  const input = parseInput(receiveInput, body);
  const max = input.MaxNumberOfMessages ?? 1;
  if (max < 1 || max > 10) {
    throw new AwsError(
      'InvalidParameterValue',
      `Value ${max} for parameter MaxNumberOfMessages is invalid. Reason: Must be between 1 and 10, if provided.`,
      400,
      'InvalidParameterValue',
      'com.amazonaws.sqs',
    );
  }
  const messages = await queueOf(context, input.QueueUrl).receive(
    max,
    (input.WaitTimeSeconds ?? 0) * 1000,
    (input.VisibilityTimeout ?? 30) * 1000,
    context.signal,
  );
  if (messages.length === 0) return {};
  return {
    Messages: messages.map((message) => ({
      MessageId: message.id,
      ReceiptHandle: message.receiptHandle,
      Body: message.body,
      MD5OfBody: createHash('md5').update(message.body).digest('hex'),
    })),
  };
};

const deleteInput = z.object({ QueueUrl: z.string(), ReceiptHandle: z.string() });

export const deleteMessage: Operation = (context, body) => {
  const input = parseInput(deleteInput, body);
  queueOf(context, input.QueueUrl).delete(input.ReceiptHandle);
  return {};
};

const deleteBatchInput = z.object({
  QueueUrl: z.string(),
  Entries: z.array(z.object({ Id: z.string(), ReceiptHandle: z.string() })),
});

export const deleteMessageBatch: Operation = (context, body) => {
  const input = parseInput(deleteBatchInput, body);
  const queue = queueOf(context, input.QueueUrl);
  if (input.Entries.length === 0 || input.Entries.length > 10) {
    const none = input.Entries.length === 0;
    throw new AwsError(
      none ? 'EmptyBatchRequest' : 'TooManyEntriesInBatchRequest',
      none
        ? 'There should be at least one DeleteMessageBatchRequestEntry in the request.'
        : `Maximum number of entries per request are 10. You have sent ${input.Entries.length}.`,
      400,
      none
        ? 'AWS.SimpleQueueService.EmptyBatchRequest'
        : 'AWS.SimpleQueueService.TooManyEntriesInBatchRequest',
      'com.amazonaws.sqs',
    );
  }
  for (const entry of input.Entries) queue.delete(entry.ReceiptHandle);
  return { Successful: input.Entries.map(({ Id }) => ({ Id })), Failed: [] };
};

const listInput = z.object({ QueueNamePrefix: z.string().optional() });

export const listQueues: Operation = ({ region, endpoint }, body) => {
  const prefix = parseInput(listInput, body).QueueNamePrefix ?? '';
  const names = [...region.queues.keys(), ...region.resources.queues.keys()]
    .filter((name) => name.startsWith(prefix))
    .sort();
  return { QueueUrls: names.map((name) => `${endpoint}/${region.accountId}/${name}`) };
};

const attributesInput = z.object({ QueueUrl: z.string() });

export const getQueueAttributes: Operation = (context, body) => {
  const { QueueUrl } = parseInput(attributesInput, body);
  const { visible, inFlight } = queueOf(context, QueueUrl).counts();
  const name = QueueUrl.split('/').at(-1) ?? '';
  return {
    Attributes: {
      QueueArn: `arn:aws:sqs:${context.region.name}:${context.region.accountId}:${name}`,
      ApproximateNumberOfMessages: String(visible),
      ApproximateNumberOfMessagesNotVisible: String(inFlight),
      ApproximateNumberOfMessagesDelayed: '0',
      VisibilityTimeout: '30',
      MessageRetentionPeriod: '345600',
    },
  };
};

const MAX_MESSAGE = 1_048_576;
const sendInput = z.object({
  QueueUrl: z.string(),
  MessageBody: z.string(),
  MessageDeduplicationId: z.string().optional(),
});
const sqsError = (code: string, message: string): AwsError =>
  new AwsError(code, message, 400, code, 'com.amazonaws.sqs');

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html */
export const sendMessage: Operation = (context, body) => {
  const input = parseInput(sendInput, body);
  const queue = queueOf(context, input.QueueUrl);
  if (input.MessageBody === '') {
    throw sqsError('MissingParameter', 'The request must contain the parameter MessageBody.');
  }
  if (Buffer.byteLength(input.MessageBody) > MAX_MESSAGE) {
    throw sqsError(
      'InvalidParameterValue',
      `One or more parameters are invalid. Reason: Message must be shorter than ${MAX_MESSAGE} bytes.`,
    );
  }
  if (input.MessageDeduplicationId !== undefined) {
    throw sqsError(
      'InvalidParameterValue',
      `Value ${input.MessageDeduplicationId} for parameter MessageDeduplicationId is invalid. Reason: The request includes a parameter that is not valid for this queue type.`,
    );
  }
  return {
    MessageId: queue.send(input.MessageBody, Date.now()),
    MD5OfMessageBody: createHash('md5').update(input.MessageBody).digest('hex'),
  };
};
