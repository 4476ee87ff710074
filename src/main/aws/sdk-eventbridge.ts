/** EventBridge's client, in a chunk of its own: it is loaded when a runbook first needs it. */
export {
  DescribeEventBusCommand,
  EventBridgeClient,
  PutEventsCommand,
} from '@aws-sdk/client-eventbridge';
