/** Functions, automations, commands and state machines, as steps of runbooks look at them. */
import type { RunbookReads } from './runbook-api';
import type { AskAws } from './runbook-ask';

type Calls = Pick<
  RunbookReads,
  | 'listFunctions'
  | 'getFunction'
  | 'listVersions'
  | 'getAlias'
  | 'couldInvoke'
  | 'describeDocument'
  | 'getDocument'
  | 'listDocuments'
  | 'startPreview'
  | 'getPreview'
  | 'getAutomation'
  | 'automationSteps'
  | 'managedInstances'
  | 'command'
  | 'commandInvocations'
  | 'commandOutput'
  | 'listStateMachines'
  | 'describeStateMachine'
  | 'describeExecution'
  | 'executionHistory'
>;

export const workReads = (ask: AskAws): Calls => ({
  listFunctions: (input, signal) =>
    ask('ListFunctions', signal, async (clients, options) => {
      const { sdk, client } = await clients.lambda();
      return client.send(new sdk.ListFunctionsCommand(input), options);
    }),
  getFunction: (input, signal) =>
    ask('GetFunctionConfiguration', signal, async (clients, options) => {
      const { sdk, client } = await clients.lambda();
      return client.send(new sdk.GetFunctionConfigurationCommand(input), options);
    }),
  listVersions: (input, signal) =>
    ask('ListVersionsByFunction', signal, async (clients, options) => {
      const { sdk, client } = await clients.lambda();
      return client.send(new sdk.ListVersionsByFunctionCommand(input), options);
    }),
  getAlias: (input, signal) =>
    ask('GetAlias', signal, async (clients, options) => {
      const { sdk, client } = await clients.lambda();
      return client.send(new sdk.GetAliasCommand(input), options);
    }),
  couldInvoke: async (input, signal) => {
    await ask('Invoke', signal, async (clients, options) => {
      const { sdk, client } = await clients.lambda();
      const dry = { ...input, InvocationType: 'DryRun' as const };
      return client.send(new sdk.InvokeCommand(dry), options);
    });
  },
  describeDocument: (input, signal) =>
    ask('DescribeDocument', signal, async (clients, options) => {
      const { sdk, client } = await clients.ssm();
      return client.send(new sdk.DescribeDocumentCommand(input), options);
    }),
  getDocument: (input, signal) =>
    ask('GetDocument', signal, async (clients, options) => {
      const { sdk, client } = await clients.ssm();
      return client.send(new sdk.GetDocumentCommand({ ...input, DocumentFormat: 'JSON' }), options);
    }),
  listDocuments: (input, signal) =>
    ask('ListDocuments', signal, async (clients, options) => {
      const { sdk, client } = await clients.ssm();
      return client.send(new sdk.ListDocumentsCommand(input), options);
    }),
  startPreview: async (input, signal) => {
    const answer = await ask('StartExecutionPreview', signal, async (clients, options) => {
      const { sdk, client } = await clients.ssm();
      return client.send(new sdk.StartExecutionPreviewCommand(input), options);
    });
    return answer.ExecutionPreviewId ?? '';
  },
  getPreview: (ExecutionPreviewId, signal) =>
    ask('GetExecutionPreview', signal, async (clients, options) => {
      const { sdk, client } = await clients.ssm();
      return client.send(new sdk.GetExecutionPreviewCommand({ ExecutionPreviewId }), options);
    }),
  getAutomation: (AutomationExecutionId, signal) =>
    ask('GetAutomationExecution', signal, async (clients, options) => {
      const { sdk, client } = await clients.ssm();
      return client.send(new sdk.GetAutomationExecutionCommand({ AutomationExecutionId }), options);
    }),
  automationSteps: ({ id, nextToken }, signal) =>
    ask('DescribeAutomationStepExecutions', signal, async (clients, options) => {
      const { sdk, client } = await clients.ssm();
      return client.send(
        new sdk.DescribeAutomationStepExecutionsCommand({
          AutomationExecutionId: id,
          MaxResults: 50,
          NextToken: nextToken,
        }),
        options,
      );
    }),
  managedInstances: (input, signal) =>
    ask('DescribeInstanceInformation', signal, async (clients, options) => {
      const { sdk, client } = await clients.ssm();
      return client.send(
        new sdk.DescribeInstanceInformationCommand({ MaxResults: 50, ...input }),
        options,
      );
    }),
  command: (CommandId, signal) =>
    ask('ListCommands', signal, async (clients, options) => {
      const { sdk, client } = await clients.ssm();
      return client.send(new sdk.ListCommandsCommand({ CommandId }), options);
    }),
  commandInvocations: ({ id, nextToken }, signal) =>
    ask('ListCommandInvocations', signal, async (clients, options) => {
      const { sdk, client } = await clients.ssm();
      return client.send(
        new sdk.ListCommandInvocationsCommand({
          CommandId: id,
          Details: true,
          MaxResults: 50,
          NextToken: nextToken,
        }),
        options,
      );
    }),
  commandOutput: (input, signal) =>
    ask('GetCommandInvocation', signal, async (clients, options) => {
      const { sdk, client } = await clients.ssm();
      return client.send(new sdk.GetCommandInvocationCommand(input), options);
    }),
  listStateMachines: (input, signal) =>
    ask('ListStateMachines', signal, async (clients, options) => {
      const { sdk, client } = await clients.sfn();
      return client.send(new sdk.ListStateMachinesCommand(input), options);
    }),
  describeStateMachine: (stateMachineArn, signal) =>
    ask('DescribeStateMachine', signal, async (clients, options) => {
      const { sdk, client } = await clients.sfn();
      return client.send(new sdk.DescribeStateMachineCommand({ stateMachineArn }), options);
    }),
  describeExecution: (executionArn, signal) =>
    ask('DescribeExecution', signal, async (clients, options) => {
      const { sdk, client } = await clients.sfn();
      return client.send(new sdk.DescribeExecutionCommand({ executionArn }), options);
    }),
  executionHistory: (input, signal) =>
    ask('GetExecutionHistory', signal, async (clients, options) => {
      const { sdk, client } = await clients.sfn();
      return client.send(new sdk.GetExecutionHistoryCommand(input), options);
    }),
});
