/** Systems Manager's client, in a chunk of its own: it is loaded when a runbook first needs it. */
export {
  CancelCommandCommand,
  DescribeAutomationStepExecutionsCommand,
  DescribeDocumentCommand,
  DescribeInstanceInformationCommand,
  GetAutomationExecutionCommand,
  GetCommandInvocationCommand,
  GetDocumentCommand,
  GetExecutionPreviewCommand,
  ListCommandInvocationsCommand,
  ListCommandsCommand,
  ListDocumentsCommand,
  SSMClient,
  SendCommandCommand,
  StartAutomationExecutionCommand,
  StartExecutionPreviewCommand,
  StopAutomationExecutionCommand,
} from '@aws-sdk/client-ssm';
