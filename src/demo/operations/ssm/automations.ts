import { z } from 'zod';
import type { Automation, AutomationStep } from '../../actions/ssm-model';
import type { RegionStore } from '../../region';
import type { Operation } from '../operation';
import { parseInput } from '../parse';
import { findDocument, ssmError } from './documents';
import { wrongParameter } from './parameters';

const parameters = z.record(z.string(), z.array(z.string()));
const startInput = z.object({
  DocumentName: z.string(),
  Parameters: parameters.optional(),
  ClientToken: z.string().optional(),
});

/** The same token answers the same execution. https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_StartAutomationExecution.html */
export const startAutomation: Operation = ({ region, world, caller }, body) => {
  const input = parseInput(startInput, body);
  const document = findDocument(region, input.DocumentName, 'Automation');
  const given = input.Parameters ?? {};
  const wrong = wrongParameter(document, given);
  if (wrong !== null) throw ssmError('InvalidAutomationExecutionParametersException', wrong);
  const token = input.ClientToken ?? null;
  const known = [...region.resources.automations.values()].find(
    (one) => token !== null && one.clientToken === token,
  );
  if (known !== undefined) {
    const same =
      known.document === document.name &&
      JSON.stringify(known.parameters) === JSON.stringify(given);
    if (same) return { AutomationExecutionId: known.id };
    throw ssmError(
      'IdempotentParameterMismatch',
      'Error returned when an idempotent operation is retried and the parameters don’t match the original call to the API with the same idempotency token.',
    );
  }
  const now = world.now();
  const automation: Automation = {
    id: region.resources.uuid(),
    document: document.name,
    parameters: given,
    clientToken: token,
    executedBy: caller.arn,
    status: 'InProgress',
    failure: null,
    startedAt: now,
    endedAt: null,
    steps: document.steps.map((plan) => ({
      plan,
      id: region.resources.uuid(),
      status: 'Pending',
      startedAt: null,
      endedAt: null,
    })),
  };
  region.resources.automations.set(automation.id, automation);
  proceed(region, automation, 0, now);
  return { AutomationExecutionId: automation.id };
};

function end(automation: Automation, status: Automation['status'], at: number): void {
  automation.status = status;
  automation.endedAt = at;
}

/** Begins a step; those after it follow in their time. */
function proceed(region: RegionStore, automation: Automation, index: number, at: number): void {
  const step = automation.steps[index];
  if (step === undefined) {
    end(automation, 'Success', at);
    return;
  }
  step.startedAt = at;
  if (step.plan.goes === 'waits-for-approval') {
    step.status = 'Waiting';
    automation.status = 'Waiting';
    return;
  }
  step.status = 'InProgress';
  automation.status = 'InProgress';
  region.resources.later(at + step.plan.seconds * 1000, (when) => {
    // Stopped meanwhile.
    if (step.status !== 'InProgress') return;
    step.endedAt = when;
    if (step.plan.goes === 'fails') {
      step.status = 'Failed';
      automation.failure = step.plan.failure ?? 'Step failed.';
      end(automation, 'Failed', when);
      return;
    }
    step.status = 'Success';
    proceed(region, automation, index + 1, when);
  });
}

function find(region: RegionStore, id: string): Automation {
  const automation = region.resources.automations.get(id);
  if (automation === undefined) {
    throw ssmError('AutomationExecutionNotFoundException', `Automation execution ${id} not found.`);
  }
  return automation;
}

const named = z.object({ AutomationExecutionId: z.string() });
const seconds = (at: number | null): number | undefined => (at === null ? undefined : at / 1000);

const stepShape = (step: AutomationStep): Record<string, unknown> => ({
  StepName: step.plan.name,
  Action: step.plan.action,
  StepStatus: step.status,
  StepExecutionId: step.id,
  ExecutionStartTime: seconds(step.startedAt),
  ExecutionEndTime: seconds(step.endedAt),
  Outputs: step.status === 'Success' ? step.plan.outputs : undefined,
  FailureMessage: step.status === 'Failed' ? step.plan.failure : undefined,
  ResponseCode: step.status === 'Success' ? '0' : undefined,
});

