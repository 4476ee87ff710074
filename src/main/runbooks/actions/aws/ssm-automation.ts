/** Runs an automation: its parameters checked before anything, its steps shown as they go. */
import type { AutomationExecution, StepExecution } from '@aws-sdk/client-ssm';
import { FailureError } from '../../../../shared/failure';
import type { StepOutput } from '../../../../shared/runbooks/run';
import type { ActionOf } from '../../../../shared/runbooks/step-kinds';
import type { RunbookReads } from '../../../aws/runbook-api';
import { wait } from '../../../aws/wait';
import type { ChangeHandler, LookContext } from '../../step-seams';
import { jsonOutput } from '../local/output';
import { endedBadly, tryToken } from './chosen';
import {
  begin,
  counted,
  failed,
  follow,
  isoTime,
  notFound,
  readsOf,
  shortName,
  tokenUuid,
} from './common';
import type { Seen } from './common';
import { checkedParameters, findDocument } from './ssm-document';
import type { SsmDocument, SsmParameters } from './ssm-document';

type Action = ActionOf<'ssm-automation'>;

const LIMIT_MS = 3_600_000;
const MAX_PAGES = 20;
/** A plan does not wait longer for what is only a help. */
const PREVIEW_TRIES = 4;
const PREVIEW_MS = 1_000;

interface Wanted {
  document: SsmDocument;
  parameters: SsmParameters;
  started: { DocumentName: string; DocumentVersion?: string; Parameters: SsmParameters };
}

export const ssmAutomation: ChangeHandler<'ssm-automation'> = {
  kind: 'ssm-automation',
  mode: 'changes',
  timeoutMs: LIMIT_MS,
  resource: ({ document }) => shortName(document),
  async effect(action, context) {
    const wanted = await wantedOf(action, readsOf(context), context.signal);
    const preview = await previewWords(wanted, context);
    const steps = wanted.document.steps.map(({ name }) => name);
    const names =
      steps.length === 0 ? '' : `: ${steps.slice(0, 8).join(', ')}${steps.length > 8 ? '…' : ''}`;
    return `runs ${counted(steps.length, 'step')}${names}${preview}`;
  },
  async run(action, context, changes) {
    const { reads, signal, show, token } = context;
    const { started } = await wantedOf(action, reads, signal);
    const ClientToken = tokenUuid(tryToken(token));
    const id = await begin((own) => changes.startAutomation({ ...started, ClientToken }, own));
    return follow(
      context,
      async () => {
        const now = await executionOf(id, reads, signal);
        const output = outputOf(now);
        show(output);
        return seen(now, output, token);
      },
      async (late) => {
        await changes.stopAutomation(id, late);
        return `The automation ${id} was told to stop. What its steps have done stays.`;
      },
    );
  },
};

async function wantedOf(
  { document: name, version, parameters: given = {} }: Action,
  reads: RunbookReads,
  signal: AbortSignal,
): Promise<Wanted> {
  const document = await findDocument(reads, { name, version, kind: 'Automation' }, signal);
  const parameters = checkedParameters(document, given);
  const versioned = version === undefined ? {} : { DocumentVersion: version };
  return {
    document,
    parameters,
    started: { DocumentName: name, ...versioned, Parameters: parameters },
  };
}

type Ended = 'well' | 'badly' | null;

function endOf(status: string | undefined): Ended {
  switch (status) {
    case 'Success':
    case 'CompletedWithSuccess':
      return 'well';
    case 'Failed':
    case 'TimedOut':
    case 'Cancelled':
    case 'Rejected':
    case 'ChangeCalendarOverrideRejected':
    case 'CompletedWithFailure':
    case 'Exited':
      return 'badly';
    default:
      return null;
  }
}

async function executionOf(
  id: string,
  reads: RunbookReads,
  signal: AbortSignal,
): Promise<AutomationExecution> {
  const { AutomationExecution: found } = await reads.getAutomation(id, signal);
  if (found === undefined) throw notFound(`automation ${id}`, reads);
  if (found.StepExecutionsTruncated !== true) return found;
  const steps: StepExecution[] = [];
  let nextToken: string | undefined;
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const answer = await reads.automationSteps({ id, nextToken }, signal);
    steps.push(...(answer.StepExecutions ?? []));
    nextToken = answer.NextToken;
    if (nextToken === undefined) break;
  }
  return { ...found, StepExecutions: steps };
}

