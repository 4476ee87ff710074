/** Starts a state machine and follows the execution to its end. */
import type { DescribeExecutionOutput } from '@aws-sdk/client-sfn';
import type { StepOutput } from '../../../../shared/runbooks/run';
import type { ActionOf } from '../../../../shared/runbooks/step-kinds';
import type { RunbookChanges, RunbookReads } from '../../../aws/runbook-api';
import type { ChangeHandler, StepContext } from '../../step-seams';
import { jsonOutput } from '../local/output';
import {
  begin,
  failed,
  follow,
  isoTime,
  notFound,
  orMissing,
  readsOf,
  shortName,
  tokenName,
} from './common';
import type { Seen } from './common';

type Action = ActionOf<'step-functions'>;

const LIMIT_MS = 3_600_000;
const MAX_PAGES = 20;
/** Executions of one step: one more for each try after one that failed. */
const MOST_TRIES = 20;
const EVENTS = 20;

export const stepFunctions: ChangeHandler<'step-functions'> = {
  kind: 'step-functions',
  mode: 'changes',
  timeoutMs: LIMIT_MS,
  resource: ({ stateMachine }) => shortName(stateMachine),
  async effect(action, context) {
    const reads = readsOf(context);
    const arn = await machineArn(action.stateMachine, reads, context.signal);
    const express = await isExpress(arn, reads, context.signal);
    const follows = action.follow !== false && !express;
    return `starts ${shortName(arn)}${follows ? ' and waits for its end' : ' and does not wait'}`;
  },
  async run(action, context, changes) {
    const { reads, signal, show } = context;
    const arn = await machineArn(action.stateMachine, reads, signal);
    const follows = action.follow !== false && !(await isExpress(arn, reads, signal));
    const executionArn = await started(action, arn, follows, context, changes);
    if (!follows) return jsonOutput({ execution: executionArn, status: null });
    return follow(
      context,
      async () => {
        const now = await reads.describeExecution(executionArn, signal);
        show(outputOf(now));
        return seen(now, await stateOf(now, reads, signal));
      },
      async (late) => {
        const cause = `Cancelled by the person who ran ${context.runbookName}`;
        await changes.stopExecution({ executionArn, error: 'Cancelled', cause }, late);
        return 'The execution was stopped. What its states have done stays.';
      },
    );
  },
};

async function machineArn(
  reference: string,
  reads: RunbookReads,
  signal: AbortSignal,
): Promise<string> {
  if (reference.startsWith('arn:')) return reference;
  let nextToken: string | undefined;
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const answer = await reads.listStateMachines({ maxResults: 1_000, nextToken }, signal);
    const found = answer.stateMachines?.find(({ name }) => name === reference);
    if (found?.stateMachineArn !== undefined) return found.stateMachineArn;
    nextToken = answer.nextToken;
    if (nextToken === undefined) break;
  }
  throw notFound(`state machine ${reference}`, reads);
}

/** AWS keeps nothing of express executions that could be followed. */
async function isExpress(arn: string, reads: RunbookReads, signal: AbortSignal): Promise<boolean> {
  const { type, status } = await orMissing(`state machine ${shortName(arn)}`, reads, () =>
    reads.describeStateMachine(arn, signal),
  );
  if (status === 'DELETING') throw failed(`${shortName(arn)} is being deleted.`, 'Name another.');
  return type === 'EXPRESS';
}

/** Its name makes an execution once. One of an earlier try that failed is done with: the next name is taken. */
async function started(
  action: Action,
  stateMachineArn: string,
  follows: boolean,
  { reads, token, signal, tell }: StepContext & { reads: RunbookReads },
  changes: RunbookChanges,
): Promise<string> {
  const input = JSON.stringify(action.input ?? {});
  for (let attempt = 1; attempt <= MOST_TRIES; attempt += 1) {
    const name = tokenName(attempt === 1 ? token : `${token}#${attempt}`);
    const { executionArn, existed } = await begin((own) =>
      changes.startExecution({ stateMachineArn, name, input }, own),
    );
    if (!existed || !follows) return executionArn;
    const { status } = await reads.describeExecution(executionArn, signal);
    if (status === 'RUNNING' || status === 'SUCCEEDED') {
      tell('An earlier try of this step has started it: following that one');
      return executionArn;
    }
  }
  throw failed(`It was started ${MOST_TRIES} times and failed each time.`);
}

/** The state it is in, from the newest events; null where they do not say. */
async function stateOf(
  { executionArn, status }: DescribeExecutionOutput,
  reads: RunbookReads,
  signal: AbortSignal,
): Promise<string | null> {
  if (status !== 'RUNNING') return null;
  const { events = [] } = await reads.executionHistory(
    { executionArn, reverseOrder: true, maxResults: EVENTS },
    signal,
  );
  const entered = events.find(({ stateEnteredEventDetails }) => stateEnteredEventDetails);
  return entered?.stateEnteredEventDetails?.name ?? null;
}

function seen(now: DescribeExecutionOutput, state: string | null): Seen {
  switch (now.status) {
    case 'SUCCEEDED':
      return { words: 'Succeeded', done: outputOf(now) };
    case 'FAILED':
    case 'TIMED_OUT':
    case 'ABORTED': {
      const why = [now.error, now.cause].filter((one) => one !== undefined).join(': ');
      const name = shortName(now.stateMachineArn ?? 'The execution');
      const words = why === '' ? 'no reason was given' : why;
      throw failed(`${name} ended with ${now.status}: ${words}`);
    }
    case 'PENDING_REDRIVE':
    case 'RUNNING':
    case undefined:
      return { words: state === null ? 'Running' : `In the state ${state}`, done: null };
    default:
      // A status that this version does not know may yet come to its end.
      return { words: `Its status is ${String(now.status)}`, done: null };
  }
}

const outputOf = (now: DescribeExecutionOutput): StepOutput =>
  jsonOutput({
    execution: now.executionArn ?? null,
    status: now.status ?? null,
    began: isoTime(now.startDate),
    ended: isoTime(now.stopDate),
    output: parsed(now.output),
    error: now.error ?? null,
    cause: now.cause ?? null,
  });

function parsed(text: string | undefined): unknown {
  if (text === undefined) return null;
  try {
    return JSON.parse(text);
  } catch {
    // An output that is too long to be told whole is cut.
    return text;
  }
}
