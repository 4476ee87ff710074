/** AWS Support's client, in a chunk of its own: it is loaded when a runbook first needs it. */
export {
  CreateCaseCommand,
  DescribeSeverityLevelsCommand,
  SupportClient,
} from '@aws-sdk/client-support';
