import {
  describeSteps,
  getAutomation,
  getPreview,
  sendSignal,
  startAutomation,
  startPreview,
  stopAutomation,
} from './automations';
import {
  cancelCommand,
  describeInstances,
  getCommandInvocation,
  listCommands,
  listInvocations,
  sendCommand,
} from './commands';
import { describeDocument, getDocument, listDocuments } from './documents';

export const ssmOperations = {
  ListDocuments: listDocuments,
  DescribeDocument: describeDocument,
  GetDocument: getDocument,
  StartAutomationExecution: startAutomation,
  GetAutomationExecution: getAutomation,
  DescribeAutomationStepExecutions: describeSteps,
  SendAutomationSignal: sendSignal,
  StopAutomationExecution: stopAutomation,
  StartExecutionPreview: startPreview,
  GetExecutionPreview: getPreview,
  SendCommand: sendCommand,
  GetCommandInvocation: getCommandInvocation,
  ListCommandInvocations: listInvocations,
  ListCommands: listCommands,
  CancelCommand: cancelCommand,
  DescribeInstanceInformation: describeInstances,
};