const stepsOf = ({ StepExecutions = [] }: AutomationExecution) =>
  StepExecutions.map((step) => ({
    step: step.StepName ?? '',
    action: step.Action ?? '',
    status: step.StepStatus ?? null,
    began: isoTime(step.ExecutionStartTime),
    ended: isoTime(step.ExecutionEndTime),
    outputs: step.Outputs ?? {},
    failure: step.FailureMessage ?? null,
  }));

const outputOf = (now: AutomationExecution): StepOutput =>
  jsonOutput({
    execution: now.AutomationExecutionId ?? null,
    document: now.DocumentName ?? null,
    status: now.AutomationExecutionStatus ?? null,
    steps: stepsOf(now),
    outputs: now.Outputs ?? {},
    failure: now.FailureMessage ?? null,
  });

function seen(now: AutomationExecution, output: StepOutput, token: string): Seen {
  const status = now.AutomationExecutionStatus;
  const steps = stepsOf(now);
  const done = steps.filter((step) => step.status === 'Success').length;
  const of = `${done} of ${counted(steps.length, 'step')} done`;
  const end = endOf(status);
  if (end === 'well') return { words: `Done: ${of}`, done: output };
  if (end === 'badly') {
    endedBadly(token);
    const wrong = steps.find((step) => step.failure !== null || step.status === status);
    const why = wrong?.failure ?? now.FailureMessage ?? 'no reason was given';
    const where = wrong === undefined ? '' : ` in the step ${wrong.step}`;
    throw failed(`The automation ended with ${status ?? '?'}${where}: ${why}`);
  }
  const current = now.CurrentStepName ?? steps.find((step) => step.status === 'InProgress')?.step;
  return { words: current === undefined ? of : `${waitWords(now, current)} · ${of}`, done: null };
}

function waitWords(now: AutomationExecution, current: string): string {
  const status = now.AutomationExecutionStatus;
  const waits = status === 'Waiting' || status === 'PendingApproval';
  if (waits && now.CurrentAction === 'aws:approve') {
    return `Waits for an approval in ${current}: somebody gives it in Systems Manager`;
  }
  return waits ? `Waits in ${current}` : `In ${current}`;
}

/** What AWS says it would do; without words where AWS cannot say, or this connection may not ask. */
async function previewWords({ started }: Wanted, context: LookContext): Promise<string> {
  const reads = readsOf(context);
  const { clock, signal } = context;
  const { Parameters, ...named } = started;
  try {
    const id = await reads.startPreview(
      { ...named, ExecutionInputs: { Automation: { Parameters } } },
      signal,
    );
    for (let attempt = 0; attempt < PREVIEW_TRIES; attempt += 1) {
      const { Status, ExecutionPreview } = await reads.getPreview(id, signal);
      if (Status === 'Success') return countWords(ExecutionPreview?.Automation?.StepPreviews ?? {});
      if (Status === 'Failed') return '';
      await wait(clock, PREVIEW_MS, signal);
    }
    return '';
  } catch (error) {
    // Not every document and region has previews. What was wrong with the parameters was told before.
    if (error instanceof FailureError && !signal.aborted) return '';
    throw error;
  }
}

function countWords(counts: Readonly<Record<string, number | undefined>>): string {
  const { Mutating = 0, NonMutating = 0, Undetermined = 0 } = counts;
  const words = [
    ...(Mutating > 0 ? [`${Mutating} ${Mutating === 1 ? 'changes' : 'change'} something`] : []),
    ...(NonMutating > 0 ? [`${NonMutating} only ${NonMutating === 1 ? 'reads' : 'read'}`] : []),
    ...(Undetermined > 0 ? [`of ${Undetermined} AWS cannot say`] : []),
  ];
  return words.length === 0 ? '' : `; ${words.join(', ')}`;
}