export const getAutomation: Operation = ({ region }, body) => {
  const one = find(region, parseInput(named, body).AutomationExecutionId);
  const current = one.steps.find(({ status }) => status === 'InProgress' || status === 'Waiting');
  return {
    AutomationExecution: {
      AutomationExecutionId: one.id,
      DocumentName: one.document,
      DocumentVersion: '1',
      AutomationExecutionStatus: one.status,
      ExecutionStartTime: seconds(one.startedAt),
      ExecutionEndTime: seconds(one.endedAt),
      StepExecutions: one.steps.map(stepShape),
      StepExecutionsTruncated: false,
      Parameters: one.parameters,
      Outputs: {},
      FailureMessage: one.failure ?? undefined,
      Mode: 'Auto',
      ExecutedBy: one.executedBy,
      CurrentStepName: current?.plan.name,
      CurrentAction: current?.plan.action,
    },
  };
};

export const describeSteps: Operation = ({ region }, body) => ({
  StepExecutions: find(region, parseInput(named, body).AutomationExecutionId).steps.map(stepShape),
});

const signalInput = named.extend({
  SignalType: z.enum(['Approve', 'Reject', 'StartStep', 'StopStep', 'Resume']),
  Payload: parameters.optional(),
});

export const sendSignal: Operation = ({ region, world }, body) => {
  const input = parseInput(signalInput, body);
  const automation = find(region, input.AutomationExecutionId);
  const index = automation.steps.findIndex(({ status }) => status === 'Waiting');
  const step = automation.steps[index];
  if (step === undefined || (input.SignalType !== 'Approve' && input.SignalType !== 'Reject')) {
    throw ssmError(
      'InvalidAutomationSignalException',
      `The signal is not valid for the current Automation execution.`,
    );
  }
  const now = world.now();
  step.endedAt = now;
  if (input.SignalType === 'Approve') {
    step.status = 'Success';
    proceed(region, automation, index + 1, now);
    return {};
  }
  step.status = 'Failed';
  automation.failure = `Step ${step.plan.name} was rejected.`;
  end(automation, 'Rejected', now);
  return {};
};

/** Cancel lets no further step begin, nor the current one end. */
export const stopAutomation: Operation = ({ region, world }, body) => {
  const automation = find(region, parseInput(named, body).AutomationExecutionId);
  if (automation.endedAt !== null) {
    throw ssmError(
      'InvalidAutomationStatusUpdateException',
      'The specified update status operation is not valid.',
    );
  }
  const now = world.now();
  for (const step of automation.steps) {
    if (step.status !== 'InProgress' && step.status !== 'Waiting') continue;
    step.status = 'Cancelled';
    step.endedAt = now;
  }
  end(automation, 'Cancelled', now);
  return {};
};

const previewInput = z.object({
  DocumentName: z.string(),
  ExecutionInputs: z
    .object({ Automation: z.object({ Parameters: parameters.optional() }).optional() })
    .optional(),
});

/** The preview's id says what it is of: nothing is kept, for a preview changes nothing. */
export const startPreview: Operation = ({ region }, body) => {
  const input = parseInput(previewInput, body);
  const document = findDocument(region, input.DocumentName, 'Automation');
  const wrong = wrongParameter(document, input.ExecutionInputs?.Automation?.Parameters ?? {});
  if (wrong !== null) throw ssmError('ValidationException', wrong);
  return { ExecutionPreviewId: Buffer.from(document.name).toString('hex') };
};

export const getPreview: Operation = ({ region, world }, body) => {
  const { ExecutionPreviewId } = parseInput(z.object({ ExecutionPreviewId: z.string() }), body);
  const name = Buffer.from(ExecutionPreviewId, 'hex').toString('utf8');
  const document = region.resources.documents.get(name);
  if (document === undefined) {
    throw ssmError('ResourceNotFoundException', 'The execution preview was not found.');
  }
  const count = (...actions: string[]): number =>
    document.steps.filter(({ action }) => actions.includes(action)).length;
  const reading = count('aws:assertAwsResourceProperty', 'aws:approve');
  const unclear = count('aws:executeScript');
  return {
    ExecutionPreviewId,
    EndedAt: world.now() / 1000,
    Status: 'Success',
    ExecutionPreview: {
      Automation: {
        StepPreviews: {
          Mutating: document.steps.length - reading - unclear,
          NonMutating: reading,
          Undetermined: unclear,
        },
        Regions: [region.name],
        TotalAccounts: 1,
      },
    },
  };
};
