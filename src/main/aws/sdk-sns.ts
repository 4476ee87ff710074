/** SNS's client, in a chunk of its own: it is loaded when a runbook first needs it. */
export {
  GetTopicAttributesCommand,
  ListTopicsCommand,
  PublishCommand,
  SNSClient,
} from '@aws-sdk/client-sns';
